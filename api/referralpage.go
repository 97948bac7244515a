package api

import (
	"net/http"
	"strconv"
	"strings"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/referral"
	"signaalboek/projections"
)

func (s *site) referralPages() []route {
	return []route{
		{"GET", "/doorverwijzingen", people, s.referralsPage},
		{"GET", "/doorverwijzingen/nieuw", people, s.newReferralPage},
		{"POST", "/doorverwijzingen/nieuw", people, s.makeReferral},
		{"POST", "/doorverwijzingen/{id}", people, s.tellReferral},
	}
}

func referralsTrail() []web.Crumb {
	return []web.Crumb{{Label: web.T("referrals.title"), Href: "/doorverwijzingen"}}
}

// referralRows is how many referrals stand on a page: each carries a form.
const referralRows = 25

// referralsPage is where people were brought, by service and one by one.
func (s *site) referralsPage(w http.ResponseWriter, r *http.Request) error {
	return s.showReferrals(w, r, http.StatusOK, filterForm(r), nil)
}

// showReferrals shows referrals; a form that was refused stands beside its own.
func (s *site) showReferrals(w http.ResponseWriter, r *http.Request, status int, filter web.Form, refused *web.Form) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	fields := newFields(filter)
	period := fields.period()
	chosen := projections.ReferralFilter{
		Service: fields.code("service"), Direction: referral.Direction(fields.text("direction")),
		State: projections.ReferralState(fields.text("state")), Period: period, After: fields.text("after"), Limit: referralRows,
	}
	if fields.err != nil {
		return fields.err
	}
	found, err := look.set.Referrals.List(look.practice, chosen)
	if err != nil {
		return err
	}
	page := web.ReferralsPage{
		Filter: filter, Services: look.set.Referrals.ByService(look.practice, period), More: nextPage(r, found.Next),
		AsOf: look.asOf,
	}
	for _, row := range found.Rows {
		page.Lines = append(page.Lines, look.referralLine(row, refused))
	}
	frame := web.Frame{Title: web.T("referrals.title"), Lead: web.T("referrals.lead"), Section: "/doorverwijzingen"}
	if refused != nil && len(refused.Errors) > 0 {
		frame.Alerts = []web.Alert{{Tone: web.Warning, Title: web.T("form.problem"), Text: refused.Errors[0].Sentence}}
	}
	return s.show(w, r, status, frame, page)
}

func (l look) referralLine(row projections.Referral, refused *web.Form) web.ReferralLine {
	line := web.ReferralLine{Referral: row}
	if row.Session != "" {
		line.Where = l.settingName(pursuit.Setting{Kind: pursuit.AtSession, Stream: row.Session})
	}
	if l.past() {
		return line
	}
	address := "/doorverwijzingen/" + row.ID.Key()
	if refused != nil && refused.Action == address {
		line.Tell = refused
		return line
	}
	form := web.NewForm(address, newCommand()).With("on", l.today.String())
	if row.Origin != nil {
		form = form.With("origin", originText(*row.Origin))
	}
	line.Tell = &form
	return line
}

// originText is the help request that a referral follows from, as a form carries it.
func originText(o referral.Origin) string {
	return o.Contact.Key() + "/" + strconv.Itoa(o.Request) + "/" + string(o.Service)
}

// origin reads what originText wrote; nil if there is none.
func (f *fields) origin() *referral.Origin {
	parts := strings.Split(f.text("origin"), "/")
	if len(parts) != 3 {
		return nil
	}
	number, err := strconv.Atoi(parts[1])
	if err != nil {
		return nil
	}
	return &referral.Origin{
		Contact: domain.NewStreamID(contact.Decider.Category, parts[0]), Request: number, Service: domain.Code(parts[2]),
	}
}

// heard is what was heard of a referral. Nothing chosen is a result that the domain refuses.
func (f *fields) heard() referral.Command {
	what, reason, _ := strings.Cut(f.text("heard"), "/")
	switch what {
	case "arrive":
		return referral.Arrive{Origin: f.origin()}
	case "miss":
		return referral.Miss{Origin: f.origin(), Reason: referral.MissedReason(reason)}
	case "lapse":
		return referral.Lapse{Origin: f.origin()}
	}
	return referral.Complete{Origin: f.origin(), Result: referral.Result(reason)}
}

// tellReferral records what was heard of a referral.
func (s *site) tellReferral(w http.ResponseWriter, r *http.Request) error {
	id := domain.NewStreamID(referral.Decider.Category, variable(r, "id"))
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Referrals, id, (*fields).heard),
		show: func(status int, refused web.Form) error {
			for i := range refused.Errors {
				if field := refused.Errors[i].Field; field == "reason" || field == "result" {
					refused.Errors[i].Field = "heard"
				}
			}
			return s.showReferrals(w, r, status, web.Form{Action: "/doorverwijzingen"}, &refused)
		},
		next: func(ledger.Receipt) string { return done("/doorverwijzingen", "referral") },
	})
}

// newReferralPage is the form of a referral from a moment, or of one that came in.
func (s *site) newReferralPage(w http.ResponseWriter, r *http.Request) error {
	form := web.NewForm("/doorverwijzingen/nieuw", newCommand()).With("on", s.today().String()).
		With("direction", string(referral.Out)).With("warm", string(domain.Unknown))
	if key := r.URL.Query().Get("moment"); key != "" {
		form = form.With("session", key)
	}
	return s.showReferralForm(w, r, http.StatusOK, form)
}

func (s *site) showReferralForm(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	sessions, err := look.set.Sessions.List(look.practice, projections.SessionFilter{Limit: mostMoments})
	if err != nil {
		return err
	}
	page := web.ReferralFormPage{Form: form}
	for _, one := range sessions.Rows {
		if one.Withdrawn {
			continue
		}
		page.Sessions = append(page.Sessions, web.Option{
			Value: one.ID.Key(), Label: look.settingName(pursuit.Setting{Kind: pursuit.AtSession, Stream: one.ID}),
		})
	}
	frame := web.Frame{
		Title: web.T("referral.new"), Lead: web.T("referral.new.lead"), Section: "/doorverwijzingen", Trail: referralsTrail(),
	}
	return s.show(w, r, status, frame, page)
}

// makeReferral records a referral from a moment, or one that came in.
func (s *site) makeReferral(w http.ResponseWriter, r *http.Request) error {
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Referrals, "", func(f *fields) referral.Command {
			made := referral.Make{
				Service: f.code("service"), Themes: f.codes("themes"), Warm: domain.Answer(f.text("warm")),
				Direction: referral.Direction(f.text("direction")), Partner: f.code("partner"),
			}
			if key := f.text("session"); key != "" {
				made.Session = sessionID(key)
			}
			return made
		}),
		show: func(status int, refused web.Form) error { return s.showReferralForm(w, r, status, refused) },
		next: func(ledger.Receipt) string { return done("/doorverwijzingen", "referral") },
	})
}
