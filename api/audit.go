package api

import (
	"context"
	"crypto/rand"
	"fmt"
	"iter"
	"net/http"
	"slices"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/audit"
	"signaalboek/domain/proof"
	"signaalboek/projections"
)

// An auditor sees whether the history was kept, and nobody in it: see package audit. Everything stands below one address,
// behind a door of its own; nothing else of the site is open to them.
const (
	auditAddress         = "/audit"
	historyAddress       = auditAddress + "/geschiedenis"
	eventProofAddress    = auditAddress + "/bewijs"
	checkpointsAddress   = auditAddress + "/controlepunten"
	verificationsAddress = auditAddress + "/nagekeken"
	publishedAddress     = auditAddress + "/publicaties"
	limitsAddress        = auditAddress + "/grenzen"
)

func (s *site) auditPages() []route {
	return []route{
		{"GET", auditAddress, auditors, s.auditPage},
		{"GET", historyAddress, auditors, s.historyPage},
		{"GET", eventProofAddress + "/{event}", auditors, s.eventProofPage},
		{"GET", eventProofAddress + "/{event}/bewijs.json", auditors, s.eventProofFile},
		{"GET", checkpointsAddress, auditors, s.checkpointsPage},
		{"POST", checkpointsAddress + "/getuigen", auditors, s.addCosignature},
		{"GET", checkpointsAddress + "/vraag.txt", auditors, s.witnessRequest},
		{"GET", verificationsAddress, auditors, s.verificationsPage},
		{"POST", verificationsAddress, auditors, s.askVerification},
		{"GET", publishedAddress, auditors, s.publishedPage},
		{"GET", publishedAddress + "/{id}/alle-bestanden.zip", auditors, s.publishedZip},
		{"GET", limitsAddress, auditors, s.auditText(web.Limits)},
	}
}

// auditText is a page of text in the frame of an auditor.
func (s *site) auditText(name string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		frame := web.Frame{Title: web.T(name + ".title"), Section: limitsAddress}
		return s.show(w, r, http.StatusOK, frame, web.TextPage{Name: name})
	}
}

// auditPage is where an auditor begins.
func (s *site) auditPage(w http.ResponseWriter, r *http.Request) error {
	page := web.AuditPage{Ways: []web.AuditWay{
		{Href: historyAddress, Title: web.T("history.title"), Text: web.T("history.way")},
		{Href: checkpointsAddress, Title: web.T("checkpoints.title"), Text: web.T("checkpoints.way")},
		{Href: verificationsAddress, Title: web.T("verifications.title"), Text: web.T("verifications.way")},
		{Href: publishedAddress, Title: web.T("published.title"), Text: web.T("published.way")},
		{Href: limitsAddress, Title: web.T("limits.title"), Text: web.T("limits.way")},
	}}
	standing, err := s.standing(r.Context())
	if err != nil {
		return err
	}
	page.Latest = s.checkpointLine(standing)
	if len(standing.Verified) > 0 {
		page.Checked = &s.verifiedLines(r, standing.Verified[:1])[0]
	}
	frame := web.Frame{Title: web.T("audit.title"), Lead: web.T("audit.lead"), Section: auditAddress}
	return s.show(w, r, http.StatusOK, frame, page)
}

// standing is what the ledger promises; nothing, if nobody proves its history.
func (s *site) standing(ctx context.Context) (Standing, error) {
	if s.History == nil {
		return Standing{}, nil
	}
	return s.History.Standing(ctx)
}

// checkpointLine is the last checkpoint in brief; nil, if there is none.
func (s *site) checkpointLine(standing Standing) *web.CheckpointLine {
	if standing.Log == nil {
		return nil
	}
	return &web.CheckpointLine{At: standing.At.In(s.Zone), Words: rootWords(standing.Latest.Root), Size: standing.Latest.Size}
}

// pseudonyms is what replaces whatever stands for somebody, as long as a session lives: the key derives from the secret of
// the session, which is kept nowhere but in the browser. So it is the same at every replica, and gone with the session.
func (s *site) pseudonyms(r *http.Request) audit.Key {
	session, found := s.sessionOf(r)
	if !found { // nobody comes here without one
		session = rand.Text()
	}
	return audit.KeyFrom([]byte(session))
}

// mostLines is how many lines stand on one page of the history.
const mostLines = 60

// historyPage is the history with nobody in it, the last month first.
func (s *site) historyPage(w http.ResponseWriter, r *http.Request) error {
	fields := newFields(filterForm(r))
	wanted := historyFilter{
		month: audit.Month(fields.text("month")), name: fields.text("name"), sort: fields.text("sort"), after: fields.text("after"),
	}
	page := web.HistoryPage{Filter: fields.form}
	var lines []audit.Line
	var next string
	err := s.chronicle.read(r.Context(), func(h *audit.History) (err error) {
		all := h.Lines(actorOf(r).Practice, audit.MonthOf(s.Clock().In(s.Zone)))
		page.Months, page.Names, page.Sorts = historyChoices(all)
		lines, next, err = wanted.page(all)
		return err
	})
	if err != nil {
		return err
	}
	page.More = nextPage(r, next)
	if page.Shown, err = s.historyMonths(r, lines); err != nil {
		return err
	}
	frame := web.Frame{Title: web.T("history.title"), Lead: web.T("history.lead"), Section: historyAddress}
	return s.show(w, r, http.StatusOK, frame, page)
}

// historyChoices is what the history can be filtered by: what there is of it.
func historyChoices(all iter.Seq[audit.Line]) (months, names, sorts []web.Option) {
	var there, categories []string
	for line := range all {
		if option := (web.Option{Value: string(line.Month), Label: web.MonthName(line.Month)}); !slices.Contains(months, option) {
			months = append(months, option)
		}
		there, categories = append(there, line.Name), append(categories, audit.CategoryOf(line.Name))
	}
	slices.Sort(there)
	slices.Sort(categories)
	return months, web.EventOptions(slices.Compact(there), web.EventName), web.EventOptions(slices.Compact(categories), web.SortName)
}

// historyFilter is which lines of the history are wanted. An empty part takes all.
type historyFilter struct {
	month audit.Month
	name  string
	sort  string
	after string // cursor of the last line of the page before
}

func (f historyFilter) wants(line audit.Line) bool {
	return (f.month == "" || f.month == line.Month) && (f.name == "" || f.name == line.Name) &&
		(f.sort == "" || f.sort == audit.CategoryOf(line.Name))
}

// page is the lines of one page, and the cursor of the next; empty at the end.
func (f historyFilter) page(all iter.Seq[audit.Line]) (lines []audit.Line, next string, err error) {
	begun := f.after == ""
	for line := range all {
		switch {
		case !begun:
			begun = line.Cursor() == f.after
		case !f.wants(line):
		case len(lines) == mostLines:
			return lines, lines[mostLines-1].Cursor(), nil
		default:
			lines = append(lines, line)
		}
	}
	if !begun {
		return nil, "", projections.ErrCursor
	}
	return lines, "", nil
}

// historyMonths tells lines by month.
func (s *site) historyMonths(r *http.Request, lines []audit.Line) (months []web.HistoryMonth, err error) {
	key := s.pseudonyms(r)
	for i, line := range lines {
		if i == 0 || line.Month != lines[i-1].Month {
			months = append(months, web.HistoryMonth{Month: web.MonthName(line.Month)})
		}
		month := &months[len(months)-1]
		if line.Event == nil {
			month.Counted = append(month.Counted, web.CountedLine{Name: web.EventName(line.Name), Count: line.Count})
			continue
		}
		told, err := s.eventLine(r, key, *line.Event)
		if err != nil {
			return nil, err
		}
		month.Shown = append(month.Shown, told)
	}
	return months, nil
}

// eventLine tells of one event what may be told.
func (s *site) eventLine(r *http.Request, key audit.Key, event audit.Event) (web.EventLine, error) {
	line := web.EventLine{
		Name: web.EventName(event.Name), About: key.Pseudonym(string(event.Stream)), Href: eventProofAddress + "/" + event.ID.String(),
	}
	if audit.ShowsActor(event.Name) {
		line.Actor = key.Pseudonym(event.Actor.String())
	}
	shown, err := s.disclosed(r.Context(), event)
	if err != nil {
		return line, err
	}
	told, err := shown.Told()
	line.Said = web.Told(told, event.Name, s.book(r))
	return line, err
}

// disclosed is an event as the log holds it, with the fields of it that may be disclosed.
func (s *site) disclosed(ctx context.Context, event audit.Event) (proof.Disclosed, error) {
	for recorded, err := range s.Store.ReadStream(ctx, event.Stream, event.Revision) {
		if err != nil {
			return proof.Disclosed{}, err
		}
		return audit.Disclose(ctx, s.Ledger, recorded)
	}
	return proof.Disclosed{}, fmt.Errorf("disclose event %s: %w", event.ID, domain.ErrUnknown)
}
