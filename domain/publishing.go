package domain

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"github.com/google/uuid"
)

// Publishing is the part of a Vault for what was built to be published. The log holds only the digest of a release's files:
// the files themselves stand here, all of a release in one bundle, because they hold texts that may have to go, are never
// made again, and are shown by every replica. A bundle is known by its release and by the SHA-256 of its bytes, in
// hexadecimal: so nobody can put another one in its place, and what was built of a proposal and never published, since the
// proposal was changed, does no harm.
//
// A bundle goes with every text that it holds: whatever forgets one of those destroys it. What was destroyed gives
// ErrForgotten, for ever; what never was, or belongs to another practice, ErrNoBundle.
type Publishing interface {
	// KeepBundle keeps what was built of a release, exactly these bytes, and which texts it holds, by the ids of their
	// keys. It fails with ErrForgotten if one of those texts was forgotten, or if the bundle was destroyed.
	KeepBundle(ctx context.Context, practice PracticeID, release uuid.UUID, bundle []byte, texts ...uuid.UUID) error

	// Bundle is what was built of a release, by its digest.
	Bundle(ctx context.Context, practice PracticeID, release uuid.UUID, digest string) ([]byte, error)

	// DestroyBundles destroys all that is kept of a release: of one that was dropped or withdrawn, which the log must say
	// first. It is a forgetting, but no erasure: whoever opens a vault has it destroy these again. If there are none it
	// does nothing.
	DestroyBundles(ctx context.Context, practice PracticeID, release uuid.UUID) error
}

// ErrNoBundle is a bundle that never was, or belongs to another practice.
var ErrNoBundle = errors.New("vault: no such bundle")

// DigestOf is the SHA-256 of content, as CheckDigest wants it.
func DigestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
