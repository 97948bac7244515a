package pursuit_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

const (
	today domain.Date = 20000 // of facts
)

var (
	tags      = []pursuit.Tag{{List: pursuit.Strategies, Code: "zelf-anders-doen"}}
	otherList = []pursuit.Tag{{List: vocabulary.Themes, Code: "werk"}}
	otherCode = []pursuit.Tag{{List: pursuit.Strategies, Code: "werk"}}
	asked     = after(pursuit.Scheduled{Forum: team})
	long      = strings.Repeat("é", pursuit.MaxText)
)

// A step says all that its command said.
func TestStepsKeepEveryFieldOfTheirCommand(t *testing.T) {
	f := facts(t)
	f.Standings = []pursuit.Standing{{Setting: survey, Answered: true, Unpaid: 1}}
	reference := &pursuit.Reference{URI: "https://example.org/besluit/1", Page: 3, Digest: strings.Repeat("0f", 32)}
	schedule := pursuit.Schedule{
		Forum: team, Meeting: today, InNameOf: pursuit.OwnOrganisation, Through: pursuit.ForwardedItem,
		WithoutMandate: true, Tags: tags,
	}
	leadsTo(t, schedule.Steps, after(), f, pursuit.Scheduled(schedule))
	leadsTo(t, pursuit.Discuss{
		Forum: team, Outcome: pursuit.Promised, BroughtBy: pursuit.Residents, Motivation: "Omdat.",
		Promise: "Een folder.", PromiseBy: today, Tags: tags,
	}.Steps, asked, f, pursuit.Discussed{
		Forum: team, Outcome: pursuit.Promised, BroughtBy: pursuit.Residents, Motivation: domain.ToSeal("Omdat."),
		Promise: domain.ToSeal("Een folder."), PromiseBy: today, Tags: tags,
	})
	forward := pursuit.Discuss{Forum: team, Outcome: pursuit.Forwarded, BroughtBy: pursuit.Workers, ForwardedTo: college}
	leadsTo(t, forward.Steps, asked, f, pursuit.Discussed{
		Forum: team, Outcome: pursuit.Forwarded, BroughtBy: pursuit.Workers, ForwardedTo: college,
	})
	silence := pursuit.GoUnanswered{Forum: team, Since: today}
	leadsTo(t, silence.Steps, asked, f, pursuit.WentUnanswered(silence))
	leadsTo(t, pursuit.Decide{
		Forum: team, Verdict: pursuit.Partly, Motivation: "Omdat.", Reference: reference, Tags: tags,
	}.Steps, asked, f, pursuit.Decided{
		Forum: team, Verdict: pursuit.Partly, Motivation: domain.ToSeal("Omdat."), Reference: reference, Tags: tags,
	})
	leadsTo(t, pursuit.TakePublicAction{Action: pursuit.Testimony, What: "Op de markt.", Tags: tags}.Steps, after(), f,
		pursuit.PublicActionTaken{Action: pursuit.Testimony, What: domain.ToSeal("Op de markt."), Tags: tags})
	leadsTo(t, pursuit.CarryOut{What: "Een lijst.", Tags: tags}.Steps, after(), f,
		pursuit.CarriedOut{What: domain.ToSeal("Een lijst."), Tags: tags})
	leadsTo(t, pursuit.FeedBack{Setting: survey, Channel: "flyer", Present: pursuit.MaxPresent, ToldWhat: "Het komt er."}.Steps,
		after(), f, pursuit.FedBack{
			Setting: survey, Channel: "flyer", Present: pursuit.MaxPresent, ToldWhat: domain.ToSeal("Het komt er."),
		})
}

func leadsTo[S pursuit.Step](
	t *testing.T, ask func(pursuit.State, pursuit.Facts) ([]S, error), s pursuit.State, f pursuit.Facts, want S,
) {
	t.Helper()
	if steps, err := ask(s, f); err != nil || len(steps) != 1 || !reflect.DeepEqual(steps[0], want) {
		t.Errorf("got %+v, %v\nwant %+v", steps, err, want)
	}
}

func TestEveryChoiceOfAStepIsOffered(t *testing.T) {
	f := facts(t)
	for _, by := range []pursuit.BroughtBy{pursuit.Workers, pursuit.Residents, pursuit.Both} {
		c := pursuit.Discuss{Forum: team, Outcome: pursuit.Noted, BroughtBy: by}
		leadsTo(t, c.Steps, asked, f, pursuit.Discussed{Forum: team, Outcome: pursuit.Noted, BroughtBy: by})
	}
	for _, outcome := range []pursuit.Outcome{
		pursuit.TakenUp, pursuit.Noted, pursuit.Deferred, pursuit.OutsideCompetence, pursuit.Declined,
	} {
		c := pursuit.Discuss{Forum: team, Outcome: outcome, BroughtBy: pursuit.Both}
		leadsTo(t, c.Steps, asked, f, pursuit.Discussed{Forum: team, Outcome: outcome, BroughtBy: pursuit.Both})
	}
	for _, verdict := range []pursuit.Verdict{pursuit.Adopted, pursuit.Partly, pursuit.Rejected} {
		c := pursuit.Decide{Forum: team, Verdict: verdict, Motivation: long}
		leadsTo(t, c.Steps, asked, f, pursuit.Decided{Forum: team, Verdict: verdict, Motivation: domain.ToSeal(long)})
	}
	for _, action := range []pursuit.ActionKind{pursuit.Press, pursuit.Testimony, pursuit.Campaign, pursuit.OtherWay} {
		leadsTo(t, pursuit.TakePublicAction{Action: action}.Steps, after(), f, pursuit.PublicActionTaken{Action: action})
	}
	for _, in := range []pursuit.InNameOf{pursuit.Partnership, pursuit.OwnOrganisation} {
		for _, through := range []pursuit.Through{
			pursuit.OwnItem, pursuit.ForwardedItem, pursuit.CollegeItem, pursuit.CouncillorQuestion, pursuit.Petition,
		} {
			c := pursuit.Schedule{Forum: team, InNameOf: in, Through: through}
			leadsTo(t, c.Steps, after(), f, pursuit.Scheduled(c))
		}
	}
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	f := facts(t)
	f.Standings = []pursuit.Standing{{Setting: survey, Answered: true, Unpaid: 1}}
	schedule := pursuit.Schedule{Forum: team, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem}
	discuss := pursuit.Discuss{Forum: team, Outcome: pursuit.Noted, BroughtBy: pursuit.Both}
	decide := pursuit.Decide{Forum: team, Verdict: pursuit.Adopted, Motivation: "Omdat."}
	action, carry := pursuit.TakePublicAction{Action: pursuit.Press}, pursuit.CarryOut{What: "Een lijst."}
	tell := pursuit.FeedBack{Setting: survey, Channel: "flyer"}
	for _, c := range []struct {
		field string
		err   error
		want  *domain.Refusal
	}{
		{"/inNameOf", with(schedule, f, func(c *pursuit.Schedule) { c.InNameOf = "mine" }), pursuit.ErrChoiceUnknown},
		{"/through", with(schedule, f, func(c *pursuit.Schedule) { c.Through = "window" }), pursuit.ErrChoiceUnknown},
		{"/meeting", with(schedule, f, func(c *pursuit.Schedule) { c.Meeting = today - 1 }), pursuit.ErrDateTooEarly},
		{"/tags/0/list", with(schedule, f, func(c *pursuit.Schedule) { c.Tags = otherList }), pursuit.ErrChoiceUnknown},
		{"/tags/0/code", with(schedule, f, func(c *pursuit.Schedule) { c.Tags = otherCode }), vocabulary.ErrUnknownCode},
		{"/broughtBy", with(discuss, f, func(c *pursuit.Discuss) { c.BroughtBy = "" }), pursuit.ErrChoiceUnknown},
		{"/motivation", with(discuss, f, func(c *pursuit.Discuss) { c.Motivation = long + "é" }), pursuit.ErrTextTooLong},
		{"/promiseBy", with(discuss, f, func(c *pursuit.Discuss) { c.PromiseBy = today }), pursuit.ErrFieldUnexpected},
		{"/tags/0/code", with(discuss, f, func(c *pursuit.Discuss) { c.Tags = otherCode }), vocabulary.ErrUnknownCode},
		{"/verdict", with(decide, f, func(c *pursuit.Decide) { c.Verdict = "maybe" }), pursuit.ErrChoiceUnknown},
		{"/motivation", with(decide, f, func(c *pursuit.Decide) { c.Motivation = " " }), pursuit.ErrTextMissing},
		{"/tags/0/code", with(decide, f, func(c *pursuit.Decide) { c.Tags = otherCode }), vocabulary.ErrUnknownCode},
		{"/action", with(action, f, func(c *pursuit.TakePublicAction) { c.Action = "" }), pursuit.ErrChoiceUnknown},
		{"/what", with(action, f, func(c *pursuit.TakePublicAction) { c.What = long + "é" }), pursuit.ErrTextTooLong},
		{"/what", with(action, f, func(c *pursuit.TakePublicAction) { c.What = "a\xff" }), pursuit.ErrTextInvalid},
		{"/tags/0/code", with(action, f, func(c *pursuit.TakePublicAction) { c.Tags = otherCode }), vocabulary.ErrUnknownCode},
		{"/what", with(carry, f, func(c *pursuit.CarryOut) { c.What = "" }), pursuit.ErrTextMissing},
		{"/tags/0/code", with(carry, f, func(c *pursuit.CarryOut) { c.Tags = otherCode }), vocabulary.ErrUnknownCode},
		{"/present", with(tell, f, func(c *pursuit.FeedBack) { c.Present = -1 }), pursuit.ErrNumberInvalid},
		{"/present", with(tell, f, func(c *pursuit.FeedBack) { c.Present = pursuit.MaxPresent + 1 }), pursuit.ErrNumberInvalid},
		{"/toldWhat", with(tell, f, func(c *pursuit.FeedBack) { c.ToldWhat = long + "é" }), pursuit.ErrTextTooLong},
		{"/channel", with(tell, f, func(c *pursuit.FeedBack) { c.Channel = "rooksignaal" }), vocabulary.ErrUnknownCode},
		{"/since", with(pursuit.GoUnanswered{Forum: team}, f, nil), pursuit.ErrDateMissing},
	} {
		if refusal, ok := c.err.(*domain.Refusal); !ok || !refusal.Is(c.want) || refusal.Field != c.field {
			t.Errorf("%s: got %v, want %v", c.field, c.err, c.want)
		}
	}
	lines := "een\tlijst\r\nen een folder"
	leadsTo(t, pursuit.CarryOut{What: lines}.Steps, after(), f, pursuit.CarriedOut{What: domain.ToSeal(lines)})
}

// with is how a command is refused, once it is changed, by a pursuit whose forum was asked.
func with[C interface {
	Steps(pursuit.State, pursuit.Facts) ([]S, error)
}, S pursuit.Step](c C, f pursuit.Facts, change func(*C)) error {
	if change != nil {
		change(&c)
	}
	_, err := c.Steps(asked, f)
	return err
}

func TestRule10OnlyACouncilTakesNoOwnItems(t *testing.T) {
	f := facts(t)
	for _, forum := range f.Book.Forums() {
		want := (*domain.Refusal)(nil)
		if forum.Kind == vocabulary.CommitteeForum || forum.Kind == vocabulary.GoverningForum {
			want = pursuit.ErrThroughNobody
		}
		steps, err := pursuit.Schedule{Forum: forum.Code, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem}.Steps(after(), f)
		refused(t, string(forum.Code), steps, err, want)
	}
}

func TestRule12TheSameItemIsNothingAndAnotherReplacesIt(t *testing.T) {
	item := pursuit.Schedule{
		Forum: team, Meeting: today + 7, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem, WithoutMandate: true, Tags: tags,
	}
	s := after(pursuit.Scheduled(item))
	if steps, err := item.Steps(s, facts(t)); err != nil || len(steps) > 0 {
		t.Errorf("the same again: %v, %v", steps, err)
	}
	for field, other := range domaintest.EachLacking(t, item) {
		if steps, err := other.Steps(s, facts(t)); err == nil && len(steps) == 0 {
			t.Errorf("without %s it is taken for the same item", field)
		}
	}
	off := s.After(pursuit.Unscheduled{Forum: team})
	for range 2 {
		if steps, err := (pursuit.Unschedule{Forum: team}).Steps(off, facts(t)); err != nil || len(steps) > 0 {
			t.Errorf("taken off already: %v, %v", steps, err)
		}
	}
	steps, err := item.Steps(off, facts(t))
	refused(t, "put back", steps, err, nil)
}

// A deferred item stays on the agenda of its forum, on a day that nobody knows yet.
func TestDeferring(t *testing.T) {
	item := pursuit.Schedule{Forum: team, Meeting: today, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem}
	deferred := pursuit.Discussed{Forum: team, Outcome: pursuit.Deferred}
	s := after(pursuit.Scheduled(item), deferred)
	steps, err := item.Steps(s, facts(t))
	refused(t, "on its day", steps, err, nil)
	item.Meeting = 0
	if steps, err := item.Steps(s, facts(t)); err != nil || len(steps) > 0 {
		t.Errorf("on no day: %v, %v", steps, err)
	}
	sent := after(pursuit.Discussed{Forum: college, Outcome: pursuit.Forwarded, ForwardedTo: team}, deferred)
	off, err := pursuit.Unschedule{Forum: team}.Steps(sent, facts(t))
	refused(t, "what was sent here is on no agenda", off, err, pursuit.ErrNotScheduled)
}

func TestEvolvingLeavesWhatItWasBefore(t *testing.T) {
	before := after(pursuit.Scheduled{Forum: team}, pursuit.Discussed{Forum: team, Outcome: pursuit.Promised})
	held := slices.Clone(promises(before, t))
	before.After(pursuit.Scheduled{Forum: team})
	before.After(pursuit.PromiseKept{Promise: 1})
	if got := promises(before, t); !slices.Equal(got, held) {
		t.Errorf("promises %v, were %v", got, held)
	}
	steps, err := pursuit.Unschedule{Forum: team}.Steps(before, facts(t))
	refused(t, "on an agenda in another future", steps, err, pursuit.ErrNotScheduled)
	for _, n := range []int{-1, 0, 2} { // never recorded; folding cannot fail
		if got := promises(before.After(pursuit.PromiseKept{Promise: n}), t); !slices.Equal(got, held) {
			t.Errorf("promise %d of one settled %v", n, got)
		}
	}
}

// promises tells of each promise whether it can still be settled.
func promises(s pursuit.State, t *testing.T) (open []bool) {
	for n := 1; ; n++ {
		kept, err := pursuit.KeepPromise{Promise: n}.Steps(s, facts(t))
		if refusal, ok := err.(*domain.Refusal); ok && refusal.Is(pursuit.ErrPromiseUnknown) {
			return open
		}
		open = append(open, len(kept) > 0)
	}
}

func TestReferencesArePlain(t *testing.T) {
	whole := pursuit.Reference{URI: "https://example.org/besluit/1", Page: 10_000, Digest: strings.Repeat("0f", 32)}
	for name, c := range map[string]struct {
		change func(*pursuit.Reference)
		want   *domain.Refusal
	}{
		"whole":         {func(*pursuit.Reference) {}, nil},
		"no page":       {func(r *pursuit.Reference) { r.Page = 0 }, nil},
		"no digest":     {func(r *pursuit.Reference) { r.Digest = "" }, nil},
		"no web page":   {func(r *pursuit.Reference) { r.URI = "javascript:alert(1)" }, domain.ErrLink},
		"page below 0":  {func(r *pursuit.Reference) { r.Page = -1 }, pursuit.ErrNumberInvalid},
		"page too high": {func(r *pursuit.Reference) { r.Page = 10_001 }, pursuit.ErrNumberInvalid},
		"half a digest": {func(r *pursuit.Reference) { r.Digest = "0f" }, domain.ErrDigest},
	} {
		reference := whole
		c.change(&reference)
		steps, err := pursuit.Decide{
			Forum: team, Verdict: pursuit.Partly, Motivation: "Omdat.", Reference: &reference,
		}.Steps(asked, facts(t))
		refused(t, name, steps, err, c.want)
	}
}
