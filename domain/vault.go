package domain

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Vault keeps apart from the log what must be erasable: the keys of sealed texts, the seeds of commitments, the cards
// by which people are recognised, the drafts that are not yet recorded, and what was built to be published
// (publishing.go). It does not know which text of which event a key is for, nor whose a seed is: that stands in the
// log, which names both by their ids. Several vaults may stand on the same rows, one in each replica; what these
// sentences say of a vault they say of all of them together. domaintest.VaultSuite and domaintest.VaultReplicas prove
// them for every implementation.
//
// Durability. A key, seed, answer, card, draft, bundle or forgetting is durable before the method that made it returns:
// no event can be recorded that nobody can open, and nothing that was forgotten comes back.
//
// Once. Every method may be asked again with the same arguments, by whoever did not hear the answer, and answers the
// same: what it did is done once. But Seal and NewSeed take another key, or seed, each time; one that no event came to
// name harms nobody.
//
// Every method obeys its context, and may be called by several goroutines at once. A vault that cannot be reached fails
// with ErrVaultAway, at the latest when its context ends, and works again by itself when it can be reached again.
type Vault interface {
	Sealing
	Recognising
	Drafting
	Forgetting
	Publishing
}

// Sealing is the part of a Vault for what events say: texts, commitments and commands.
type Sealing interface {
	// Seal encrypts what s holds in the clear, for one field of one event, and returns it closed. The key is one of its
	// own, or the one that s's scope names, made if need be.
	Seal(ctx context.Context, place Place, s Sealed) (Sealed, error)

	// Open decrypts s. It fails with ErrForgotten if the key was destroyed, and with another error if s was moved to
	// another event or field, or altered.
	Open(ctx context.Context, s Sealed) ([]byte, error)

	// NewSeed is a new secret from which the salts of a subject's commitments derive, and the id by which the subject's
	// events name it.
	NewSeed(ctx context.Context) (id SeedID, seed [32]byte, err error)

	// Seed is the secret with an id. It fails with ErrForgotten if it was destroyed, and with ErrNoSeed if this vault has
	// none with that id, as when its rows are those of an old copy: life goes on with a new one.
	Seed(ctx context.Context, id SeedID) ([32]byte, error)

	// Digest is a keyed digest of a command's body: equal for equal bodies, and no help to whoever guesses at them.
	// Between two forgettings it is the same; every forgetting replaces its key, for the log keeps digests of the
	// commands that brought the forgotten texts.
	Digest(ctx context.Context, body []byte) ([16]byte, error)

	// DigestsSince is the moment from which every digest was made with the key of today. An earlier one may have been made
	// with a key that is gone: it may differ though its body is the same. The moment lies between the asking of the last
	// forgetting and a minute after its return, which is room for clocks of replicas that differ; it is zero if nothing
	// was forgotten yet. It stands in no event: it would tell when somebody erased something.
	DigestsSince(ctx context.Context) (time.Time, error)
}

// Recognising is the part of a Vault for the cards by which people are recognised. A card that was forgotten gives
// ErrForgotten; one that never was, or belongs to another practice, ErrNoCard.
type Recognising interface {
	// AddCard makes a card and returns its id. The same command of the same practice twice makes it once; with another
	// card it fails with ErrOtherCard. What happened to the card since does not matter.
	AddCard(ctx context.Context, command CommandID, card NewCard) (CardID, error)

	// SetTraits replaces all traits of a card.
	SetTraits(ctx context.Context, practice PracticeID, card CardID, traits Traits) error

	// Cards lists the cards of a practice, by nickname; without those that were merged into others.
	Cards(ctx context.Context, practice PracticeID) ([]Card, error)

	// RecentCards lists the same cards, but first those that Recognise was last asked about at an activity, the last
	// one foremost: see CardOrder. It is a convenience: after a crash it may have missed the latest.
	RecentCards(ctx context.Context, practice PracticeID, activity Code) ([]Card, error)

	// Recognise is what a contact's event may say of the person on a card: see Recognition. Asked twice about the same
	// card, year and activity it answers the same: see CardHistory. A year whose key was destroyed is ErrForgotten. A
	// card that was merged into another is that other one.
	Recognise(ctx context.Context, practice PracticeID, card CardID, on Date, activity Code) (Recognition, error)

	// MergeCards says that two cards are one person: what is remembered of both stands on the card to keep from now on,
	// as CardHistory.Merge says, with the traits of the card to keep, and for those it lacks the traits of the other;
	// the other card is not listed any more, and is that card wherever it is named.
	//
	// It returns, for every year in which a merged card was asked about and whose key is not destroyed, the pair of
	// pseudonyms that are one person, by year; so that an event can say so, sealed under YearScope. A card merged with
	// itself gives no pairs.
	MergeCards(ctx context.Context, practice PracticeID, keep, other CardID) ([]SamePerson, error)

	// Merged is every such pair of the cards of a practice: of each merged card with the one that it was merged into. It is
	// for whoever finds out whether the log says them all.
	Merged(ctx context.Context, practice PracticeID) ([]SamePerson, error)

	// Traits is the traits of everybody who was recognised in a year, by the pseudonym that their contacts bear, merged
	// cards under theirs; without people who have none. It is for figures to compute with, and is kept nowhere. A year
	// whose key was destroyed is ErrForgotten.
	Traits(ctx context.Context, practice PracticeID, year int) (map[Pseudonym]Traits, error)

	// CountConcern adds one to the yearly count of possible concerns (mogelijke verontrusting), which no event holds.
	// The same command twice counts once.
	CountConcern(ctx context.Context, command CommandID, year int) error

	// Concerns is that count for a year, all practices together.
	Concerns(ctx context.Context, year int) (int, error)
}

// Drafting is the part of a Vault for commands that wait to be confirmed. A draft that never was, or belongs to another
// practice, gives ErrNoDraft; so does one that was dropped, or whose subject was forgotten, for ever.
type Drafting interface {
	// SaveDraft keeps a draft, wrapped, and returns its revision, which is one more than draft.Revision: 0 to make it,
	// else the revision that is changed. If it is elsewhere, or is about another subject or command, it fails with
	// ErrDraftChanged.
	SaveDraft(ctx context.Context, draft DraftCommand) (revision int, err error)

	// Draft is one draft of a practice.
	Draft(ctx context.Context, practice PracticeID, id CommandID) (DraftCommand, error)

	// Drafts lists the drafts of a practice, by subject, then by id.
	Drafts(ctx context.Context, practice PracticeID) ([]DraftCommand, error)

	// DropDraft destroys a draft: it was confirmed and recorded, or will not be. The files of a vault hold no byte of
	// it afterwards; a copy made before can be read until the next forgetting.
	DropDraft(ctx context.Context, practice PracticeID, id CommandID) error
}

// Forgetting is the part of a Vault that destroys.
//
// To forget is to destroy keys. When a method that forgets returns, no vault on these rows opens what they had sealed,
// from memory neither; Open says ErrForgotten, for ever, and not that there is no such key. Copies of the vault that were
// made before open nothing any more, with the master key of today: every forgetting replaces it. So do copies of what
// was sealed under SnapshotScope. A bundle that holds a forgotten text is destroyed with it (Publishing). What was
// forgotten already, or never was, is no error.
//
// An erasure is known by the ids of the keys that it destroyed, and by nothing else: they are random, and stand for
// nobody. The log records them, in a batch once a month and without the day, so that no erasure points at a complaint.
// Whoever opens a vault has it destroy again, with Forget, every key that the log says was erased: a restored copy of a
// vault brings nothing back.
type Forgetting interface {
	// ForgetTexts destroys the keys with which texts of a practice were sealed, also those that this vault does not
	// have: a restored copy might. A key that texts share stays.
	ForgetTexts(ctx context.Context, practice PracticeID, keys ...uuid.UUID) error

	// ForgetSubject destroys, in the same way, the keys and seeds that the events of a subject name, and the drafts about
	// it. Keys that texts share stay.
	ForgetSubject(ctx context.Context, practice PracticeID, subject StreamID, keys ...uuid.UUID) error

	// ForgetCard destroys a card, with all that were merged with it. What events said of the person stays, and counts.
	ForgetCard(ctx context.Context, practice PracticeID, card CardID) error

	// DestroyYear destroys the key of a practice's recognitions in a year; practice.year-closed must have been recorded.
	// What cards remember of the year stays. It is no erasure: the log says it already.
	DestroyYear(ctx context.Context, practice PracticeID, year int) error

	// Forget destroys keys again that the log says were erased, also those that this vault does not have. If they are
	// all destroyed it does nothing.
	Forget(ctx context.Context, keys ...uuid.UUID) error

	// Erasures lists the keys that a practice had destroyed and that MarkRecorded has not marked, in the order of their
	// ids: it says nothing of which went together.
	Erasures(ctx context.Context, practice PracticeID) ([]uuid.UUID, error)

	// MarkRecorded says that the log has recorded the erasure of keys.
	MarkRecorded(ctx context.Context, keys ...uuid.UUID) error
}

// The errors of a Vault, beside those of its context.
var (
	ErrForgotten    = errors.New("vault: forgotten")
	ErrNoSeed       = errors.New("vault: no such seed")
	ErrNoCard       = errors.New("vault: no such card")
	ErrOtherCard    = errors.New("vault: this command made another card")
	ErrNoDraft      = errors.New("vault: no such draft")
	ErrDraftChanged = errors.New("vault: the draft is not at that revision, or is about something else")

	// ErrVaultAway is a vault that cannot be reached now. It is a refusal, because asking again later helps.
	ErrVaultAway = Refuse(Away, "vault-away")
)

// SeedID is the id of a seed, as the metadata of events name it.
type SeedID = uuid.UUID

// Place is where a sealed text belongs: it can be opened nowhere else.
type Place struct {
	Event EventID
	Field string // JSON pointer in the payload: "/statement"
}

// KeyScope names a key that several texts share. The zero scope means: a key of its own.
type KeyScope string

// SnapshotScope is the key of what can be made again from the log, and so need not last. Every forgetting destroys it;
// who seals under it next gets a new one.
const SnapshotScope KeyScope = "snapshot"

// YearScope is the key of all recognitions of a practice in a year.
func YearScope(practice PracticeID, year int) KeyScope {
	return KeyScope("recognition/" + string(practice) + "/" + strconv.Itoa(year))
}

// Sealed is a text in an event, or anything else that must be erasable. A decider makes it in the clear with ToSeal;
// the ledger has it sealed when the event is encoded; decoded, it is closed and says where it belongs. It has no
// String that shows what it holds.
type Sealed struct {
	Key   uuid.UUID // which key of the vault opens it
	Box   string    // the ciphertext, in the form of the vault that sealed it: raw bytes
	Place Place     // where it belongs; known from where it was read, so not stored

	plain string
	scope KeyScope
}

// ToSeal is a text in the clear that will be sealed under a key of its own. No text gives the zero Sealed.
func ToSeal(text string) Sealed { return Sealed{plain: text} }

// ToSealUnder is the same, under a key that texts of one scope share.
func ToSealUnder(scope KeyScope, plain []byte) Sealed {
	return Sealed{plain: string(plain), scope: scope}
}

// IsZero reports whether there is no text at all.
func (s Sealed) IsZero() bool { return s.plain == "" && s.Box == "" }

// Plain is what is waiting to be sealed, and under which scope; empty once it is closed. For vaults and guards.
func (s Sealed) Plain() (plain string, scope KeyScope) { return s.plain, s.scope }

// MarshalText writes a closed text as "<key>.<box in unpadded URL base64>". A text that is still in the clear is never
// written: that is a fault.
func (s Sealed) MarshalText() ([]byte, error) {
	if s.plain != "" {
		return nil, errors.New("sealed: still in the clear")
	}
	return []byte(s.Key.String() + "." + base64.RawURLEncoding.EncodeToString([]byte(s.Box))), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *Sealed) UnmarshalText(text []byte) error {
	key, box, found := bytes.Cut(text, []byte("."))
	id, err := uuid.ParseBytes(key)
	if !found || err != nil || len(box) == 0 {
		return errors.New("sealed: not in the form key.box")
	}
	raw, err := base64.RawURLEncoding.AppendDecode(nil, box)
	if err != nil {
		return errors.New("sealed: box is not base64")
	}
	*s = Sealed{Key: id, Box: string(raw)}
	return nil
}

// GoString and String keep what is in the clear out of logs, errors and failed tests.
func (s Sealed) GoString() string { return s.String() }

func (s Sealed) String() string {
	switch {
	case s.IsZero():
		return "no text"
	case s.Box == "":
		return "text to be sealed"
	default:
		return "text sealed under " + s.Key.String()
	}
}
