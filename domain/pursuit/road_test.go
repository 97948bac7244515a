package pursuit_test

import (
	"errors"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

const (
	team    domain.Code = "team-opstap"
	college domain.Code = "college"
)

func facts(t *testing.T) pursuit.Facts {
	t.Helper()
	book, ok := vocabulary.Defaults(vocabulary.Harelbeke2022)
	if !ok {
		t.Fatal("no defaults")
	}
	return pursuit.Facts{On: 20000, Book: book}
}

func after(steps ...pursuit.Step) pursuit.State {
	var s pursuit.State
	for _, step := range steps {
		s = s.After(step)
	}
	return s
}

func refused[S any](t *testing.T, what string, steps []S, err error, want *domain.Refusal) {
	t.Helper()
	if want == nil && (err != nil || len(steps) != 1) || want != nil && !errors.Is(err, want) {
		t.Errorf("%s: %d steps, %v, want %v", what, len(steps), err, want)
	}
}

func TestDiscussing(t *testing.T) {
	scheduled := pursuit.Scheduled{Forum: team}
	sent := pursuit.Discussed{Forum: team, Outcome: pursuit.Forwarded, ForwardedTo: college}
	ask := func(c pursuit.Discuss) pursuit.Discuss {
		if c.Forum == "" {
			c.Forum = team
		}
		c.BroughtBy = pursuit.Both
		return c
	}
	for name, c := range map[string]struct {
		state pursuit.State
		ask   pursuit.Discuss
		want  *domain.Refusal
	}{
		"never asked":          {after(), ask(pursuit.Discuss{Outcome: pursuit.Noted}), pursuit.ErrNotRaised},
		"taken off":            {after(scheduled, pursuit.Unscheduled{Forum: team}), ask(pursuit.Discuss{Outcome: pursuit.Noted}), pursuit.ErrNotRaised},
		"on the agenda":        {after(scheduled), ask(pursuit.Discuss{Outcome: pursuit.Noted}), nil},
		"once more":            {after(scheduled, sent), ask(pursuit.Discuss{Outcome: pursuit.Noted}), nil},
		"sent there":           {after(scheduled, sent), ask(pursuit.Discuss{Forum: college, Outcome: pursuit.Declined}), nil},
		"no outcome":           {after(scheduled), ask(pursuit.Discuss{}), pursuit.ErrChoiceUnknown},
		"promise of nothing":   {after(scheduled), ask(pursuit.Discuss{Outcome: pursuit.Promised}), pursuit.ErrTextMissing},
		"promise":              {after(scheduled), ask(pursuit.Discuss{Outcome: pursuit.Promised, Promise: "Een folder.", PromiseBy: 20030}), nil},
		"promise in the past":  {after(scheduled), ask(pursuit.Discuss{Outcome: pursuit.Promised, Promise: "Een folder.", PromiseBy: 19999}), pursuit.ErrDateTooEarly},
		"promise by the way":   {after(scheduled), ask(pursuit.Discuss{Outcome: pursuit.Noted, Promise: "Een folder."}), pursuit.ErrFieldUnexpected},
		"forwarded nowhere":    {after(scheduled), ask(pursuit.Discuss{Outcome: pursuit.Forwarded}), pursuit.ErrForwardMissing},
		"forwarded to itself":  {after(scheduled), ask(pursuit.Discuss{Outcome: pursuit.Forwarded, ForwardedTo: team}), pursuit.ErrForwardToItself},
		"forwarded to nobody":  {after(scheduled), ask(pursuit.Discuss{Outcome: pursuit.Forwarded, ForwardedTo: "kaartclub"}), vocabulary.ErrUnknownForum},
		"forwarded by the way": {after(scheduled), ask(pursuit.Discuss{Outcome: pursuit.Noted, ForwardedTo: college}), pursuit.ErrFieldUnexpected},
	} {
		steps, err := c.ask.Steps(c.state, facts(t))
		refused(t, name, steps, err, c.want)
	}
}

func TestPromisesAreSettledOnce(t *testing.T) {
	promised := pursuit.Discussed{Forum: team, Outcome: pursuit.Promised}
	none, two := after(), after(promised, promised)
	kept := two.After(pursuit.PromiseKept{Promise: 2})
	for _, c := range []struct {
		state   pursuit.State
		promise int
		want    *domain.Refusal
	}{{none, 1, pursuit.ErrNoPromise}, {two, 0, pursuit.ErrPromiseUnknown}, {two, 3, pursuit.ErrPromiseUnknown}, {two, 2, nil}, {kept, 1, nil}, {kept, 2, pursuit.ErrPromiseSettled}, {two.After(pursuit.PromiseKept{Promise: 1}), 1, pursuit.ErrPromiseSettled}} {
		steps, err := pursuit.BreakPromise{Promise: c.promise}.Steps(c.state, facts(t))
		refused(t, "breaking", steps, err, c.want)
	}
	if steps, err := (pursuit.KeepPromise{Promise: 2}).Steps(kept, facts(t)); err != nil || len(steps) > 0 {
		t.Errorf("kept already: %v, %v", steps, err)
	}
}

func TestSilenceIsAnAnswer(t *testing.T) {
	asked := after(pursuit.Scheduled{Forum: team})
	steps, err := pursuit.GoUnanswered{Forum: team, Since: 19990}.Steps(asked, facts(t))
	refused(t, "silent", steps, err, nil)
	steps, err = pursuit.GoUnanswered{Forum: team, Since: 20001}.Steps(asked, facts(t))
	refused(t, "silent from tomorrow", steps, err, pursuit.ErrDateTooLate)
	steps, err = pursuit.GoUnanswered{Forum: college, Since: 19990}.Steps(asked, facts(t))
	refused(t, "never asked", steps, err, pursuit.ErrNotRaised)
	asked = asked.After(pursuit.WentUnanswered{Forum: team, Since: 19990})
	if steps, err = (pursuit.GoUnanswered{Forum: team, Since: 19990}).Steps(asked, facts(t)); err != nil || len(steps) > 0 {
		t.Errorf("known already: %v, %v", steps, err)
	}
}

func TestADeferredItemStaysOnTheAgenda(t *testing.T) {
	item := pursuit.Scheduled{Forum: team, Meeting: 20000}
	deferred := after(item, pursuit.Discussed{Forum: team, Outcome: pursuit.Deferred})
	noted := after(item, pursuit.Discussed{Forum: team, Outcome: pursuit.Noted})
	steps, err := pursuit.Unschedule{Forum: team}.Steps(deferred, facts(t))
	refused(t, "deferred", steps, err, nil)
	steps, err = pursuit.Unschedule{Forum: team}.Steps(noted, facts(t))
	refused(t, "noted", steps, err, pursuit.ErrNotScheduled)
}
