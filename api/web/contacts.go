package web

import (
	"slices"

	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// ContactsPage is the contacts, newest first, with what to choose them by.
type ContactsPage struct {
	Filter Form
	Rows   []projections.Contact
	More   string // address of the next page; empty if this is the last
}

// ContactFormPage registers a contact, or the whole of one again.
type ContactFormPage struct {
	Form       Form
	Cards      []Option // those to choose from at once
	Looked     string   // part of a nickname that was looked for
	Others     int      // cards that are not among them, and can be looked for
	Traits     []Field  // what figures ask of somebody with a new card
	Correcting bool     // it is there already: the person may stay as recorded, and a reason is asked
	Back       string   // where to go without saving
}

// Person is who the contact was with: nobody recognised, one of the cards, or a new card.
func (p ContactFormPage) Person() Field {
	first, last := Options("person", "none"), Options("person", "new")
	if p.Correcting {
		first = Options("person", "keep", "none")
	}
	return p.Form.Choice("person", T("contact.person"), slices.Concat(first, p.Cards, last))
}

// RequestBlock is the fields of one help request.
type RequestBlock struct {
	Name   string // "requests/0"
	Number int    // from 1, as people count
}

// Blocks is one block for each help request in the form.
func (p ContactFormPage) Blocks() []RequestBlock {
	blocks := make([]RequestBlock, max(1, len(p.Form.Values[RequestsField])))
	for i := range blocks {
		blocks[i] = RequestBlock{Name: RequestField(i, ""), Number: i + 1}
	}
	return blocks
}

// RequestsField says how many help requests there are room for: it stands once for each.
const RequestsField = "requests"

// RequestField is the name of a field of the i-th help request; of the whole of it without a field.
func RequestField(i int, field string) string {
	name := RequestsField + "/" + strconv.Itoa(i)
	if field == "" {
		return name
	}
	return name + "/" + field
}

// ContactPage is one contact, with what can still be done about it.
type ContactPage struct {
	Contact   projections.Contact
	Correct   string // address of the form
	FollowUps []Form // one for each help request
	Withdraw  ReasonForm
}

// Asked is one help request and its form.
type Asked struct {
	projections.HelpRequest
	Number   int // from 1
	FollowUp *Form
	PickUp   string // address where it becomes a signal; empty unless it was marked so
}

// Asked is the help requests, each with its form.
func (p ContactPage) Asked() []Asked {
	asked := make([]Asked, len(p.Contact.Requests))
	for i, request := range p.Contact.Requests {
		asked[i] = Asked{HelpRequest: request, Number: i + 1}
		if i < len(p.FollowUps) && !p.Contact.Withdrawn {
			asked[i].FollowUp = &p.FollowUps[i]
		}
		for _, approach := range request.Approaches {
			if approach == vocabulary.TakenUpAsSignal {
				asked[i].PickUp = "/signalen/nieuw?contact=" + p.Contact.ID.Key() + "&request=" + strconv.Itoa(i+1)
			}
		}
	}
	return asked
}

// ConcernPage is the closed path of a possible concern: what to do, and that nothing of it is kept but a count.
type ConcernPage struct {
	Counted bool  // it was counted just now
	Saved   bool  // and the rest of the form was recorded as a contact
	Count   *Form // counts one, without any contact; nil: it was counted just now
	Next    string
}

// CodesField is a field with a code list of the practice. What the form holds already stays to be chosen, also when it
// is retired.
func (v View) CodesField(form Form, name, list, label string) Field {
	held := form.Values[name]
	codes := make([]domain.Code, len(held))
	for i, code := range held {
		codes[i] = domain.Code(code)
	}
	terms := v.Book.Offering(domain.Code(list), codes...).Offered(domain.Code(list))
	options := OptionsOf(terms)
	if list == string(vocabulary.Approaches) {
		options = without(options, vocabulary.PossibleConcern) // it enters no contact
	}
	return form.Choice(name, label, options)
}

// without leaves a code out of a choice.
func without(options []Option, code domain.Code) []Option {
	return slices.DeleteFunc(options, func(option Option) bool { return option.Value == string(code) })
}

func (ContactsPage) page() string    { return "contacts" }
func (ContactFormPage) page() string { return "contact-form" }
func (ContactPage) page() string     { return "contact" }
func (ConcernPage) page() string     { return "concern" }
