package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
)

var somewhere = domain.Place{Event: uuid.MustParse("0e7a7d3c-6d5c-5f0b-9a0e-3a8f6a9f5a11"), Field: "/statement"}

// The package comment is the format: what it says, done by hand, opens a box.
func TestBoxIsAsDocumented(t *testing.T) {
	s := newSecret()
	box := []byte(newKey(s).seal(somewhere, "de bus rijdt niet"))
	if box[0] != 1 || !bytes.Equal(box[1:33], byHand(t, s.raw[:], s.id[:], "commitment")) {
		t.Fatal("version or commitment is not where it is said to be")
	}
	bound := slices.Concat(somewhere.Event[:], []byte("/statement"), s.id[:])
	if plain := openByHand(t, byHand(t, s.raw[:], s.id[:], "sealing"), box[33:], bound); plain != "de bus rijdt niet" {
		t.Errorf("opened by hand: %q", plain)
	}
}

// So does what it says of wrapped and boxed values.
func TestRowsAreAsDocumented(t *testing.T) {
	s, m := newSecret(), masterOf(bytes.Repeat([]byte{7}, 32))
	bound := []byte("\x00\x00\x00\x04card\x00\x00\x00\x00\x00\x00\x00\x02ab")
	boxed := s.box([]byte("rode fiets"), "card", "", "ab")
	if plain := openByHand(t, byHand(t, s.raw[:], s.id[:], "content"), boxed, bound); plain != "rode fiets" {
		t.Errorf("unboxed by hand: %q", plain)
	}
	wrapped := m.wrap(s.raw[:], "card", "", "ab")
	if plain := openByHand(t, byHand(t, m.raw, nil, "wrapping"), wrapped, bound); plain != string(s.raw[:]) {
		t.Error("unwrapped by hand it is something else")
	}
	if id := byHand(t, m.raw, nil, "master id"); !bytes.Equal(m.id, id[:8]) {
		t.Error("the master key has another id")
	}
	for _, other := range [][]string{{"card", "", "a"}, {"card", "a", "b"}, {"draft", "", "ab"}} {
		if _, err := s.unbox(boxed, other...); !errors.Is(err, ErrAltered) {
			t.Errorf("unboxed in another row: %v", err)
		}
	}
}

// A row is bound to all that it says: one of the stock says nothing but its id.
func TestRowsAreBoundAsDocumented(t *testing.T) {
	id, event := uuid.UUID{1: 1}, uuid.UUID{2: 2}
	at := func(parts ...string) string {
		return string(lengthPrefixed(append([]string{"secret", string(id[:])}, parts...)))
	}
	none := string(make([]byte, 16))
	for name, tt := range map[string]struct {
		row  row
		want string
	}{
		"of the stock":        {row{id: id}, at("", "", none, "")},
		"named":               {row{id: id, name: "scope/x"}, at("", "scope/x", "", "")},
		"of an older text":    {row{id: id, subject: "signal-1", place: domain.Place{Event: event, Field: "/x"}}, at("signal-1", "", string(event[:]), "/x")},
		"of a subject's seed": {row{id: id, subject: "signal-1", name: "seed/signal-1"}, at("signal-1", "seed/signal-1", "", "")},
	} {
		if got := string(lengthPrefixed(tt.row.bound())); got != tt.want {
			t.Errorf("%s: bound to %q, not %q", name, got, tt.want)
		}
	}
}

// What derives from a secret in two halves is what derives at once.
func TestKeysDeriveAsDocumented(t *testing.T) {
	s := newSecret()
	k, card := newKey(s), uuid.New()
	if !bytes.Equal(k.commitment, byHand(t, s.raw[:], s.id[:], "commitment")) {
		t.Error("another commitment")
	}
	if k.pseudonymOf(card) != mac(byHand(t, s.raw[:], s.id[:], "pseudonym"), card[:]) {
		t.Error("another pseudonym")
	}
}

func byHand(t *testing.T, raw, salt []byte, what string) []byte {
	t.Helper()
	derived, err := hkdf.Key(sha256.New, raw, salt, "signaalboek/vault/1/"+what, 32)
	if err != nil {
		t.Fatal(err)
	}
	return derived
}

// openByHand opens nonce, ciphertext and tag.
func openByHand(t *testing.T, key, box, bound []byte) string {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := gcm.Open(nil, box[:12], box[12:], bound)
	if err != nil {
		t.Errorf("does not open by hand: %v", err)
	}
	return string(plain)
}

// A box opens under the key it commits to and no other, even one that shares its id and was put in its place.
func TestBoxCommitsToItsKey(t *testing.T) {
	one, two := newSecret(), newSecret()
	two.id = one.id
	first, second := newKey(one), newKey(two)
	second.aead = first.aead // as if GCM opened under both, which an attacker can arrange
	if _, err := second.open(somewhere, first.seal(somewhere, "x")); !errors.Is(err, ErrAltered) {
		t.Errorf("opened under another key: %v", err)
	}
	first.commitment = second.commitment
	if _, err := newKey(one).open(somewhere, first.seal(somewhere, "x")); !errors.Is(err, ErrAltered) {
		t.Errorf("opened with a commitment to another key: %v", err)
	}
}

// No two lists of parts bind alike, however they are cut.
func TestLengthPrefixed(t *testing.T) {
	lists := [][]string{{}, {""}, {"", ""}, {"ab"}, {"a", "b"}, {"", "ab"}, {"ab", ""}, {"a", "b", ""}}
	seen := map[string]bool{}
	for _, parts := range lists {
		bound := string(lengthPrefixed(parts))
		if seen[bound] {
			t.Errorf("%q binds as another list does", parts)
		}
		seen[bound] = true
	}
}

// Whatever bytes stand in an event, they open or are refused.
func FuzzOpen(f *testing.F) {
	k := newKey(newSecret())
	good := k.seal(somewhere, "x")
	for _, box := range []string{"", "\x01", good, good[:commitEnd], good[:commitEnd+12], good + "x"} {
		f.Add([]byte(box), somewhere.Field)
	}
	f.Fuzz(func(t *testing.T, box []byte, field string) {
		plain, err := k.open(domain.Place{Event: somewhere.Event, Field: field}, string(box))
		if genuine := string(box) == good && field == somewhere.Field; genuine != (err == nil) {
			t.Errorf("opened as %q, %v", plain, err)
		}
	})
}

func TestCacheKeepsWhatIsUsed(t *testing.T) {
	c := newCache[int, int](4)
	for i := range 100 {
		c.put(i, i)
		if _, kept := c.get(0); !kept {
			t.Fatalf("what is used all the time was dropped at %d", i)
		}
		if n := len(c.young) + len(c.old); n > 8 {
			t.Fatalf("%d kept, of 8 at most", n)
		}
	}
	if _, kept := c.get(50); kept {
		t.Error("what was not used for long is still kept")
	}
}
