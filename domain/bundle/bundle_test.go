package bundle_test

import (
	"reflect"
	"slices"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/pursuit"
)

const (
	a = domain.StreamID("signal-a")
	b = domain.StreamID("signal-b")
	c = domain.StreamID("signal-c")
	d = domain.StreamID("signal-d")
)

type spec = domaintest.Spec[bundle.State, bundle.Facts, bundle.Command, bundle.Event]

func given(t testing.TB, events ...bundle.Event) spec {
	t.Helper()
	return domaintest.Given(t, bundle.Decider, bundle.Facts{
		Signals: map[domain.StreamID]pursuit.SignalFact{a: {}, b: {}, c: {}, d: {}, "signal-closed": {Closed: true}},
	}, events...)
}

func ids(names ...domain.StreamID) []domain.StreamID { return names }

func into(top domain.StreamID, signals ...domain.StreamID) bundle.Bundled {
	return bundle.Bundled{Signals: signals, Into: top}
}

func bundling(top domain.StreamID, signals ...domain.StreamID) bundle.Bundle {
	return bundle.Bundle(into(top, signals...))
}

func TestRule3Bundling(t *testing.T) {
	given(t).When(bundling(a, b, c)).Then(into(a, b, c))
	given(t, into(a, b, c)).When(bundling(a, b, c)).Nothing()
	given(t, into(a, b)).When(bundling(a, b, c)).Then(into(a, c))
	given(t).When(bundling(a)).Refused(bundle.ErrNoSignals)
	given(t).When(bundling(a, a)).Refused(bundle.ErrNamedTwice)
	given(t).When(bundling(a, b, b)).Refused(bundle.ErrNamedTwice)
	given(t).When(bundling(a, "signal-none")).Refused(pursuit.ErrSignalNotFound)
	given(t).When(bundling("signal-none", a)).Refused(pursuit.ErrSignalNotFound)
	given(t).When(bundling(a, "signal-closed")).Refused(bundle.ErrClosed)
	given(t, into(a, b)).When(bundling(c, b)).Refused(bundle.ErrBundled)
	given(t, into(a, b)).When(bundling(c, a)).Then(into(c, a))
	given(t, into(a, b)).When(bundling(b, c)).Then(into(b, c)) // into a bundle that is bundled itself
}

func TestRule3CirclesAreRefused(t *testing.T) {
	given(t, into(a, b)).When(bundling(b, a)).Refused(bundle.ErrCircle)
	given(t, into(a, b), into(b, c)).When(bundling(c, a)).Refused(bundle.ErrCircle)
	split := bundle.Split{Signal: a, Into: ids(b, c)}
	given(t, split).When(bundling(b, a)).Refused(bundle.ErrAlreadySplit)
	given(t, split, into(d, b)).When(bundling(c, d)).Then(into(c, d))
	given(t, into(a, b)).When(bundle.SplitUp{Signal: a, Into: ids(b, c)}).Refused(bundle.ErrCircle)
}

func TestRule3Unbundling(t *testing.T) {
	if refusal := given(t).When(bundle.Unbundle{Signal: "signal of a person"}).Refused(bundle.ErrNotBundled); len(refusal.With) > 0 {
		t.Errorf("the refusal repeats what was sent: %v", refusal.With)
	}
	given(t, into(a, b)).When(bundle.Unbundle{Signal: b}).Then(bundle.Unbundled{Signal: b})
	given(t, into(a, b), bundle.Unbundled{Signal: b}).When(bundle.Unbundle{Signal: b}).Nothing()
	given(t, into(a, b), bundle.Unbundled{Signal: b}).When(bundling(c, b)).Then(into(c, b))
	given(t, bundle.Split{Signal: a, Into: ids(b, c)}).When(bundle.Unbundle{Signal: a}).Refused(bundle.ErrNotBundled)
}

// The whole is everything that is pursued with a signal, also when it is named by one of its parts.
func TestRule3Whole(t *testing.T) {
	events := []bundle.Event{into(a, b), bundle.Split{Signal: a, Into: ids(c, d)}, into("signal-e", d)}
	state := bundle.Decider.Fold(bundle.State{}, events...)
	for id, want := range map[domain.StreamID][]domain.StreamID{
		a: ids(a, b, c, "signal-e", d), b: ids(a, b, c, "signal-e", d), c: ids(c), d: ids("signal-e", d),
	} {
		if whole := state.Whole(id); !slices.Equal(whole, want) {
			t.Errorf("the whole of %s is %v, want %v", id, whole, want)
		}
	}
}

func TestRule3Splitting(t *testing.T) {
	split := bundle.Split{Signal: a, Into: ids(b, c)}
	given(t).When(bundle.SplitUp(split)).Then(split)
	given(t, split).When(bundle.SplitUp(split)).Nothing()
	given(t, split).When(bundle.SplitUp{Signal: a, Into: ids(b, d)}).Refused(bundle.ErrAlreadySplit)
	given(t).When(bundle.SplitUp{Signal: a, Into: ids(b)}).Refused(bundle.ErrFewParts)
	given(t).When(bundle.SplitUp{Signal: a, Into: ids(b, b)}).Refused(bundle.ErrNamedTwice)
	given(t).When(bundle.SplitUp{Signal: a, Into: ids(a, b)}).Refused(bundle.ErrNamedTwice)
	given(t).When(bundle.SplitUp{Signal: a, Into: ids(b, "signal-none")}).Refused(pursuit.ErrSignalNotFound)
	given(t, into(d, a)).When(bundle.SplitUp(split)).Refused(bundle.ErrBundled)
	given(t, split).When(bundling(a, d)).Refused(bundle.ErrAlreadySplit)
}

func TestRule3LineageResolves(t *testing.T) {
	s := bundle.Decider.Fold(bundle.Decider.Initial, into(b, c), into(a, b), bundle.Split{Signal: a, Into: ids(d, "signal-e")})
	if s.Top(c) != a || s.Into(c) != a || s.Into(a) != "" || s.Top(d) != d {
		t.Errorf("tops: c %s, a %q, d %s", s.Top(c), s.Into(a), s.Top(d))
	}
	if got := s.Members(a); !slices.Equal(got, ids(c, b)) {
		t.Errorf("members of a: %v", got)
	}
	if !s.IsSplit(c) || !s.IsSplit(a) || s.IsSplit(d) {
		t.Error("what was bundled into a split signal is pursued through its parts")
	}
	for _, id := range ids(a, b, c, d, "signal-e") {
		if got := s.Kin(id); !slices.Equal(got, ids(a, b, c, d, "signal-e")) {
			t.Errorf("kin of %s: %v", id, got)
		}
	}
}

func TestNeeds(t *testing.T) {
	for _, test := range []struct {
		command bundle.Command
		want    []domain.StreamID
	}{
		{bundling(a, b, c), ids(a, b, c)},
		{bundle.SplitUp{Signal: a, Into: ids(b, c)}, ids(a, b, c)},
		{bundle.Unbundle{Signal: a}, nil},
	} {
		if needs := bundle.NeedsOf(test.command); !reflect.DeepEqual(needs, pursuit.Needs{Signals: test.want}) {
			t.Errorf("%T needs %+v, want the signals %v", test.command, needs, test.want)
		}
	}
}

func TestEvolvingLeavesWhatItWasBefore(t *testing.T) {
	before := bundle.Decider.Fold(bundle.Decider.Initial, into(a, b))
	one := bundle.Decider.Fold(before, into(a, c))
	two := bundle.Decider.Fold(before, into(d, a))
	if len(before.Members(a)) != 1 || len(one.Members(a)) != 2 || two.Top(b) != d || one.Top(b) != a {
		t.Error("two futures of one past reach into each other")
	}
}
