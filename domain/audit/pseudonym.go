package audit

import (
	"crypto/hmac"
	"crypto/sha256"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain/proof"
)

// Key replaces what stands for somebody or something by a pseudonym. It lives as long as one session or one export.
type Key [sha256.Size]byte

// KeyFrom is the key that derives from a secret, which lives as long as it.
func KeyFrom(secret []byte) Key {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("signaalboek/audit/v1"))
	return Key(mac.Sum(nil))
}

// wordsOfPseudonym is how many words a pseudonym has: 48 bits, so that no two of a ledger are alike.
const wordsOfPseudonym = 3

// Pseudonym is what stands for an id: three words that can be read aloud. Under another key it is another one.
func (k Key) Pseudonym(id string) string {
	mac := hmac.New(sha256.New, k[:])
	mac.Write([]byte(id))
	return strings.Join(proof.Words(tlog.Hash(mac.Sum(nil)))[:wordsOfPseudonym], "-")
}
