package projections

import (
	"cmp"
	"encoding/binary"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// names gives small numbers to what comes back a thousand times: codes, practices, streams, settings, lists of codes.
// Numbers are given in the order of first appearance in the log, so the same log gives the same numbers; 0 is the empty
// one of each. All projections of a set share them.
type names struct {
	symbols  interned[string]
	settings numbering[settingKey]
	lists    interned[string] // of symbols, four bytes each
	sayings  interned[saying]
	streams  streams
}

// symbol is the number of a code, a practice or another short word.
type symbol uint32

// streamNo is the number of a stream.
type streamNo uint32

// listNo is the number of a list of codes.
type listNo uint32

// saying is what was said in one step; a few hundred different ones exist, so rows hold their numbers.
type saying struct {
	said    symbol
	forum   symbol
	outcome symbol
	verdict symbol
}

// sayingNo is the number of a saying.
type sayingNo uint32

func (n *names) saying(s saying) sayingNo { return sayingNo(n.sayings.number(s)) }

func newNames() *names {
	n := &names{
		sayings: newInterned(saying{}),
		symbols: newInterned(""),
		lists:   newInterned(""),
		streams: newStreams(),
	}
	n.settings.number(settingKey{})
	return n
}

// interned numbers values of one type.
type interned[T comparable] struct {
	values  []T
	numbers map[T]uint32
}

func newInterned[T comparable](empty T) interned[T] {
	return interned[T]{values: []T{empty}, numbers: map[T]uint32{empty: 0}}
}

func (i *interned[T]) number(value T) uint32 {
	if number, known := i.numbers[value]; known {
		return number
	}
	number := uint32(len(i.values))
	i.values = append(i.values, value)
	i.numbers[value] = number
	return number
}

// code is the number of a code; codes, practices and other words share one table.
func (n *names) code(code domain.Code) symbol { return symbol(n.symbols.number(string(code))) }

func (n *names) practice(practice domain.PracticeID) symbol {
	return symbol(n.symbols.number(string(practice)))
}

// known is the number of a word that was read before; false if it never was. It is what queries ask: they add nothing.
func (n *names) known(word string) (symbol, bool) {
	number, known := n.symbols.numbers[word]
	return symbol(number), known
}

func (n *names) codeOf(s symbol) domain.Code { return domain.Code(n.symbols.values[s]) }

// list is the number of a list of codes, in their order.
func (n *names) list(codes []domain.Code) listNo {
	if len(codes) == 0 {
		return 0
	}
	packed := make([]byte, 0, 4*len(codes))
	for _, code := range codes {
		packed = binary.LittleEndian.AppendUint32(packed, uint32(n.code(code)))
	}
	return listNo(n.lists.number(string(packed)))
}

// inList visits the codes of a list.
func (n *names) inList(list listNo, visit func(symbol)) {
	packed := n.lists.values[list]
	for ; len(packed) > 0; packed = packed[4:] {
		visit(symbol(binary.LittleEndian.Uint32([]byte(packed[:4]))))
	}
}

// lengthOf is how many codes a list has.
func (n *names) lengthOf(list listNo) int { return len(n.lists.values[list]) / 4 }

// listHasAny reports whether one of the codes is in a list.
func (n *names) listHasAny(list listNo, codes []symbol) (found bool) {
	n.inList(list, func(s symbol) {
		for _, code := range codes {
			found = found || s == code
		}
	})
	return found
}

// streams numbers streams. Nearly every key is a UUID and is kept in 16 bytes; any other is kept as it is.
type streams struct {
	table numbering[streamKey]
	odd   interned[string]
}

// streamKey is a stream in a fixed size: its category, and the UUID of its key; or the number of an odd name.
type streamKey struct {
	id       uuid.UUID
	category category
}

type category uint8

// categories are those whose keys are UUIDs. Their order is part of the snapshot format.
var categories = []string{"", "contact", "session", "focusgroep", "signal", "recommendation", "referral"}

func (k streamKey) hash() uint64 { return key(k.id).hash() + uint64(k.category) }

func newStreams() streams {
	s := streams{odd: newInterned("")}
	s.table.number(streamKey{})
	return s
}

// stream is the number of a stream, given now if need be.
func (n *names) stream(id domain.StreamID) streamNo {
	number, _ := n.streams.number(id)
	return streamNo(number)
}

// knownStream is the number of a stream that was read before.
func (n *names) knownStream(id domain.StreamID) (streamNo, bool) {
	number, known := n.streams.find(id)
	return streamNo(number), known
}

func (n *names) streamOf(number streamNo) domain.StreamID { return n.streams.name(uint32(number)) }

// number is the number of a stream, given now if need be.
func (s *streams) number(id domain.StreamID) (number uint32, added bool) {
	key, plain := plainKey(id)
	if !plain {
		key = oddKey(s.odd.number(string(id)))
	}
	return s.table.number(key)
}

// find is the number of a stream that has one.
func (s *streams) find(id domain.StreamID) (number uint32, known bool) {
	key, plain := plainKey(id)
	if !plain {
		odd, known := s.odd.numbers[string(id)]
		if !known {
			return 0, false
		}
		key = oddKey(odd)
	}
	return s.table.find(key)
}

// name is the stream with a number.
func (s *streams) name(number uint32) domain.StreamID {
	key := *s.table.keys.at(number)
	if key.category == 0 {
		return domain.StreamID(s.odd.values[binary.BigEndian.Uint32(key.id[:4])])
	}
	return domain.NewStreamID(categories[key.category], key.id.String())
}

// compare puts streams in the order of their names.
func (s *streams) compare(a, b uint32) int {
	x, y := *s.table.keys.at(a), *s.table.keys.at(b)
	if x.category == 0 || x.category != y.category {
		return cmp.Compare(s.name(a), s.name(b))
	}
	return key(x.id).compare(key(y.id))
}

func (s *streams) code(c *coder) {
	codeInterned(c, &s.odd, text[string])
	codeRows(c, &s.table.keys, func(c *coder, key *streamKey) {
		c.id(&key.id)
		number(c, &key.category)
	})
	if c.reading {
		s.table.remember()
	}
}

// plainKey is the key of a stream whose name can be made again from it.
func plainKey(id domain.StreamID) (streamKey, bool) {
	kind, key := id.Category(), id.Key()
	for i, category_ := range categories {
		if i > 0 && category_ == kind {
			id, plain := plainUUID(key)
			return streamKey{id: id, category: category(i)}, plain
		}
	}
	return streamKey{}, false
}

func oddKey(number uint32) (key streamKey) {
	binary.BigEndian.PutUint32(key.id[:4], number)
	return key
}

// snapshot writes the tables to a snapshot, or reads them.
func (n *names) snapshot(c *coder) {
	codeInterned(c, &n.symbols, text[string])
	codeRows(c, &n.settings.keys, codeSetting)
	codeInterned(c, &n.lists, text[string])
	n.streams.code(c)
	codeInterned(c, &n.sayings, func(c *coder, s *saying) {
		for _, word := range []*symbol{&s.said, &s.forum, &s.outcome, &s.verdict} {
			number(c, word)
		}
	})
	if c.reading {
		n.settings.remember()
	}
}

func codeInterned[T comparable](c *coder, i *interned[T], value func(*coder, *T)) {
	list(c, &i.values, value)
	if c.reading {
		i.numbers = make(map[T]uint32, len(i.values))
		for number, value := range i.values {
			i.numbers[value] = uint32(number)
		}
	}
}
