package domain

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"

	"github.com/google/uuid"
)

// Vault keeps apart from the log what must be erasable: the keys of sealed texts, the seeds of commitments, and the
// cards by which people are recognised. domaintest.VaultSuite proves these sentences for every implementation.
//
// Durability. A key, seed, answer or card is durable before the method that made it returns: no event can be recorded
// that nobody can open.
//
// Every method obeys its context, and may be called by several goroutines at once.
type Vault interface {
	// Seal encrypts what s holds in the clear, for one field of one event, and returns it closed. The key is made if
	// need be: one of its own, or the one that s's scope names. What is sealed about a subject can later be forgotten.
	Seal(ctx context.Context, subject StreamID, place Place, s Sealed) (Sealed, error)

	// Open decrypts s. It fails with ErrForgotten if the key was destroyed, and with another error if s was moved to
	// another event or field, or altered.
	Open(ctx context.Context, s Sealed) ([]byte, error)

	// Seed is the secret from which the salts of a subject's commitments derive; made at first use.
	Seed(ctx context.Context, subject StreamID) ([32]byte, error)

	// Digest is a keyed digest of a command's body: equal for equal bodies, and no help to whoever guesses at them.
	Digest(ctx context.Context, body []byte) ([16]byte, error)

	// AddCard makes a card and returns its id. The same command of the same practice twice makes it once; with another
	// card it fails with ErrOtherCard.
	AddCard(ctx context.Context, command CommandID, card NewCard) (CardID, error)

	// Cards lists the cards of a practice, by nickname.
	Cards(ctx context.Context, practice PracticeID) ([]Card, error)

	// Recognise is what a contact's event may say of the person on a card: see Recognition. Asked twice about the same
	// card, year and activity it answers the same: see CardHistory. An unknown card, or one of another practice, is
	// ErrNoCard; a year whose key was destroyed is ErrForgotten.
	Recognise(ctx context.Context, practice PracticeID, card CardID, on Date, activity Code) (Recognition, error)

	// CountConcern adds one to the yearly count of possible concerns (mogelijke verontrusting), which no event holds.
	// The same command twice counts once.
	CountConcern(ctx context.Context, command CommandID, year int) error

	// Concerns is that count for a year, all practices together.
	Concerns(ctx context.Context, year int) (int, error)
}

// The errors of a Vault, beside those of its context.
var (
	ErrForgotten = errors.New("vault: forgotten")
	ErrNoCard    = errors.New("vault: no such card")
	ErrOtherCard = errors.New("vault: this command made another card")
)

// Place is where a sealed text belongs: it can be opened nowhere else.
type Place struct {
	Event EventID
	Field string // JSON pointer in the payload: "/statement"
}

// KeyScope names a key that several texts share. The zero scope means: a key of its own.
type KeyScope string

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

// Answer is what somebody said to a question of yes or no. Unknown is not no.
type Answer string

// The answers.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Valid reports whether a is one of the three answers.
func (a Answer) Valid() bool { return a == Yes || a == No || a == Unknown }

// CardID identifies a card: 128 random bits. It never enters an event.
type CardID = uuid.UUID

// NewCard is what a worker says when making a card.
type NewCard struct {
	Practice    PracticeID
	Nickname    string // chosen by the worker, such as "rode fiets"; never a name
	EarlierYear Answer // did this person come in a year before the card's first one?
}

// Card is what lets a worker recognise somebody again.
type Card struct {
	ID       CardID
	Practice PracticeID
	Nickname string
}

// Recognition is what a contact's event says, sealed, of the person recognised: a pseudonym that joins the contacts of
// one practice in one year and no others, and two answers said of card and year.
type Recognition struct {
	Pseudonym       [16]byte
	EarlierYear     Answer // had contact in an earlier year
	EarlierYearHere Answer // had contact in an earlier year at this activity
}

const recognitionSize = 18

// MarshalBinary writes the recognition in 18 bytes, always: its length says nothing.
func (r Recognition) MarshalBinary() ([]byte, error) {
	raw := make([]byte, 0, recognitionSize)
	raw = append(raw, r.Pseudonym[:]...)
	return append(raw, answerByte(r.EarlierYear), answerByte(r.EarlierYearHere)), nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (r *Recognition) UnmarshalBinary(raw []byte) error {
	if len(raw) != recognitionSize || raw[16] > 2 || raw[17] > 2 {
		return fmt.Errorf("recognition: not %d bytes in the known form", recognitionSize)
	}
	copy(r.Pseudonym[:], raw)
	r.EarlierYear, r.EarlierYearHere = answers[raw[16]], answers[raw[17]]
	return nil
}

var answers = [3]Answer{Unknown, Yes, No}

func answerByte(a Answer) byte {
	for i, known := range answers {
		if a == known {
			return byte(i)
		}
	}
	return 0
}

// DeriveID is the id of the n-th thing that a command makes: the same command makes the same ids.
func DeriveID(command CommandID, kind string, n int) uuid.UUID {
	name := binary.BigEndian.AppendUint32([]byte(kind), uint32(n))
	return uuid.NewSHA1(command, name)
}
