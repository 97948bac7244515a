package web

import "signaalboek/domain"

// ErasePage is a signal, a proposal or a card before something of it is erased, for good.
type ErasePage struct {
	Card  string // the nickname of the card; empty for a thing with texts
	Texts []ErasableLine
	Form  *Form // nil: whoever looks may not erase
	Back  string
}

// ErasableLine is one text, and what the form sends for it.
type ErasableLine struct {
	Value string
	On    domain.Date
	Text  string
}

// What is what happens, in sentences.
func (p ErasePage) What() []string {
	if p.Card != "" {
		return []string{
			T("erase.what-card.1"), T("erase.what-card.2"), T("erase.what-card.3"), T("erase.what-card.4"), T("erase.what.4"),
		}
	}
	return []string{T("erase.what.1"), T("erase.what.2"), T("erase.what.3"), T("erase.what.4")}
}

// Choices is the texts as the form offers them, and all of them together.
func (p ErasePage) Choices() Field {
	var options []Option
	for _, line := range p.Texts {
		options = append(options, Option{Value: line.Value, Label: line.Text, Hint: Date(line.On)})
	}
	if len(p.Texts) > 1 {
		options = append(options, Option{Value: "all", Label: T("erase.all")})
	}
	return p.Form.Choice("what", T("erase.which"), options)
}

// Sure is the box that confirms.
func (p ErasePage) Sure() Field {
	return p.Form.Choice("sure", T("erase.sure"), []Option{{Value: "yes", Label: T("erase.sure.yes")}})
}

func (ErasePage) page() string { return "erase" }
