// Package atrest keeps SQLite files sealed on disk: whoever takes the disk, or a copy of a file, and not the key, reads
// nothing in them. It is a layer of go-sqlite3 under which databases in WAL mode work as they always do.
//
// # The key
//
// A key is 32 random bytes in a file of its own, that only its owner may read and that stands elsewhere than what it
// seals: see KeyFile. From it derive, by HKDF-SHA-256 and for each purpose apart (a log, a vault), a key for pages, a key
// for masks, and a fingerprint of 8 bytes that tells a wrong key from a damaged file.
//
// # The files
//
// A database has pages of 4096 bytes, of which SQLite uses 4068 (28 are reserved, as byte 20 of its header says):
//
//	page 1      "sigbseal", the fingerprint, and a box of the other 4052 bytes that SQLite uses
//	page n      a box of the 4068 bytes that SQLite uses
//	box         a random nonce of 12 bytes, AES-256-GCM ciphertext, its tag of 16 bytes;
//	            additional data: "page" and the offset in the file, 8 bytes, big-endian
//
// So every page has its place, and a damaged one does not open: that is found out as with a checksum. The write-ahead log
// has SQLite's own form, but that pages in it are boxes too ("wal" for "page"), and that the two checksums of a frame
// (bytes 16 to 24 of its header), which would tell something about the page, are masked by AES of the salts, the number
// of the frame and that of the page. What stays in the clear is which pages were written, and how many.
//
// There are no other files: a rollback journal or a temporary file is refused. Who makes a sealed database uses
// "PRAGMA journal_mode = MEMORY" in a file that gets its name when it is whole, then WAL, and keeps temporary tables in
// memory. The index of the write-ahead log (-shm) holds numbers of pages only.
//
// # What it does not do
//
// Who can write to the disk can put an old page, or an old file, in the place of a new one: the checkpoints of the log
// are there to find that out. A running program holds the key in memory.
package atrest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// What is refused. ErrPlain, ErrSealed and ErrWrongKey are found out before anything is changed.
var (
	ErrNoKey    = errors.New("at rest: the key file is not there")
	ErrExposed  = errors.New("at rest: others may read the key file")
	ErrBadKey   = errors.New("at rest: the key file is not a key")
	ErrWrongKey = errors.New("at rest: the file is sealed under another key")
	ErrPlain    = errors.New("at rest: the file is not sealed")
	ErrSealed   = errors.New("at rest: the file is sealed, and no key was given")
)

// Key seals files. It shows itself to nobody.
type Key struct{ raw [keySize]byte }

const keySize = 32

// NewKey is a key of random bytes that stand nowhere else.
func NewKey() *Key {
	k := new(Key)
	rand.Read(k.raw[:]) // never fails: see crypto/rand
	return k
}

// String and GoString keep the key out of logs and errors.
func (k *Key) String() string { return "a key" }

// GoString is String.
func (k *Key) GoString() string { return k.String() }

// For is the cipher of files of one purpose. No key gives no cipher: files in the clear.
func (k *Key) For(purpose string) *Cipher {
	if k == nil {
		return nil
	}
	c := new(Cipher)
	copy(c.mark[:], sealedMark)
	copy(c.mark[len(sealedMark):], k.derive(purpose+" fingerprint", 8))
	var err error
	if c.masks, err = aes.NewCipher(k.derive(purpose+" masks", 32)); err != nil {
		panic(err) // the length is right
	}
	block, err := aes.NewCipher(k.derive(purpose+" pages", 32))
	if err != nil {
		panic(err)
	}
	if c.pages, err = cipher.NewGCMWithRandomNonce(block); err != nil {
		panic(err)
	}
	return c
}

func (k *Key) derive(use string, size int) []byte {
	derived, err := hkdf.Key(sha256.New, k.raw[:], nil, "signaalboek at rest: "+use, size)
	if err != nil {
		panic(fmt.Errorf("derive a key: %w", err)) // only for sizes beyond what a hash can give
	}
	return derived
}

// Cipher seals and opens what stands in the files of one purpose. A nil Cipher is for files in the clear.
type Cipher struct {
	mark  [markSize]byte
	pages cipher.AEAD
	masks cipher.Block
}

const (
	// PageSize is how large the pages of a sealed database are.
	PageSize = 4096
	// Reserve is how many bytes of a page SQLite leaves alone.
	Reserve = 28

	usable = PageSize - Reserve

	sealedMark = "sigbseal"
	plainMark  = "SQLite format 3\x00"
	markSize   = len(plainMark)

	walHeader   = 32
	frameHeader = 24
	frameSize   = frameHeader + PageSize
)

// place is the additional data of a box.
type place [12]byte

func (p *place) at(kind string, offset int64) []byte {
	clear(p[:4])
	copy(p[:4], kind)
	binary.BigEndian.PutUint64(p[4:], uint64(offset))
	return p[:]
}

// sealPage seals what SQLite uses of a page of the database into box, a page long.
func (c *Cipher) sealPage(box, page []byte, offset int64) {
	var p place
	start := 0
	if offset == 0 {
		start = copy(box, c.mark[:])
	}
	c.pages.Seal(box[start:start], nil, page[start:usable], p.at("page", offset))
}

// openPage is the other way.
func (c *Cipher) openPage(page, box []byte, offset int64) error {
	var p place
	start := 0
	if offset == 0 {
		if string(box[:markSize]) != string(c.mark[:]) {
			return errNoMark
		}
		start = copy(page, plainMark)
	}
	_, err := c.pages.Open(page[start:start], nil, box[start:PageSize], p.at("page", offset))
	clear(page[usable:PageSize])
	return err
}

// errNoMark is a first page that no Cipher of this key has sealed.
var errNoMark = errors.New("at rest: the file does not begin as a sealed one")

// sealFramed and openFramed are the same for a page in the write-ahead log.
func (c *Cipher) sealFramed(box, page []byte, offset int64) {
	var p place
	c.pages.Seal(box[:0], nil, page[:usable], p.at("wal", offset))
}

func (c *Cipher) openFramed(page, box []byte, offset int64) error {
	var p place
	_, err := c.pages.Open(page[:0], nil, box[:PageSize], p.at("wal", offset))
	clear(page[usable:PageSize])
	return err
}

// mask masks the checksums in the header of the frame at an offset, and unmasks them.
func (c *Cipher) mask(header []byte, offset int64) {
	var block [aes.BlockSize]byte
	copy(block[:8], header[8:16]) // the salts
	binary.BigEndian.PutUint32(block[8:], uint32((offset-walHeader)/frameSize))
	copy(block[12:], header[:4]) // the number of the page
	c.masks.Encrypt(block[:], block[:])
	for i := range 8 {
		header[16+i] ^= block[i]
	}
}

// OpenFrame opens a whole frame of a write-ahead log in its place. Of one that does not open the page is zeros, and the
// checksums do not fit.
func (c *Cipher) OpenFrame(frame []byte, offset int64) {
	c.mask(frame, offset)
	box := append(make([]byte, 0, PageSize), frame[frameHeader:]...)
	if c.openFramed(frame[frameHeader:], box, offset+frameHeader) != nil {
		clear(frame[frameHeader:])
		frame[16] ^= 0xff
	}
}
