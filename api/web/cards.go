package web

// CardsPage is the cards of the practice, by nickname: what a card is and is not, and a form for a new one.
type CardsPage struct {
	Nicknames []string
	Make      Form
}

func (CardsPage) page() string { return "cards" }
