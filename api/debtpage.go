package api

import (
	"net/http"
	"net/url"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/projections"
)

func (s *site) debtPages() []route {
	return []route{{"GET", "/terugkoppeling", people, s.debtPage}}
}

// debtPage is whom an answer is owed to, the longest waiting first.
func (s *site) debtPage(w http.ResponseWriter, r *http.Request) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	fields := newFields(look.asOf.Form)
	filter := projections.DebtFilter{MinDays: max(0, fields.number("minDays")), After: fields.text("after")}
	for _, kind := range fields.codes("kind") {
		filter.Kinds = append(filter.Kinds, pursuit.SettingKind(kind))
	}
	if fields.err != nil {
		return fields.err
	}
	if one := fields.text(settingParameter); one != "" {
		return s.settingDebtPage(w, r, look, web.ParseSetting(one))
	}
	found, err := look.set.Debts.Owed(look.ctx, look.practice, filter, look.today)
	if err != nil {
		return err
	}
	page := web.DebtPage{Filter: look.asOf.Form, More: nextPage(r, found.Next), Untaken: look.untakenLines(), AsOf: look.asOf}
	if page.Bars, err = look.ages(); err != nil {
		return err
	}
	for _, setting := range found.Settings {
		line, err := look.debtor(setting, setting.Debts[:min(len(setting.Debts), fewDebts)])
		if err != nil {
			return err
		}
		if len(line.Debts) < len(setting.Debts) {
			line.All = look.allOwedTo(setting.Setting)
		}
		page.Debtors = append(page.Debtors, line)
	}
	frame := web.Frame{Title: web.T("debt.title"), Lead: web.T("debt.lead"), Section: "/terugkoppeling"}
	return s.show(w, r, http.StatusOK, frame, page)
}

// fewDebts is how much of what one setting waits for stands among the other settings; all of it has a page.
const fewDebts = 10

// settingDebtPage is all that one setting waits for, page by page.
func (s *site) settingDebtPage(w http.ResponseWriter, r *http.Request, look look, setting pursuit.Setting) error {
	found, err := look.set.Debts.Owed(look.ctx, look.practice, projections.DebtFilter{Setting: &setting}, look.today)
	if err != nil {
		return err
	}
	page := web.DebtPage{Filter: look.asOf.Form, AsOf: look.asOf, One: true}
	for _, one := range found.Settings {
		debts, next, err := debtPage(one.Debts, look.asOf.Form.Value("after"), 0)
		if err != nil {
			return err
		}
		line, err := look.debtor(one, debts)
		if err != nil {
			return err
		}
		page.Debtors, page.More = []web.DebtorLine{line}, nextPage(r, next)
	}
	frame := web.Frame{
		Title: look.settingName(setting), Lead: web.T("debt.one"), Section: "/terugkoppeling",
		Trail: []web.Crumb{{Label: web.T("debt.title"), Href: "/terugkoppeling"}},
	}
	return s.show(w, r, http.StatusOK, frame, page)
}

// allOwedTo is the page of all that one setting waits for, on the same day.
func (l look) allOwedTo(setting pursuit.Setting) string {
	query := url.Values{settingParameter: {web.SettingText(setting)}}
	if l.past() {
		query.Set(web.AsOfField, l.asOf.Day.String())
	}
	return "/terugkoppeling?" + query.Encode()
}

// debtor is a setting that waits, with some of what it waits for.
func (l look) debtor(setting projections.SettingDebt, debts []projections.Debt) (web.DebtorLine, error) {
	line := web.DebtorLine{SettingDebt: setting, Where: l.settingName(setting.Setting)}
	for _, debt := range debts {
		text, err := l.open(debt.Text)
		if err != nil {
			return line, err
		}
		owed := web.DebtLine{Debt: debt, Wording: text}
		if !l.past() {
			owed.Href = tellAddress(debt.ID, setting.Setting)
		}
		line.Debts = append(line.Debts, owed)
	}
	return line, nil
}

// tellAddress is where a setting is told what came of a thing: its form stands open there, with the setting chosen.
func tellAddress(id domain.StreamID, setting pursuit.Setting) string {
	return openAt(web.Place(id), "feed-back", web.SettingText(setting))
}

// ages is how many settings wait, by how long.
func (l look) ages() (web.Bars, error) {
	bars := web.Bars{
		ID: "wachttijd", Title: web.T("debt.ages"), Column: web.T("debt.ages.column"), Value: web.T("chart.count"),
	}
	most := []struct {
		word string
		days int
	}{{"month", 30}, {"two-months", 61}, {"half-year", 182}, {"year", 365}, {"longer", 1 << 30}}
	for _, age := range most {
		bars.Lines = append(bars.Lines, web.Bar{Label: web.Word("waited", age.word)})
	}
	total := 0
	for after := ""; ; {
		page, err := l.set.Debts.Owed(l.ctx, l.practice, projections.DebtFilter{After: after, Limit: mostRows}, l.today)
		if err != nil {
			return bars, err
		}
		for _, setting := range page.Settings {
			total++
			for i, age := range most {
				if setting.Days < age.days {
					bars.Lines[i].N++
					break
				}
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if total == 0 {
		bars.Lines = nil
	}
	return bars, nil
}

func (l look) untakenLines() []web.UntakenLine {
	var lines []web.UntakenLine
	for _, request := range l.set.Contacts.Untaken(l.practice) {
		lines = append(lines, web.UntakenLine{
			UntakenRequest: request,
			PickUp:         "/signalen/nieuw?contact=" + request.Contact.Key() + "&request=" + strconv.Itoa(request.Request),
		})
	}
	return lines
}
