package proof

import (
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// steps holds what a release tells of signals against the events that are disclosed: each step was recorded, and each
// event is told. Steps that read the same may stand once.
func (c *checking) steps() outcome {
	if !c.read {
		return undecided(Unread)
	}
	printed, problem := c.printedRelease()
	if problem != nil {
		return *problem
	}
	rows := printed.table("steps").Rows
	told, unproven := toldSteps(rows, c.recordedSteps())
	for _, event := range c.evidence.Events[1:] {
		if told[event.step()] == 0 {
			return failed(StepDiffers, event.ID.String())
		}
	}
	if unproven != "" {
		return outcome{Undecided, StepUnproven, unproven, len(rows)}
	}
	return held(len(rows))
}

// toldSteps counts the rows by what they tell; unproven is the first one of which fewer events are disclosed than are told.
func toldSteps(rows []printedRow, recorded map[string]int) (told map[string]int, unproven string) {
	told = map[string]int{}
	for _, row := range rows {
		key, is := row.step()
		if !is {
			continue
		}
		told[key]++
		if told[key] > recorded[key] && unproven == "" {
			unproven = row.text("of") + " " + row.code("said")
		}
	}
	return told, unproven
}

// recordedSteps counts the events that are disclosed, by what can be told of them.
func (c *checking) recordedSteps() map[string]int {
	recorded := map[string]int{}
	for _, event := range c.evidence.Events[1:] {
		recorded[event.step()]++
	}
	return recorded
}

// step is what an event says, as far as it is disclosed, to be compared with what is told.
func (s Shown) step() string {
	parts := []string{s.Of, participle(s.Name)}
	for _, name := range chain[participle(s.Name)] {
		value, _ := s.Field(name)
		parts = append(parts, said(value))
	}
	return strings.Join(parts, "\x00")
}

// step is what a row of the list of steps says, as Shown.step does. False if it tells of something that is never disclosed.
func (r printedRow) step() (key string, is bool) {
	fields, is := chain[r.code("said")]
	parts := []string{r.text("of"), r.code("said")}
	for _, name := range fields {
		parts = append(parts, said(r.value(name)))
	}
	return strings.Join(parts, "\x00"), is
}

// said is a word, the code of a term, or the address of a reference, whichever a value is; nothing, if it is none.
func said(value jsontext.Value) string {
	var word string
	if json.Unmarshal(value, &word) == nil {
		return word
	}
	var term struct {
		Code string `json:"code"`
		URI  string `json:"uri"`
	}
	if json.Unmarshal(value, &term) != nil {
		return ""
	}
	return term.Code + term.URI
}
