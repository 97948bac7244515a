package contact

import (
	"slices"
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// details is what the command records, checked and tidied; without the person.
func (c Register) details(book vocabulary.Book) (Details, error) {
	details := Details{
		Activity: c.Activity, Initiative: c.Initiative, Relation: c.Relation, Place: c.Place, Known: c.Known,
	}
	if details.Known == "" {
		details.Known = domain.Unknown
	}
	if err := details.check(book); err != nil {
		return Details{}, err
	}
	if len(c.Requests) > MaxRequests {
		return Details{}, ErrTooMany.At("/requests").Naming("max", strconv.Itoa(MaxRequests))
	}
	for i, request := range c.Requests {
		at := "/requests/" + strconv.Itoa(i)
		if err := request.check(book, at); err != nil {
			return Details{}, err
		}
		tidied := request.tidy(book)
		if err := tidied.checkSize(at); err != nil {
			return Details{}, err
		}
		details.Requests = append(details.Requests, tidied)
	}
	return details, nil
}

func (d Details) check(book vocabulary.Book) error {
	if !d.Known.Valid() {
		return ErrKnown.At("/known")
	}
	if err := book.Check(vocabulary.Activities, d.Activity, "/activity"); err != nil {
		return err
	}
	if err := book.CheckOptional(vocabulary.Initiatives, d.Initiative, "/initiative"); err != nil {
		return err
	}
	if err := book.CheckOptional(vocabulary.Relations, d.Relation, "/relation"); err != nil {
		return err
	}
	return book.CheckOptional(vocabulary.Places, d.Place, "/place")
}

// sameCodes reports whether d and other say the same of everything but the person.
func (d Details) sameCodes(other Details) bool {
	return d.Activity == other.Activity && d.Initiative == other.Initiative && d.Relation == other.Relation &&
		d.Place == other.Place && d.Known == other.Known && slices.EqualFunc(d.Requests, other.Requests, Request.equal)
}

// offered is book with every word that stands in d: it may stay there.
func (d Details) offered(book vocabulary.Book) vocabulary.Book {
	book = book.Offering(vocabulary.Activities, d.Activity).Offering(vocabulary.Initiatives, d.Initiative).
		Offering(vocabulary.Relations, d.Relation).Offering(vocabulary.Places, d.Place)
	for _, r := range d.Requests {
		book = book.Offering(vocabulary.Themes, r.Themes...).Offering(vocabulary.Approaches, r.Approaches...).
			Offering(vocabulary.Services, r.Services...)
	}
	return book
}

func (r Request) check(book vocabulary.Book, at string) error {
	if i := slices.Index(r.Approaches, vocabulary.PossibleConcern); i >= 0 {
		return ErrConcern.At(at + "/approaches/" + strconv.Itoa(i))
	}
	if err := book.CheckAll(vocabulary.Themes, r.Themes, at+"/themes"); err != nil {
		return err
	}
	if err := book.CheckAll(vocabulary.Approaches, r.Approaches, at+"/approaches"); err != nil {
		return err
	}
	return book.CheckAll(vocabulary.Services, r.Services, at+"/services")
}

// checkSize refuses a request that says nothing, or more than anybody can mean.
func (r Request) checkSize(at string) error {
	if len(r.Themes)+len(r.Approaches)+len(r.Services) == 0 {
		return ErrEmptyRequest.At(at)
	}
	tooMany := ErrTooMany.Naming("max", strconv.Itoa(MaxCodes))
	switch {
	case len(r.Themes) > MaxCodes:
		return tooMany.At(at + "/themes")
	case len(r.Approaches) > MaxCodes:
		return tooMany.At(at + "/approaches")
	case len(r.Services) > MaxCodes:
		return tooMany.At(at + "/services")
	}
	return nil
}

// tidy is r with every code once, and with the approach that a service implies.
func (r Request) tidy(book vocabulary.Book) Request {
	r.Themes, r.Services = vocabulary.Distinct(r.Themes), vocabulary.Distinct(r.Services)
	if len(r.Services) > 0 && book.Has(vocabulary.Approaches, vocabulary.Referring) {
		r.Approaches = append(slices.Clip(r.Approaches), vocabulary.Referring)
	}
	r.Approaches = vocabulary.Distinct(r.Approaches)
	return r
}

func (r Request) and(more Request) Request {
	return Request{
		Themes:     slices.Concat(r.Themes, more.Themes),
		Approaches: slices.Concat(r.Approaches, more.Approaches),
		Services:   slices.Concat(r.Services, more.Services),
	}
}

func (r Request) equal(other Request) bool {
	return slices.Equal(r.Themes, other.Themes) && slices.Equal(r.Approaches, other.Approaches) &&
		slices.Equal(r.Services, other.Services)
}

func without(codes, some []domain.Code) []domain.Code {
	var left []domain.Code
	for _, code := range codes {
		if !slices.Contains(some, code) {
			left = append(left, code)
		}
	}
	return left
}
