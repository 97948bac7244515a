package sqlite

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"signaalboek/ops/atrest"
)

const (
	walHeader   = 32
	frameHeader = 24
)

// checkWAL looks for damage in the write-ahead log of the log at path. SQLite takes the first frame that does not fit
// for the end of what was written, which is right for a torn last transaction and would silently drop the rest of a
// damaged file. The two differ: a transaction is written only when the one before it is safe on disk, so after a torn
// one there is at most its own commit. More commits after the break were promised to somebody.
//
// It must run before SQLite opens the file, because SQLite then forgets what it does not take.
func checkWAL(path string, cipher *atrest.Cipher) error {
	file, err := os.Open(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("check the write-ahead log: %w", err)
	}
	defer file.Close()
	lost, err := commitsAfterBreak(file, cipher)
	if err != nil {
		return fmt.Errorf("check the write-ahead log: %w", err)
	}
	if lost > 1 {
		return fmt.Errorf("%w: %d transactions follow a broken part of %s-wal", ErrDamaged, lost, path)
	}
	return nil
}

// commitsAfterBreak counts the commits of this generation of the write-ahead log that stand after its first broken
// frame. Frames of an earlier generation carry another salt. A page that does not open breaks its frame.
func commitsAfterBreak(file io.Reader, cipher *atrest.Cipher) (int, error) {
	var header [walHeader]byte
	if _, err := io.ReadFull(file, header[:]); err != nil {
		return 0, ignoreEnd(err)
	}
	order, pageSize, ok := walFormat(header)
	if !ok {
		return 0, headless(file)
	}
	sum := checksum{}.add(order, header[:24])
	if !sum.is(header[24:]) {
		return 0, headless(file)
	}
	frame, broken, lost := make([]byte, frameHeader+pageSize), false, 0
	for at := int64(walHeader); ; at += int64(len(frame)) {
		if _, err := io.ReadFull(file, frame); err != nil {
			return lost, ignoreEnd(err)
		}
		if cipher != nil {
			cipher.OpenFrame(frame, at)
		}
		ours := string(frame[8:16]) == string(header[16:24])
		sum = sum.add(order, frame[:8]).add(order, frame[frameHeader:])
		if !broken && !(ours && sum.is(frame[16:24])) {
			broken = true
		}
		if commit := binary.BigEndian.Uint32(frame[4:]) != 0; broken && ours && commit {
			lost++
		}
	}
}

// headless judges a write-ahead log whose header makes no sense. SQLite writes the header, and waits for the disk,
// before any frame; with frames behind it, it was once right, and SQLite would ignore them all.
func headless(frames io.Reader) error {
	var first [frameHeader]byte
	if _, err := io.ReadFull(frames, first[:]); err != nil {
		return ignoreEnd(err)
	}
	return fmt.Errorf("%w: its header is broken", ErrDamaged)
}

func walFormat(header [walHeader]byte) (order binary.ByteOrder, pageSize int, ok bool) {
	pageSize = int(binary.BigEndian.Uint32(header[8:]))
	ok = pageSize >= 512 && pageSize <= 65536
	switch binary.BigEndian.Uint32(header[:]) {
	case 0x377f0682:
		return binary.LittleEndian, pageSize, ok
	case 0x377f0683:
		return binary.BigEndian, pageSize, ok
	}
	return nil, 0, false
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// checksum is that of SQLite's write-ahead log: two running sums, each frame continuing those of the one before it.
type checksum [2]uint32

func (c checksum) add(order binary.ByteOrder, raw []byte) checksum {
	for ; len(raw) >= 8; raw = raw[8:] {
		c[0] += order.Uint32(raw) + c[1]
		c[1] += order.Uint32(raw[4:]) + c[0]
	}
	return c
}

func (c checksum) is(raw []byte) bool {
	return binary.BigEndian.Uint32(raw) == c[0] && binary.BigEndian.Uint32(raw[4:]) == c[1]
}
