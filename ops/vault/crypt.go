package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"signaalboek/domain"
)

const (
	secretSize  = 32
	masterSize  = 32
	boxVersion  = 1
	commitEnd   = 1 + 32
	deriveLabel = "signaalboek/vault/1/"
)

// secret is what a row of table secret holds, unwrapped.
type secret struct {
	id  uuid.UUID
	raw [secretSize]byte
}

func newSecret() secret { return secretWith(uuid.New()) }

func secretWith(id uuid.UUID) secret {
	s := secret{id: id}
	rand.Read(s.raw[:]) // never fails
	return s
}

// key is a secret made ready to seal and open texts.
type key struct {
	id         uuid.UUID
	aead       cipher.AEAD
	commitment []byte
	root       []byte // from which all else derives
}

// newKey does by itself the first half of every derivation from a secret, which is the same for all.
func newKey(s secret) *key {
	root, err := hkdf.Extract(sha256.New, s.raw[:], s.id[:])
	if err != nil {
		panic(err) // never fails for SHA-256
	}
	return &key{id: s.id, aead: newAEAD(expand(root, "sealing", 32)), commitment: expand(root, "commitment", 32), root: root}
}

func (k *key) seal(at domain.Place, plain string) string {
	box := append([]byte{boxVersion}, k.commitment...)
	return string(k.aead.Seal(box, nil, []byte(plain), k.bind(at)))
}

// open refuses a box that does not commit to this key: no box opens under two keys.
func (k *key) open(at domain.Place, box string) ([]byte, error) {
	if len(box) < commitEnd || box[0] != boxVersion || box[1:commitEnd] != string(k.commitment) {
		return nil, ErrAltered
	}
	plain, err := k.aead.Open(nil, nil, []byte(box[commitEnd:]), k.bind(at))
	if err != nil {
		return nil, ErrAltered
	}
	return plain, nil
}

// bind is where a text belongs, as additional data. Field stands between two parts of a fixed length, so no two places
// read alike.
func (k *key) bind(at domain.Place) []byte {
	return slices.Concat(at.Event[:], []byte(at.Field), k.id[:])
}

// Master is a master key: it wraps the secrets of a vault.
type Master struct {
	raw  []byte
	id   []byte
	aead cipher.AEAD
}

// NewMaster makes a master key that nobody has yet.
func NewMaster() *Master {
	raw := make([]byte, masterSize)
	rand.Read(raw) // never fails
	return masterOf(raw)
}

func masterOf(raw []byte) *Master {
	return &Master{raw: raw, id: derive(raw, nil, "master id", 8), aead: newAEAD(derive(raw, nil, "wrapping", 32))}
}

// is reports whether m is the master key with an id.
func (m *Master) is(id []byte) bool { return bytes.Equal(m.id, id) }

func (m *Master) wrap(plain []byte, bound ...string) []byte {
	return m.aead.Seal(nil, nil, plain, lengthPrefixed(bound))
}

// unwrap opens what the master with id by has wrapped with the same bound.
func (m *Master) unwrap(by, wrapped []byte, bound ...string) ([]byte, error) {
	if !m.is(by) {
		return nil, fmt.Errorf("%w: of a %s", ErrWrongMaster, bound[0])
	}
	plain, err := m.aead.Open(nil, nil, wrapped, lengthPrefixed(bound))
	if err != nil {
		return nil, fmt.Errorf("%w: a %s", ErrAltered, bound[0])
	}
	return plain, nil
}

// aead encrypts content at rest: a card, a draft, an order.
func (s secret) aead() cipher.AEAD { return newAEAD(derive(s.raw[:], s.id[:], "content", 32)) }

// box wraps content, bound to its row.
func (s secret) box(plain []byte, bound ...string) []byte {
	return s.aead().Seal(nil, nil, plain, lengthPrefixed(bound))
}

// unbox opens what box has wrapped with the same bound.
func (s secret) unbox(boxed []byte, bound ...string) ([]byte, error) {
	plain, err := s.aead().Open(nil, nil, boxed, lengthPrefixed(bound))
	if err != nil {
		return nil, fmt.Errorf("%w: a %s", ErrAltered, bound[0])
	}
	return plain, nil
}

func lengthPrefixed(parts []string) []byte {
	var all []byte
	for _, part := range parts {
		all = binary.BigEndian.AppendUint32(all, uint32(len(part)))
		all = append(all, part...)
	}
	return all
}

func derive(raw, salt []byte, what string, size int) []byte {
	derived, err := hkdf.Key(sha256.New, raw, salt, deriveLabel+what, size)
	if err != nil {
		panic(err) // only for sizes that are never asked for
	}
	return derived
}

// expand is the second half of derive.
func expand(root []byte, what string, size int) []byte {
	derived, err := hkdf.Expand(sha256.New, root, deriveLabel+what, size)
	if err != nil {
		panic(err) // only for sizes that are never asked for
	}
	return derived
}

func newAEAD(raw []byte) cipher.AEAD {
	block, err := aes.NewCipher(raw)
	if err != nil {
		panic(err) // 32 bytes are always a key
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // AES always has the block that GCM needs
	}
	return aead
}

// mac is HMAC-SHA-256 cut to 128 bits.
func mac(raw []byte, parts ...[]byte) [16]byte {
	h := hmac.New(sha256.New, raw)
	for _, part := range parts {
		h.Write(part)
	}
	return [16]byte(h.Sum(nil))
}

// pseudonymOf is the pseudonym of a card in the year whose key this is.
func (k *key) pseudonymOf(card domain.CardID) domain.Pseudonym {
	return mac(expand(k.root, "pseudonym", 32), card[:])
}
