package domaintest

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// MemVault is a vault in memory, for tests. It encrypts in earnest, so that a test that reads what it should not reads
// noise, and it destroys keys as an erasure does. Vault away, it fails as one that cannot be reached.
type MemVault struct {
	mu       sync.Mutex // guards all below
	away     bool
	keys     map[uuid.UUID]*memKey
	scopes   map[domain.KeyScope]uuid.UUID
	forgot   map[uuid.UUID]bool
	owed     map[uuid.UUID]domain.PracticeID // erasures that are not recorded yet
	cards    map[domain.CardID]*memCard
	recent   map[memActivity]domain.CardOrder
	made     map[cardCommand]domain.CardID
	drafts   map[domain.CommandID]*memDraft
	concerns map[domain.CommandID]int
	secret   [32]byte // of pseudonyms
	digest   [32]byte
}

// memKey is a key: of one text, of a scope, a seed, or the one that a card or a draft is known by when it is destroyed.
type memKey struct {
	raw     [32]byte
	aead    cipher.AEAD
	named   bool            // in events, which can have it forgotten: it is of one text, or a seed
	subject domain.StreamID // of a draft
}

// cardCommand is a command of a practice that makes a card.
type cardCommand struct {
	practice domain.PracticeID
	command  domain.CommandID
}

type memActivity struct {
	practice domain.PracticeID
	activity domain.Code
}

type memCard struct {
	domain.Card
	key     uuid.UUID
	made    domain.NewCard
	history *domain.CardHistory
	into    domain.CardID // that it was merged into; none: it is a card of its own
}

// memDraft is a draft, or what is left of one that was dropped: nothing but that it was there.
type memDraft struct {
	domain.DraftCommand
	key uuid.UUID
}

var _ domain.Vault = (*MemVault)(nil)

// NewMemVault makes an empty vault with secrets of its own.
func NewMemVault() *MemVault {
	return &MemVault{
		keys:     map[uuid.UUID]*memKey{},
		scopes:   map[domain.KeyScope]uuid.UUID{},
		forgot:   map[uuid.UUID]bool{},
		owed:     map[uuid.UUID]domain.PracticeID{},
		cards:    map[domain.CardID]*memCard{},
		recent:   map[memActivity]domain.CardOrder{},
		made:     map[cardCommand]domain.CardID{},
		drafts:   map[domain.CommandID]*memDraft{},
		concerns: map[domain.CommandID]int{},
		secret:   random(),
		digest:   random(),
	}
}

// SetAway takes the vault away, or brings it back.
func (v *MemVault) SetAway(away bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.away = away
}

// enter begins a method that may be called: it takes the lock, which leave gives back.
func (v *MemVault) enter(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v.mu.Lock()
	if v.away {
		v.mu.Unlock()
		return nil, domain.ErrVaultAway
	}
	return v.mu.Unlock, nil
}

// Seal implements domain.Vault.
func (v *MemVault) Seal(ctx context.Context, at domain.Place, s domain.Sealed) (domain.Sealed, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return domain.Sealed{}, err
	}
	defer leave()
	plain, scope := s.Plain()
	switch {
	case s.IsZero():
		return domain.Sealed{}, nil
	case plain == "":
		return domain.Sealed{}, errors.New("vault: seal a text that is sealed already")
	}
	id := v.keyOf(scope)
	if v.forgot[id] {
		return domain.Sealed{}, domain.ErrForgotten
	}
	box := v.keys[id].aead.Seal(nil, nil, []byte(plain), placeBytes(at, id))
	return domain.Sealed{Key: id, Box: string(box), Place: at}, nil
}

// Open implements domain.Vault.
func (v *MemVault) Open(ctx context.Context, s domain.Sealed) ([]byte, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if s.IsZero() {
		return nil, nil
	}
	if v.forgot[s.Key] {
		return nil, domain.ErrForgotten
	}
	key := v.keys[s.Key]
	if key == nil {
		return nil, fmt.Errorf("vault: open: no key %s", s.Key)
	}
	plain, err := key.aead.Open(nil, nil, []byte(s.Box), placeBytes(s.Place, s.Key))
	if err != nil {
		return nil, fmt.Errorf("vault: open under key %s: %w", s.Key, err)
	}
	return plain, nil
}

// NewSeed implements domain.Vault.
func (v *MemVault) NewSeed(ctx context.Context) (id domain.SeedID, seed [32]byte, err error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return id, seed, err
	}
	defer leave()
	id = v.newKey(memKey{named: true})
	return id, v.keys[id].raw, nil
}

// Seed implements domain.Vault.
func (v *MemVault) Seed(ctx context.Context, id domain.SeedID) ([32]byte, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return [32]byte{}, err
	}
	defer leave()
	if v.forgot[id] {
		return [32]byte{}, domain.ErrForgotten
	}
	key := v.keys[id]
	if key == nil || !key.named {
		return [32]byte{}, domain.ErrNoSeed
	}
	return key.raw, nil
}

// Digest implements domain.Vault.
func (v *MemVault) Digest(ctx context.Context, body []byte) ([16]byte, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return [16]byte{}, err
	}
	defer leave()
	return keyed(v.digest, "digest", string(body)), nil
}

// AddCard implements domain.Vault.
func (v *MemVault) AddCard(ctx context.Context, command domain.CommandID, card domain.NewCard) (domain.CardID, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return domain.CardID{}, err
	}
	defer leave()
	asked := cardCommand{card.Practice, command}
	if id, again := v.made[asked]; again {
		return id, v.cards[id].is(card, v.forgot)
	}
	id := uuid.New()
	v.made[asked] = id
	v.cards[id] = &memCard{
		Card:    domain.Card{ID: id, Practice: card.Practice, Nickname: card.Nickname, Traits: maps.Clone(card.Traits)},
		key:     v.newKey(memKey{}),
		made:    card,
		history: &domain.CardHistory{Made: card.EarlierYear},
	}
	return id, nil
}

// is refuses a card that says something else than this one was made with.
func (c *memCard) is(card domain.NewCard, forgot map[uuid.UUID]bool) error {
	switch {
	case forgot[c.key]:
		return domain.ErrForgotten
	case c.made.Nickname != card.Nickname || c.made.EarlierYear != card.EarlierYear || !maps.Equal(c.made.Traits, card.Traits):
		return domain.ErrOtherCard
	}
	return nil
}

// card is a card of a practice, or the one that it was merged into.
func (v *MemVault) card(practice domain.PracticeID, id domain.CardID) (*memCard, error) {
	card := v.cards[id]
	switch {
	case card == nil || card.Practice != practice:
		return nil, domain.ErrNoCard
	case v.forgot[card.key]:
		return nil, domain.ErrForgotten
	case card.into != uuid.Nil:
		return v.card(practice, card.into)
	}
	return card, nil
}

// SetTraits implements domain.Vault.
func (v *MemVault) SetTraits(ctx context.Context, practice domain.PracticeID, id domain.CardID, traits domain.Traits) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	card, err := v.card(practice, id)
	if err == nil {
		card.Traits = maps.Clone(traits)
	}
	return err
}

// Cards implements domain.Vault.
func (v *MemVault) Cards(ctx context.Context, practice domain.PracticeID) ([]domain.Card, error) {
	return v.sorted(ctx, practice, "")
}

// RecentCards implements domain.Vault.
func (v *MemVault) RecentCards(ctx context.Context, practice domain.PracticeID, activity domain.Code) ([]domain.Card, error) {
	return v.sorted(ctx, practice, activity)
}

func (v *MemVault) sorted(ctx context.Context, practice domain.PracticeID, activity domain.Code) ([]domain.Card, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var cards []domain.Card
	for _, card := range v.cards {
		if card.Practice == practice && card.into == uuid.Nil && !v.forgot[card.key] {
			listed := card.Card
			listed.Traits = maps.Clone(listed.Traits)
			cards = append(cards, listed)
		}
	}
	v.recent[memActivity{practice, activity}].Sort(cards)
	return cards, nil
}

// Recognise implements domain.Vault.
func (v *MemVault) Recognise(ctx context.Context, practice domain.PracticeID, id domain.CardID,
	on domain.Date, activity domain.Code) (domain.Recognition, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return domain.Recognition{}, err
	}
	defer leave()
	card, err := v.card(practice, id)
	if err != nil {
		return domain.Recognition{}, err
	}
	if v.yearForgotten(practice, on.Year()) {
		return domain.Recognition{}, domain.ErrForgotten
	}
	earlier, here := card.history.Ask(on.Year(), activity)
	at := memActivity{practice, activity}
	v.recent[at] = v.recent[at].Use(card.ID)
	pseudonym := v.pseudonym(practice, on.Year(), card.ID)
	return domain.Recognition{Pseudonym: pseudonym, EarlierYear: earlier, EarlierYearHere: here}, nil
}

// MergeCards implements domain.Vault.
func (v *MemVault) MergeCards(ctx context.Context, practice domain.PracticeID, keep, other domain.CardID) ([]domain.SamePerson, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	kept, err := v.card(practice, keep)
	if err != nil {
		return nil, err
	}
	merged, err := v.card(practice, other)
	if err != nil {
		return nil, err
	}
	if merged != kept {
		merged.into, kept.history = kept.ID, kept.history.Merge(merged.history)
		kept.Traits = kept.Traits.Or(merged.Traits)
	}
	var pairs []domain.SamePerson
	for card := v.cards[other]; card != kept; card = v.cards[card.into] {
		for year := range card.history.Years {
			if !v.yearForgotten(practice, year) {
				pairs = append(pairs, domain.SamePerson{
					Year: year, Kept: v.pseudonym(practice, year, kept.ID), Other: v.pseudonym(practice, year, card.ID),
				})
			}
		}
	}
	slices.SortFunc(pairs, domain.CompareSamePerson)
	return pairs, nil
}

// Traits implements domain.Vault.
func (v *MemVault) Traits(ctx context.Context, practice domain.PracticeID, year int) (map[domain.Pseudonym]domain.Traits, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if v.yearForgotten(practice, year) {
		return nil, domain.ErrForgotten
	}
	of := map[domain.Pseudonym]domain.Traits{}
	for id, asked := range v.cards {
		card, err := v.card(practice, id)
		if err == nil && asked.history.Years[year] != nil && len(card.Traits) > 0 {
			of[v.pseudonym(practice, year, id)] = maps.Clone(card.Traits)
		}
	}
	return of, nil
}

// CountConcern implements domain.Vault.
func (v *MemVault) CountConcern(ctx context.Context, command domain.CommandID, year int) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if _, again := v.concerns[command]; !again {
		v.concerns[command] = year
	}
	return nil
}

// Concerns implements domain.Vault.
func (v *MemVault) Concerns(ctx context.Context, year int) (int, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	count := 0
	for _, counted := range v.concerns {
		if counted == year {
			count++
		}
	}
	return count, nil
}

// SaveDraft implements domain.Vault.
func (v *MemVault) SaveDraft(ctx context.Context, draft domain.DraftCommand) (int, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	kept := v.drafts[draft.ID]
	switch {
	case kept != nil && v.forgot[kept.key]:
		return 0, domain.ErrNoDraft
	case kept == nil:
		kept = &memDraft{}
	}
	saved, err := draft.SavedOver(kept.DraftCommand)
	if err != nil {
		return 0, err
	}
	if v.drafts[draft.ID] == nil {
		kept.key = v.newKey(memKey{subject: draft.Subject})
		v.drafts[draft.ID] = kept
	}
	saved.Body = bytes.Clone(saved.Body)
	kept.DraftCommand = saved
	return saved.Revision, nil
}

// Draft implements domain.Vault.
func (v *MemVault) Draft(ctx context.Context, practice domain.PracticeID, id domain.CommandID) (domain.DraftCommand, error) {
	drafts, err := v.Drafts(ctx, practice)
	if err != nil {
		return domain.DraftCommand{}, err
	}
	for _, draft := range drafts {
		if draft.ID == id {
			return draft, nil
		}
	}
	return domain.DraftCommand{}, domain.ErrNoDraft
}

// Drafts implements domain.Vault.
func (v *MemVault) Drafts(ctx context.Context, practice domain.PracticeID) ([]domain.DraftCommand, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var drafts []domain.DraftCommand
	for _, kept := range v.drafts {
		if kept.Practice == practice && !v.forgot[kept.key] {
			draft := kept.DraftCommand
			draft.Body = bytes.Clone(draft.Body)
			drafts = append(drafts, draft)
		}
	}
	slices.SortFunc(drafts, domain.CompareDrafts)
	return drafts, nil
}

// DropDraft implements domain.Vault.
func (v *MemVault) DropDraft(ctx context.Context, practice domain.PracticeID, id domain.CommandID) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	kept := v.drafts[id]
	if kept == nil || kept.Practice != practice {
		return domain.ErrNoDraft
	}
	v.destroy(kept.key)
	return nil
}

// ForgetTexts implements domain.Vault.
func (v *MemVault) ForgetTexts(ctx context.Context, practice domain.PracticeID, keys ...uuid.UUID) error {
	return v.forget(ctx, practice, func() ([]uuid.UUID, error) { return v.named(keys), nil })
}

// ForgetSubject implements domain.Vault.
func (v *MemVault) ForgetSubject(ctx context.Context, practice domain.PracticeID, subject domain.StreamID, keys ...uuid.UUID) error {
	return v.forget(ctx, practice, func() ([]uuid.UUID, error) {
		all := v.named(keys)
		for id, key := range v.keys {
			if key.subject != "" && key.subject == subject {
				all = append(all, id)
			}
		}
		return all, nil
	})
}

// named is the keys that events may have forgotten: those that are there for one text or subject, and those that never
// were.
func (v *MemVault) named(keys []uuid.UUID) []uuid.UUID {
	return slices.DeleteFunc(slices.Clone(keys), func(id uuid.UUID) bool { return v.keys[id] != nil && !v.keys[id].named })
}

// ForgetCard implements domain.Vault.
func (v *MemVault) ForgetCard(ctx context.Context, practice domain.PracticeID, id domain.CardID) error {
	return v.forget(ctx, practice, func() (keys []uuid.UUID, err error) {
		card, err := v.card(practice, id)
		if errors.Is(err, domain.ErrForgotten) {
			return nil, nil
		}
		for other, named := range v.cards {
			if resolved, failed := v.card(practice, other); failed == nil && resolved == card {
				keys = append(keys, named.key)
			}
		}
		return keys, err
	})
}

// DestroyYear implements domain.Vault.
func (v *MemVault) DestroyYear(ctx context.Context, practice domain.PracticeID, year int) error {
	return v.forget(ctx, "", func() ([]uuid.UUID, error) {
		return []uuid.UUID{v.keyOf(domain.YearScope(practice, year))}, nil
	})
}

// Forget implements domain.Vault.
func (v *MemVault) Forget(ctx context.Context, keys ...uuid.UUID) error {
	return v.forget(ctx, "", func() ([]uuid.UUID, error) { return keys, nil })
}

// forget destroys keys, and owes their erasure to the log if a practice asked for it.
func (v *MemVault) forget(ctx context.Context, practice domain.PracticeID, which func() ([]uuid.UUID, error)) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	keys, err := which()
	keys = slices.DeleteFunc(slices.Clone(keys), func(key uuid.UUID) bool { return v.forgot[key] })
	if err != nil || len(keys) == 0 {
		return err
	}
	for _, key := range keys {
		if practice != "" {
			v.owed[key] = practice
		}
		v.destroy(key)
	}
	v.renew()
	return nil
}

// Erasures implements domain.Vault.
func (v *MemVault) Erasures(ctx context.Context, practice domain.PracticeID) ([]uuid.UUID, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var owed []uuid.UUID
	for key, by := range v.owed {
		if by == practice {
			owed = append(owed, key)
		}
	}
	slices.SortFunc(owed, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return owed, nil
}

// MarkRecorded implements domain.Vault.
func (v *MemVault) MarkRecorded(ctx context.Context, keys ...uuid.UUID) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	for _, key := range keys {
		delete(v.owed, key)
	}
	return nil
}

// destroy takes a key away, and all that hangs by it.
func (v *MemVault) destroy(id uuid.UUID) {
	delete(v.keys, id)
	v.forgot[id] = true
	for _, card := range v.cards {
		if card.key == id {
			card.Nickname, card.Traits, card.made, card.history = "", nil, domain.NewCard{}, &domain.CardHistory{}
		}
	}
	for _, draft := range v.drafts {
		if draft.key == id {
			draft.Body = nil
		}
	}
}

// renew replaces what every forgetting replaces.
func (v *MemVault) renew() {
	v.digest = random()
	if snapshots, found := v.scopes[domain.SnapshotScope]; found {
		delete(v.scopes, domain.SnapshotScope)
		v.destroy(snapshots)
	}
}

// keyOf is the key of a scope, made if need be; no scope always makes one.
func (v *MemVault) keyOf(scope domain.KeyScope) uuid.UUID {
	if scope == "" {
		return v.newKey(memKey{named: true})
	}
	id, found := v.scopes[scope]
	if !found {
		id = v.newKey(memKey{})
		v.scopes[scope] = id
	}
	return id
}

func (v *MemVault) newKey(key memKey) uuid.UUID {
	id := uuid.New()
	key.raw = random()
	key.aead = aeadOf(key.raw)
	v.keys[id] = &key
	return id
}

func (v *MemVault) yearForgotten(practice domain.PracticeID, year int) bool {
	return v.forgot[v.scopes[domain.YearScope(practice, year)]]
}

func (v *MemVault) pseudonym(practice domain.PracticeID, year int, card domain.CardID) domain.Pseudonym {
	return keyed(v.secret, string(domain.YearScope(practice, year)), string(card[:]))
}

func keyed(secret [32]byte, parts ...string) [16]byte {
	mac := hmac.New(sha256.New, secret[:])
	mac.Write([]byte(strings.Join(parts, "\x00")))
	return [16]byte(mac.Sum(nil))
}

func placeBytes(at domain.Place, key uuid.UUID) []byte {
	return slices.Concat(at.Event[:], []byte(at.Field), key[:])
}

func random() (secret [32]byte) {
	rand.Read(secret[:])
	return secret
}

func aeadOf(secret [32]byte) cipher.AEAD {
	block, err := aes.NewCipher(secret[:])
	if err != nil {
		panic(err) // 32 bytes are always a key
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return aead
}
