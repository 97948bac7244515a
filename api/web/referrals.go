package web

import "signaalboek/projections"

// ReferralsPage is where people were brought, and what became of it.
type ReferralsPage struct {
	Filter   Form
	Services []projections.ServiceReferrals
	Lines    []ReferralLine
	More     string
	AsOf     AsOf
}

// ReferralLine is one referral.
type ReferralLine struct {
	projections.Referral
	Where string // the session it was made in; may be empty
	Tell  *Form  // what is heard of it; nil when looking back
}

// Told is what can be heard of a referral, in one list.
func (l ReferralLine) Told() []OptionGroup {
	return []OptionGroup{
		{Label: T("referral.did-arrive"), Options: []Option{{Value: "arrive", Label: Word("arrival", "arrived")}}},
		{Label: T("referral.did-not"), Options: told("miss", Options("missed",
			"not-reached", "changed-mind", "threshold", "other-solution", "not-known"))},
		{Label: T("referral.result"), Options: told("complete", Options("result",
			"helped", "waiting-list", "not-helped", "sent-back"))},
		{Label: T("referral.unknown"), Options: []Option{{Value: "lapse", Label: Word("arrival", "lapsed")}}},
	}
}

func told(what string, options []Option) []Option {
	for i := range options {
		options[i].Value = what + "/" + options[i].Value
	}
	return options
}

// Heard is the field of what is heard of a referral.
func (l ReferralLine) Heard(form Form) Part {
	part := Part{Kind: "grouped", Field: form.Input("heard", T("referral.heard"))}
	for _, group := range l.Told() {
		part.Groups = append(part.Groups, OptionGroup{group.Label, form.Choice("heard", "", group.Options).Options})
	}
	return part
}

// ReferralFormPage tells a referral from a moment, or one that came in.
type ReferralFormPage struct {
	Form     Form
	Sessions []Option
}

// ServiceBars is how many people were brought to each service.
func (p ReferralsPage) ServiceBars() Bars {
	bars := Bars{ID: "naar-diensten", Title: T("referrals.out"), Column: T("service"), Value: T("chart.count")}
	for _, service := range p.Services {
		if service.Out.Made > 0 {
			bars.Lines = append(bars.Lines, Bar{Label: service.Label, N: service.Out.Made})
		}
	}
	return bars
}

func (ReferralsPage) page() string    { return "referrals" }
func (ReferralFormPage) page() string { return "referral-form" }
