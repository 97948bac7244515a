package domaintest

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// MemVault is a vault in memory, for tests. It encrypts in earnest, so that a test that reads what it should not reads
// noise, and Forget destroys a key as an erasure does.
type MemVault struct {
	mu       sync.Mutex // guards all below
	keys     map[uuid.UUID]cipher.AEAD
	scopes   map[domain.KeyScope]uuid.UUID
	forgot   map[uuid.UUID]bool
	seeds    map[domain.StreamID][32]byte
	cards    map[domain.CardID]*memCard
	made     map[cardCommand]domain.CardID
	concerns map[domain.CommandID]int
	secret   [32]byte // of digests and pseudonyms
}

// cardCommand is a command of a practice that makes a card.
type cardCommand struct {
	practice domain.PracticeID
	command  domain.CommandID
}

type memCard struct {
	domain.Card
	history domain.CardHistory
}

var _ domain.Vault = (*MemVault)(nil)

// NewMemVault makes an empty vault with secrets of its own.
func NewMemVault() *MemVault {
	return &MemVault{
		keys:     map[uuid.UUID]cipher.AEAD{},
		scopes:   map[domain.KeyScope]uuid.UUID{},
		forgot:   map[uuid.UUID]bool{},
		seeds:    map[domain.StreamID][32]byte{},
		cards:    map[domain.CardID]*memCard{},
		made:     map[cardCommand]domain.CardID{},
		concerns: map[domain.CommandID]int{},
		secret:   random(),
	}
}

// Seal implements domain.Vault.
func (v *MemVault) Seal(ctx context.Context, _ domain.StreamID, at domain.Place, s domain.Sealed) (domain.Sealed, error) {
	if err := ctx.Err(); err != nil || s.IsZero() {
		return domain.Sealed{}, err
	}
	plain, scope := s.Plain()
	if plain == "" {
		return domain.Sealed{}, errors.New("vault: seal a text that is sealed already")
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	key := v.keyOf(scope)
	if v.forgot[key] {
		return domain.Sealed{}, domain.ErrForgotten
	}
	box := v.keys[key].Seal(nil, nil, []byte(plain), placeBytes(at, key))
	return domain.Sealed{Key: key, Box: string(box), Place: at}, nil
}

// Open implements domain.Vault.
func (v *MemVault) Open(ctx context.Context, s domain.Sealed) ([]byte, error) {
	if err := ctx.Err(); err != nil || s.IsZero() {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.forgot[s.Key] {
		return nil, domain.ErrForgotten
	}
	aead := v.keys[s.Key]
	if aead == nil {
		return nil, fmt.Errorf("vault: open: no key %s", s.Key)
	}
	plain, err := aead.Open(nil, nil, []byte(s.Box), placeBytes(s.Place, s.Key))
	if err != nil {
		return nil, fmt.Errorf("vault: open under key %s: %w", s.Key, err)
	}
	return plain, nil
}

// Forget destroys a key: what was sealed under it opens no more.
func (v *MemVault) Forget(_ context.Context, key uuid.UUID) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.keys, key)
	v.forgot[key] = true
	return nil
}

// Seed implements domain.Vault.
func (v *MemVault) Seed(ctx context.Context, subject domain.StreamID) ([32]byte, error) {
	if err := ctx.Err(); err != nil {
		return [32]byte{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	seed, found := v.seeds[subject]
	if !found {
		seed = random()
		v.seeds[subject] = seed
	}
	return seed, nil
}

// Digest implements domain.Vault.
func (v *MemVault) Digest(ctx context.Context, body []byte) ([16]byte, error) {
	return v.mac("digest", string(body)), ctx.Err()
}

// AddCard implements domain.Vault.
func (v *MemVault) AddCard(ctx context.Context, command domain.CommandID, card domain.NewCard) (domain.CardID, error) {
	if err := ctx.Err(); err != nil {
		return domain.CardID{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	asked := cardCommand{card.Practice, command}
	if id, again := v.made[asked]; again {
		return id, v.cards[id].is(card)
	}
	id := uuid.New()
	v.made[asked] = id
	v.cards[id] = &memCard{
		Card:    domain.Card{ID: id, Practice: card.Practice, Nickname: card.Nickname},
		history: domain.CardHistory{Made: card.EarlierYear},
	}
	return id, nil
}

// is refuses a card that says something else.
func (c *memCard) is(card domain.NewCard) error {
	if c.Nickname != card.Nickname || c.history.Made != card.EarlierYear {
		return domain.ErrOtherCard
	}
	return nil
}

// Cards implements domain.Vault.
func (v *MemVault) Cards(ctx context.Context, practice domain.PracticeID) ([]domain.Card, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	var cards []domain.Card
	for _, card := range v.cards {
		if card.Practice == practice {
			cards = append(cards, card.Card)
		}
	}
	slices.SortFunc(cards, domain.CompareCards)
	return cards, nil
}

// Recognise implements domain.Vault.
func (v *MemVault) Recognise(ctx context.Context, practice domain.PracticeID, card domain.CardID,
	on domain.Date, activity domain.Code) (domain.Recognition, error) {
	if err := ctx.Err(); err != nil {
		return domain.Recognition{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	known := v.cards[card]
	if known == nil || known.Practice != practice {
		return domain.Recognition{}, domain.ErrNoCard
	}
	scope := domain.YearScope(practice, on.Year())
	if v.forgot[v.scopes[scope]] {
		return domain.Recognition{}, domain.ErrForgotten
	}
	earlier, here := known.history.Ask(on.Year(), activity)
	pseudonym := v.mac(string(scope), string(card[:]))
	return domain.Recognition{Pseudonym: pseudonym, EarlierYear: earlier, EarlierYearHere: here}, nil
}

// CountConcern implements domain.Vault.
func (v *MemVault) CountConcern(ctx context.Context, command domain.CommandID, year int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, again := v.concerns[command]; !again {
		v.concerns[command] = year
	}
	return nil
}

// Concerns implements domain.Vault.
func (v *MemVault) Concerns(ctx context.Context, year int) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	count := 0
	for _, counted := range v.concerns {
		if counted == year {
			count++
		}
	}
	return count, ctx.Err()
}

// keyOf is the key of a scope, made if need be; no scope always makes one.
func (v *MemVault) keyOf(scope domain.KeyScope) uuid.UUID {
	if id, found := v.scopes[scope]; found {
		return id
	}
	id := uuid.New()
	v.keys[id] = randomAEAD()
	if scope != "" {
		v.scopes[scope] = id
	}
	return id
}

func (v *MemVault) mac(what, of string) [16]byte {
	mac := hmac.New(sha256.New, v.secret[:])
	mac.Write([]byte(what + "\x00" + of))
	return [16]byte(mac.Sum(nil))
}

func placeBytes(at domain.Place, key uuid.UUID) []byte {
	return slices.Concat(at.Event[:], []byte(at.Field), key[:])
}

func random() (secret [32]byte) {
	rand.Read(secret[:])
	return secret
}

func randomAEAD() cipher.AEAD {
	secret := random()
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
