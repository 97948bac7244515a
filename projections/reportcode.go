package projections

import (
	"cmp"
	"math"

	"signaalboek/domain"
	"signaalboek/domain/practice"
	"signaalboek/domain/referral"
)

// code writes the events of each practice as the log has them, and folds them again when it reads them.
func (w *Words) code(c *coder) { table(c, &w.practices, text, codeWords) }

func codeWords(c *coder, of **practiceWords) {
	if *of == nil {
		*of = &practiceWords{}
	}
	events := (*of).events
	list(c, &events, codeWord)
	if c.reading && c.err == nil {
		for _, event := range events {
			(*of).take(event)
		}
	}
}

func codeWord(c *coder, event *practice.Event) {
	codeEvent(c, practice.Schemas(), domain.EventID{}, event)
}

func (f *Figures) code(c *coder) {
	pairs(c, &f.closed, ClosedYear.compare, codeClosedYear, func(c *coder, figures *[]practice.ClosedFigure) {
		list(c, figures, codeClosedFigure)
	})
}

func (y ClosedYear) compare(other ClosedYear) int {
	return cmp.Or(cmp.Compare(y.Practice, other.Practice), cmp.Compare(y.Year, other.Year))
}

func codeClosedYear(c *coder, y *ClosedYear) {
	text(c, &y.Practice)
	number(c, &y.Year)
}

func codeClosedFigure(c *coder, f *practice.ClosedFigure) {
	text(c, &f.Figure)
	number(c, &f.Version)
	recorded := f.Value != nil
	c.truth(&recorded)
	if !recorded {
		return
	}
	if f.Value == nil {
		f.Value = new(float64)
	}
	bits := math.Float64bits(*f.Value)
	number(c, &bits)
	*f.Value = math.Float64frombits(bits)
}

func (r *Referrals) code(c *coder) {
	r.ids.code(c)
	codeRows(c, &r.rows, codeMade)
	list(c, &r.fates.values, codeFate)
	pairs(c, &r.heard, requested.compare, codeRequested, codeHeard)
	if c.reading && c.err == nil {
		r.remember()
	}
}

// remember makes again what follows from the rest.
func (r *Referrals) remember() {
	r.fates.remember()
	r.rows.all(func(row uint32, made *madeReferral) { r.book(made.practice).add(made.on, row) })
	for of := range r.heard {
		r.noteHeard(of.contact)
		origin := referral.Origin{Contact: r.contacts.ids.stream(of.contact), Request: int(of.request), Service: r.names.codeOf(of.service)}
		r.origins[keyOf(origin.ID().Key())] = of
	}
}

func codeMade(c *coder, m *madeReferral) {
	number(c, &m.practice)
	number(c, &m.on)
	number(c, &m.service)
	number(c, &m.themes)
	number(c, &m.partner)
	number(c, &m.session)
	number(c, &m.warm)
	number(c, &m.direction)
	codeHeard(c, &m.heard)
}

func (r requested) compare(other requested) int {
	return cmp.Or(cmp.Compare(r.contact, other.contact), cmp.Compare(r.request, other.request), cmp.Compare(r.service, other.service))
}

func codeRequested(c *coder, r *requested) {
	number(c, &r.contact)
	number(c, &r.request)
	number(c, &r.service)
}

func codeHeard(c *coder, h *heardRow) {
	number(c, &h.revision)
	number(c, &h.since)
	number(c, &h.fate)
}

func codeFate(c *coder, f *fate) {
	text(c, &f.state)
	c.truth(&f.arrived)
	text(c, &f.missed)
	text(c, &f.result)
}

func (o *Overviews) code(c *coder) {
	table(c, &o.roads, number[symbol], codeRoad)
	o.refs.code(c)
	list(c, &o.meetings, codeHeardMeeting)
	table(c, &o.meeting, text, number[int])
}

func codeRoadStep(c *coder, row *roadStep) {
	number(c, &row.thing)
	number(c, &row.on)
	number(c, &row.saying)
	number(c, &row.detail)
}

func codeHeardMeeting(c *coder, m *heardMeeting) {
	text(c, &m.practice)
	number(c, &m.on)
	number(c, &m.present)
	list(c, &m.themes, text)
}

// code writes where the texts stand: what was opened stays in memory.
func (s *Search) code(c *coder) {
	codeRows(c, &s.texts, codeSearched)
	if !c.reading {
		return
	}
	s.texts.all(func(at uint32, text *searched) {
		s.closed = append(s.closed, at)
		if text.text.field() <= lastReplaced {
			*s.newestOf(*text) = at + 1
		}
	})
}

func codeSearched(c *coder, t *searched) {
	number(c, &t.thing)
	number(c, &t.on)
	number(c, &t.text)
}
