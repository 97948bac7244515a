package transparency

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/ops/durable"
)

// Keys is what the ledger signs with, wherever the private half is. The name of a key is the origin of what it signs, so
// one key signs under several when a history ended.
type Keys interface {
	Signer(origin string) (note.Signer, error)
	Verifier(origin string) (key string, err error)
}

// The errors of a key file.
var (
	ErrNoKey      = errors.New("transparency: the signing key is not there")
	ErrKeyExposed = errors.New("transparency: others can read the signing key")
	ErrKeyDamaged = errors.New("transparency: the file holds no signing key")
)

// Key is an Ed25519 key in memory. It implements Keys.
type Key struct{ private ed25519.PrivateKey }

// NewKey makes a key.
func NewKey() Key {
	seed := make([]byte, ed25519.SeedSize)
	rand.Read(seed) // never fails
	return Key{ed25519.NewKeyFromSeed(seed)}
}

// ed25519Alg is how notes name the algorithm.
const ed25519Alg = 1

// Verifier implements Keys: the public half, as a text that can be given to anybody.
func (k Key) Verifier(origin string) (string, error) {
	return note.NewEd25519VerifierKey(origin, k.private.Public().(ed25519.PublicKey))
}

// Signer implements Keys.
func (k Key) Signer(origin string) (note.Signer, error) {
	text, err := k.secret(origin)
	if err != nil {
		return nil, err
	}
	return note.NewSigner(text)
}

// secret is the private half, as notes write it: a verifier key is its name, its hash, and what it is.
func (k Key) secret(origin string) (string, error) {
	public, err := k.Verifier(origin)
	if err != nil {
		return "", fmt.Errorf("name the signing key: %w", err)
	}
	parts := strings.SplitN(public, "+", 3) // name, hash, key
	raw := append([]byte{ed25519Alg}, k.private.Seed()...)
	return strings.Join([]string{"PRIVATE", "KEY", parts[0], parts[1], base64.StdEncoding.EncodeToString(raw)}, "+"), nil
}

// keyName is the name of a key in its file. What it signs, it signs under the name of an origin.
const keyName = "signaalboek.local"

// ReadKey reads the file of a key, one line as notes write it, which nobody else on this machine may read.
func ReadKey(path string) (Key, error) {
	about, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Key{}, fmt.Errorf("%w: %s", ErrNoKey, filepath.Base(path))
	}
	if err != nil {
		return Key{}, fmt.Errorf("read the signing key: %w", err)
	}
	if runtime.GOOS != "windows" && about.Mode().Perm()&0o077 != 0 {
		return Key{}, fmt.Errorf("%w: mode %o, not 600", ErrKeyExposed, about.Mode().Perm())
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fmt.Errorf("read the signing key: %w", err)
	}
	return parseKey(strings.TrimSpace(string(raw)))
}

func parseKey(text string) (Key, error) {
	if _, err := note.NewSigner(text); err != nil {
		return Key{}, ErrKeyDamaged // what note says may hold the key
	}
	raw, err := base64.StdEncoding.DecodeString(strings.SplitN(text, "+", 5)[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return Key{}, ErrKeyDamaged
	}
	return Key{ed25519.NewKeyFromSeed(raw[1:])}, nil
}

// MakeKey reads the file of a key, or makes both. If we die here, the file is whole or not there.
func MakeKey(path string) (Key, error) {
	key, err := ReadKey(path)
	if !errors.Is(err, ErrNoKey) {
		return key, err
	}
	key = NewKey()
	return key, key.write(path)
}

func (k Key) write(path string) error {
	text, err := k.secret(keyName)
	if err != nil {
		return err
	}
	return durable.Replace(path, durable.Bytes([]byte(text+"\n")))
}
