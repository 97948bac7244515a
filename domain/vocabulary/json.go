package vocabulary

import (
	"encoding/json"

	"signaalboek/domain"
)

// A Book as JSON is for snapshots of projections only: it is not a format on disk that has to last.
type bookJSON struct {
	Lists      []listJSON  `json:"lists"`
	Forums     []Forum     `json:"forums"`
	Crosswalks []Crosswalk `json:"crosswalks"`
	Figures    []Figure    `json:"figures"`
}

type listJSON struct {
	Code  domain.Code `json:"code"`
	Terms []Term      `json:"terms"`
}

// MarshalJSON writes the whole book.
func (b Book) MarshalJSON() ([]byte, error) {
	out := bookJSON{Forums: b.forums, Crosswalks: b.crosswalks, Figures: b.figures}
	for _, l := range b.lists {
		out.Lists = append(out.Lists, listJSON{l.code, l.terms})
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (b *Book) UnmarshalJSON(raw []byte) error {
	var in bookJSON
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	*b = Book{forums: in.Forums, crosswalks: in.Crosswalks, figures: in.Figures}
	for _, l := range in.Lists {
		b.lists = append(b.lists, list{l.Code, l.Terms})
	}
	return nil
}
