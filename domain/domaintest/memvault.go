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
	"strings"
	"sync"
	"time"

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
	bundles  map[bundleName]*memBundle
	concerns map[domain.CommandID]int
	secret   [32]byte // of pseudonyms
	digest   [32]byte
	renewed  time.Time // when digest was last replaced
}

// memKey is a key: of one text, of a scope, a seed, or the one that a card or a draft is known by when it is destroyed.
type memKey struct {
	raw     [32]byte
	aead    cipher.AEAD
	named   bool            // in events, which can have it forgotten: it is of one text, or a seed
	subject domain.StreamID // of a draft
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
		bundles:  map[bundleName]*memBundle{},
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

// DigestsSince implements domain.Vault.
func (v *MemVault) DigestsSince(ctx context.Context) (time.Time, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return time.Time{}, err
	}
	defer leave()
	return v.renewed, nil
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
