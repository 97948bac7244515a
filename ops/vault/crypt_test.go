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
	byHand := func(what string) []byte {
		derived, err := hkdf.Key(sha256.New, s.raw[:], s.id[:], "signaalboek/vault/1/"+what, 32)
		if err != nil {
			t.Fatal(err)
		}
		return derived
	}
	if box[0] != 1 || !bytes.Equal(box[1:33], byHand("commitment")) {
		t.Fatal("version or commitment is not where it is said to be")
	}
	block, err := aes.NewCipher(byHand("sealing"))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	bound := slices.Concat(somewhere.Event[:], []byte("/statement"), s.id[:])
	plain, err := gcm.Open(nil, box[33:45], box[45:], bound)
	if err != nil || string(plain) != "de bus rijdt niet" {
		t.Errorf("opened by hand: %q, %v", plain, err)
	}
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
