package projections

import (
	"github.com/google/uuid"

	"signaalboek/domain/pursuit"
)

// references is the official publications of decisions. Addresses are long, and nearly all of one publisher begin alike
// and differ in a UUID: how they begin is kept once, a UUID in 16 bytes, and what comes after it as it is.
type references struct {
	beginnings interned[string]
	rows       packed[reference]
}

// reference is one of them.
type reference struct {
	beginning uint32
	id        uuid.UUID
	rest      string
	page      int
	digest    string
}

func newReferences() references {
	return references{beginnings: newInterned(""), rows: newPacked(packReference)}
}

// add gives a publication a number, counted from 1.
func (r *references) add(of pursuit.Reference) uint32 {
	row := reference{rest: of.URI, page: of.Page, digest: of.Digest}
	if begin, id, rest, found := cutUUID(of.URI); found {
		row.beginning, row.id, row.rest = r.beginnings.number(begin), id, rest
	}
	return r.rows.add(row) + 1
}

// at is the publication with a number.
func (r *references) at(number uint32) pursuit.Reference {
	row := r.rows.at(number - 1)
	of := pursuit.Reference{URI: row.rest, Page: row.page, Digest: row.digest}
	if row.beginning != 0 {
		of.URI = r.beginnings.values[row.beginning] + row.id.String() + row.rest
	}
	return of
}

func (r *references) code(c *coder) {
	codeInterned(c, &r.beginnings, text[string])
	r.rows.code(c)
}

// cutUUID cuts an address around the first UUID in it, if it does not begin with that.
func cutUUID(uri string) (begin string, id uuid.UUID, rest string, found bool) {
	const length = 36
	for at := 1; at+length <= len(uri); at++ {
		if id, plain := plainUUID(uri[at : at+length]); plain {
			return uri[:at], id, uri[at+length:], true
		}
	}
	return "", id, uri, false
}

// packReference names the fields in order.
func packReference(p *packing, r *reference) {
	packField(p, &r.beginning)
	if r.beginning != 0 {
		packID(p, &r.id)
	}
	packText(p, &r.rest)
	packSigned(p, &r.page)
	packText(p, &r.digest)
}

func packID(p *packing, id *uuid.UUID) {
	if p.reading {
		p.values = p.values[copy(id[:], p.values):]
		return
	}
	p.values = append(p.values, id[:]...)
}

func packText(p *packing, text *string) {
	if p.passes() {
		return
	}
	length := p.field(*text != "", uint64(len(*text)))
	if !p.reading {
		p.values = append(p.values, *text...)
		return
	}
	length = min(length, uint64(len(p.values)))
	*text, p.values = string(p.values[:length]), p.values[length:]
}

func packSigned(p *packing, v *int) {
	if !p.passes() {
		*v = int(unzigzag(p.field(*v != 0, zigzag(int64(*v)))))
	}
}
