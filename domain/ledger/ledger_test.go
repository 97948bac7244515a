package ledger_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/catalog"
	"signaalboek/domain/contact"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/proof"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/referral"
	"signaalboek/domain/signal"
)

const harelbeke domain.PracticeID = "harelbeke-centrum"

var (
	now   = time.Date(2022, time.June, 15, 10, 0, 0, 0, time.UTC)
	today = domain.DateOf(2022, time.June, 15)
)

// desk is a ledger over fakes, with the practice opened.
type desk struct {
	*ledger.Ledger
	t     testing.TB
	store *domaintest.MemStore
	vault *domaintest.MemVault
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	store, vault := domaintest.NewMemStore(t), domaintest.NewMemVault()
	d := &desk{ledger.New(store, vault, brussels), t, store, vault}
	for _, id := range []domain.PracticeID{harelbeke, "ter-plekke-zillebeke"} {
		meta := d.meta()
		meta.Practice = id
		_, err := d.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(id)},
			practice.Open{Name: "STEK", Defaults: "harelbeke-2022"}, meta)
		if err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func (d *desk) meta() domain.Meta {
	return domain.Meta{Command: uuid.New(), Actor: uuid.New(), Practice: harelbeke, On: today, At: now}
}

// must gives commands to a signal and stops the test at the first refusal.
func (d *desk) must(id domain.StreamID, commands ...signal.Command) ledger.Receipt {
	d.t.Helper()
	var receipt ledger.Receipt
	for _, command := range commands {
		var err error
		if receipt, err = d.Signals.Execute(d.t.Context(), ledger.Target{Stream: id}, command, d.meta()); err != nil {
			d.t.Fatalf("%T: %v", command, err)
		}
	}
	return receipt
}

func (d *desk) refused(want *domain.Refusal, err error) {
	d.t.Helper()
	if !errors.Is(err, want) {
		d.t.Errorf("got %v, want %v", err, want)
	}
}

var atVolunteers = signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.ByVolunteers, Year: 2022}}

func pickUp() signal.PickUp {
	return signal.PickUp{From: signal.FromVolunteer, Evidence: atVolunteers, Themes: []domain.Code{"opleiding"}}
}

func (d *desk) pickedUp() domain.StreamID {
	d.t.Helper()
	receipt, err := d.Signals.Create(d.t.Context(), pickUp(), d.meta())
	if err != nil {
		d.t.Fatal(err)
	}
	return receipt.Stream
}

func (d *desk) events() (recorded []domain.Recorded) {
	d.t.Helper()
	for r, err := range d.store.ReadAll(context.Background(), domain.Position{}) {
		if err != nil {
			d.t.Fatal(err)
		}
		recorded = append(recorded, r)
	}
	return recorded
}

// The whole chain, from a contact to the feedback, through every gate.
func TestChainEndToEnd(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	card, err := d.vault.AddCard(ctx, uuid.New(), domain.NewCard{Practice: harelbeke, Nickname: "rode fiets", EarlierYear: domain.No})
	if err != nil {
		t.Fatal(err)
	}
	met, err := d.Contacts.Create(ctx, contact.Register{
		Activity: "huisbezoek", Known: domain.Yes, Card: &card,
		Requests: []contact.Request{{Themes: []domain.Code{"vrije-tijd"}, Approaches: []domain.Code{"opgepikt-als-signaal"}}},
	}, d.meta())
	if err != nil {
		t.Fatal(err)
	}
	raised := signal.Evidence{
		Setting: pursuit.Setting{Kind: pursuit.AtActivity, Code: "huisbezoek", Year: 2022}, Contact: met.Stream, Request: 1,
	}
	heard, err := d.Signals.Create(ctx, signal.PickUp{From: signal.FromHelpRequest, Evidence: raised, Themes: []domain.Code{"vrije-tijd"}}, d.meta())
	if err != nil {
		t.Fatal(err)
	}
	meeting := d.heldMeeting()
	atMeeting := pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: meeting}
	d.must(heard.Stream,
		signal.Note{Wording: "Inschrijven is lastig."},
		signal.LinkEvidence{Evidence: signal.Evidence{Setting: atMeeting}},
		signal.Recognise{Meeting: meeting, HowMany: signal.Most},
		signal.Word{Statement: "De manier van inschrijven werpt drempels op."},
		signal.Weigh{Structural: true, Recurring: true, BeyondOnePerson: true, NeedsOthers: true, Reason: "Al jaren gehoord."},
		signal.NameKeeper{Role: "buurtopbouwwerker"},
		signal.GiveMandate{Meeting: meeting},
		signal.Schedule{Schedule: pursuit.Schedule{Forum: "jeugd-en-sportdienst", InNameOf: pursuit.Partnership, Through: pursuit.OwnItem}},
		signal.Discuss{Discuss: pursuit.Discuss{
			Forum: "jeugd-en-sportdienst", Outcome: pursuit.Promised, BroughtBy: pursuit.Workers,
			Promise: "Een helpmoment bij de inschrijving.", PromiseBy: domain.DateOf(2022, time.September, 1),
		}},
		signal.Decide{Decide: pursuit.Decide{Forum: "jeugd-en-sportdienst", Verdict: pursuit.Adopted, Motivation: "Het helpmoment komt er."}},
		signal.KeepPromise{KeepPromise: pursuit.KeepPromise{Promise: 1}},
		signal.CarryOut{CarryOut: pursuit.CarryOut{What: "Elke woensdag een helpmoment."}},
	)
	_, err = d.Signals.Execute(ctx, ledger.Target{Stream: heard.Stream}, signal.Close{Reason: signal.Answered}, d.meta())
	d.refused(signal.ErrDebtOpen, err)
	d.must(heard.Stream,
		signal.FeedBack{FeedBack: pursuit.FeedBack{Setting: atMeeting, Channel: "focusgroep", Present: 9, ToldWhat: "Er komt hulp bij het inschrijven."}},
		signal.FeedBack{FeedBack: pursuit.FeedBack{Setting: raised.Setting, Channel: "mondeling"}},
		signal.Close{Reason: signal.Answered},
	)
}

func (d *desk) heldMeeting() domain.StreamID {
	d.t.Helper()
	planned, err := d.Focusgroepen.Create(d.t.Context(), focusgroep.Plan{Day: today}, d.meta())
	if err != nil {
		d.t.Fatal(err)
	}
	_, err = d.Focusgroepen.Execute(d.t.Context(), ledger.Target{Stream: planned.Stream}, focusgroep.Hold{Present: 10, Newcomers: 1}, d.meta())
	if err != nil {
		d.t.Fatal(err)
	}
	return planned.Stream
}

func TestRule12SameCommandRecordsOnce(t *testing.T) {
	d, meta := newDesk(t), domain.Meta{}
	meta = d.meta()
	first, err := d.Signals.Create(t.Context(), pickUp(), meta)
	if err != nil {
		t.Fatal(err)
	}
	d.must(first.Stream, signal.Note{Wording: "Te ver, te duur."})
	before := len(d.events())
	meta.At = meta.At.Add(time.Hour) // it arrives again later
	again, err := d.Signals.Create(t.Context(), pickUp(), meta)
	if err != nil {
		t.Fatal(err)
	}
	if !again.Repeated || again.Stream != first.Stream || again.Position != first.Position || again.Events != 1 {
		t.Errorf("again = %+v, first = %+v", again, first)
	}
	if after := len(d.events()); after != before {
		t.Errorf("%d events became %d", before, after)
	}
}

func TestSameCommandWithAnotherBodyIsRefused(t *testing.T) {
	d := newDesk(t)
	meta := d.meta()
	first, err := d.Signals.Create(t.Context(), pickUp(), meta)
	if err != nil {
		t.Fatal(err)
	}
	other := pickUp()
	other.Themes = []domain.Code{"werk"}
	_, err = d.Signals.Create(t.Context(), other, meta)
	d.refused(ledger.ErrReused, err)
	_, err = d.Signals.Execute(t.Context(), ledger.Target{Stream: first.Stream}, signal.Resume{}, meta)
	d.refused(ledger.ErrReused, err)
	meta.On--
	_, err = d.Signals.Create(t.Context(), pickUp(), meta)
	d.refused(ledger.ErrReused, err)
}

// A command id that was used on one signal cannot be used on another, however far that one came.
func TestSameCommandOnAnotherStreamIsRefused(t *testing.T) {
	d := newDesk(t)
	one, other := d.pickedUp(), d.pickedUp()
	d.must(other, signal.Note{Wording: "Te ver."}, signal.Note{Wording: "Te duur."})
	meta := d.meta()
	if _, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: one}, signal.Note{Wording: "Te ver."}, meta); err != nil {
		t.Fatal(err)
	}
	before := len(d.events())
	_, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: other}, signal.Note{Wording: "Te ver."}, meta)
	d.refused(ledger.ErrReused, err)
	if after := len(d.events()); after != before {
		t.Errorf("recorded %d events", after-before)
	}
}

// Whatever happens to an append, asking until there is an answer records once.
func TestFaultsRecordOnce(t *testing.T) {
	for name, fault := range map[string]func(*domaintest.MemStore){
		"reply lost":           func(m *domaintest.MemStore) { m.LoseReplies(1) },
		"lost before write":    func(m *domaintest.MemStore) { m.LoseAppends(2) },
		"conflicts":            func(m *domaintest.MemStore) { m.StormConflicts(4) },
		"conflict, reply lost": func(m *domaintest.MemStore) { m.StormConflicts(1); m.LoseReplies(1) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			id := d.pickedUp()
			before := len(d.events())
			fault(d.store)
			d.must(id, signal.Note{Wording: "Te ver, te duur."})
			if recorded := len(d.events()) - before; recorded != 1 {
				t.Errorf("recorded %d events, want 1", recorded)
			}
		})
	}
}

func TestStormOfConflictsIsToldAsBusy(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	before := len(d.events())
	d.store.StormConflicts(5)
	_, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: id}, signal.Note{Wording: "Te ver."}, d.meta())
	d.refused(ledger.ErrBusy, err)
	if after := len(d.events()); after != before {
		t.Errorf("recorded %d events", after-before)
	}
}

// The last try may be the one whose answer is lost. "Busy" says that nothing was recorded, so it would be a lie.
func TestBusyIsOnlySaidWhenNothingWasRecorded(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	before := len(d.events())
	d.store.StormConflicts(4)
	d.store.LoseReplies(1)
	if receipt := d.must(id, signal.Note{Wording: "Te ver."}); receipt.Events != 1 || len(d.events()) != before+1 {
		t.Errorf("recorded %d events, acknowledged %d", len(d.events())-before, receipt.Events)
	}
	d.store.LoseAppends(5)
	_, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: id}, signal.Note{Wording: "Te duur."}, d.meta())
	if _, refusal := errors.AsType[*domain.Refusal](err); refusal || !errors.Is(err, domain.ErrUnknown) {
		t.Errorf("five lost appends: %v, want the fault that nobody knows", err)
	}
}

// What is no text is refused by its aggregate, where it stands; it is no fault of ours.
func TestBytesThatAreNoTextAreRefused(t *testing.T) {
	d := newDesk(t)
	_, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: d.pickedUp()}, signal.Note{Wording: "Te \xff ver."}, d.meta())
	d.refused(pursuit.ErrTextInvalid, err)
}

func TestFailingReadIsAFaultAndRecordsNothing(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	d.must(id, signal.Note{Wording: "Te ver."})
	broken := errors.New("disk")
	d.store.FailRead(1, broken)
	_, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: id}, signal.Word{Statement: "Te ver, te duur."}, d.meta())
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the fault of the read", err)
	}
	if _, refusal := errors.AsType[*domain.Refusal](err); refusal {
		t.Error("a fault was told as a refusal")
	}
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*domain.Meta)
		want  *domain.Refusal
	}{
		"no command":    {func(m *domain.Meta) { m.Command = uuid.Nil }, ledger.ErrNoCommand},
		"no practice":   {func(m *domain.Meta) { m.Practice = "" }, ledger.ErrNoPractice},
		"not opened":    {func(m *domain.Meta) { m.Practice = "elders" }, ledger.ErrNotOpened},
		"no day":        {func(m *domain.Meta) { m.On = 0 }, ledger.ErrNoDate},
		"tomorrow":      {func(m *domain.Meta) { m.On = today + 1 }, ledger.ErrFuture},
		"another epoch": {func(m *domain.Meta) { m.On = domain.DateOf(1922, 6, 15) }, ledger.ErrLongAgo},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			meta := d.meta()
			c.spoil(&meta)
			_, err := d.Signals.Create(t.Context(), pickUp(), meta)
			d.refused(c.want, err)
		})
	}
}

// Half past midnight in Brussels is today there, and still yesterday in UTC.
func TestDaysAreThoseOfTheZone(t *testing.T) {
	d := newDesk(t)
	meta := d.meta()
	meta.At = time.Date(2022, time.June, 15, 22, 30, 0, 0, time.UTC)
	meta.On = domain.DateOf(2022, time.June, 16)
	if _, err := d.Signals.Create(t.Context(), pickUp(), meta); err != nil {
		t.Errorf("a contact after midnight: %v", err)
	}
}

func TestStaleLookIsRefused(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	looked := domain.Revision(0)
	d.must(id, signal.Note{Wording: "Te ver."})
	_, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: id, Revision: &looked}, signal.Word{Statement: "Te ver."}, d.meta())
	d.refused(ledger.ErrStale, err)
	looked = 1
	if _, err = d.Signals.Execute(t.Context(), ledger.Target{Stream: id, Revision: &looked}, signal.Word{Statement: "Te ver."}, d.meta()); err != nil {
		t.Error(err)
	}
}

// Another practice's signal looks the same as none at all, also as a reference and as a bundle.
func TestPracticesAreApart(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	stranger := d.meta()
	stranger.Practice = "ter-plekke-zillebeke"
	_, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: id}, signal.Note{Wording: "x"}, stranger)
	d.refused(ledger.ErrUnknown, err)
	_, err = d.Signals.Execute(t.Context(), ledger.Target{Stream: "signal-" + domain.StreamID(uuid.NewString())}, signal.Note{Wording: "x"}, stranger)
	d.refused(ledger.ErrUnknown, err)
	_, err = d.Bundles.Execute(t.Context(), ledger.Target{Stream: ledger.BundlesOf(harelbeke)}, bundle.Bundle{Signals: []domain.StreamID{id}, Into: id}, stranger)
	d.refused(ledger.ErrUnknown, err)
	_, err = d.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(harelbeke)}, practice.RetireTerm{List: "theme", Code: "werk"}, stranger)
	d.refused(ledger.ErrUnknown, err)
}

func TestBundledSignalIsPursuedThroughTheWhole(t *testing.T) {
	d := newDesk(t)
	part, whole := d.pickedUp(), d.pickedUp()
	_, err := d.Bundles.Execute(t.Context(), ledger.Target{Stream: ledger.BundlesOf(harelbeke)},
		bundle.Bundle{Signals: []domain.StreamID{part}, Into: whole}, d.meta())
	if err != nil {
		t.Fatal(err)
	}
	d.must(part, signal.LinkEvidence{Evidence: signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.InSurvey, Year: 2021}}})
	_, err = d.Signals.Execute(t.Context(), ledger.Target{Stream: part},
		signal.Schedule{Schedule: pursuit.Schedule{Forum: "team-opstap", InNameOf: pursuit.Partnership, Through: pursuit.OwnItem}}, d.meta())
	d.refused(signal.ErrBundled, err)
}

// A recommendation that answers a signal is held back by the focusgroep's word on anything that is pursued with it.
func TestRule1ARecommendationAnswersTheWhole(t *testing.T) {
	d := newDesk(t)
	part, whole, meeting := d.pickedUp(), d.pickedUp(), d.heldMeeting()
	drafted, err := d.Recommendations.Create(t.Context(), recommendation.Draft{
		Text: "Dichterbij.", Answers: []domain.StreamID{part}, MadeBy: recommendation.ByTeam,
	}, d.meta())
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Bundles.Execute(t.Context(), ledger.Target{Stream: ledger.BundlesOf(harelbeke)},
		bundle.Bundle{Signals: []domain.StreamID{part}, Into: whole}, d.meta())
	if err != nil {
		t.Fatal(err)
	}
	schedule := recommendation.Schedule{Schedule: pursuit.Schedule{
		Forum: "team-opstap", InNameOf: pursuit.Partnership, Through: pursuit.OwnItem,
	}}
	d.must(whole, signal.Recognise{Meeting: meeting, HowMany: signal.Most})
	_, err = d.Recommendations.Execute(t.Context(), ledger.Target{Stream: drafted.Stream}, schedule, d.meta())
	d.refused(pursuit.ErrMandateMissing, err)
	d.must(whole, signal.GiveMandate{Meeting: meeting})
	d.must(part, signal.Recognise{Meeting: meeting, HowMany: signal.Few}, signal.RefuseMandate{Meeting: meeting})
	_, err = d.Recommendations.Execute(t.Context(), ledger.Target{Stream: drafted.Stream}, schedule, d.meta())
	d.refused(pursuit.ErrMandateRefused, err)
	d.must(part, signal.GiveMandate{Meeting: meeting})
	if _, err = d.Recommendations.Execute(t.Context(), ledger.Target{Stream: drafted.Stream}, schedule, d.meta()); err != nil {
		t.Error(err)
	}
}

func TestReferralFollowsFromAHelpRequest(t *testing.T) {
	d := newDesk(t)
	met, err := d.Contacts.Create(t.Context(), contact.Register{
		Activity: "contact-op-straat",
		Requests: []contact.Request{{Themes: []domain.Code{"huisvesting"}, Approaches: []domain.Code{"doorverwijzing"}, Services: []domain.Code{"caw"}}},
	}, d.meta())
	if err != nil {
		t.Fatal(err)
	}
	origin := referral.Origin{Contact: met.Stream, Request: 1, Service: "caw"}
	target := ledger.Target{Stream: referral.ID(origin.Contact, origin.Request, origin.Service)}
	if _, err = d.Referrals.Execute(t.Context(), target, referral.Arrive{Origin: &origin}, d.meta()); err != nil {
		t.Errorf("arrived: %v", err)
	}
	if _, err = d.Contacts.Execute(t.Context(), ledger.Target{Stream: met.Stream}, contact.Withdraw{Reason: contact.EnteredTwice}, d.meta()); err != nil {
		t.Fatal(err)
	}
	if _, err = d.Referrals.Execute(t.Context(), target, referral.Complete{Origin: &origin, Result: referral.Helped}, d.meta()); err == nil {
		t.Error("a referral of a withdrawn contact went on")
	}
}

// Many hands on one signal: each command is recorded once or told that it is busy, and revisions have no gaps.
func TestConcurrentCommands(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	var wg sync.WaitGroup
	var mu sync.Mutex
	recorded := 0
	for range 16 {
		wg.Go(func() {
			receipt, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: id}, signal.Word{Statement: "Te ver, te duur."}, d.meta())
			if err != nil && !errors.Is(err, ledger.ErrBusy) {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			recorded += receipt.Events
		})
	}
	wg.Wait()
	stored := 0
	for r, err := range d.store.ReadStream(t.Context(), id, 1) {
		if err != nil || r.Revision != domain.Revision(stored+1) {
			t.Fatalf("revision %d, %v", r.Revision, err)
		}
		stored++
	}
	if stored != recorded || stored == 0 {
		t.Errorf("%d acknowledged, %d stored", recorded, stored)
	}
}

// What somebody wrote is nowhere in the log, and neither is the card.
func TestNothingIsRecordedInTheClear(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	card, err := d.vault.AddCard(ctx, uuid.New(), domain.NewCard{Practice: harelbeke, Nickname: "rode fiets", EarlierYear: domain.No})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Contacts.Create(ctx, contact.Register{Activity: "huisbezoek", Card: &card}, d.meta()); err != nil {
		t.Fatal(err)
	}
	d.must(d.pickedUp(), signal.Note{Wording: "een heel eigen zin"})
	for _, r := range d.events() {
		for _, secret := range []string{"eigen zin", "rode fiets", card.String()} {
			if strings.Contains(string(r.Payload)+string(r.Metadata), secret) {
				t.Errorf("%s holds %q", r.Name, secret)
			}
		}
	}
}

// Every event commits to all that it says, in a way that its seed opens and nothing else does.
func TestEveryEventCommitsToItsFields(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	d.must(id, signal.Note{Wording: "Te ver."})
	nonces, seeds := map[string]bool{}, map[domain.StreamID]domain.SeedID{}
	for _, r := range d.events() {
		trail, err := catalog.DecodeTrail(r.Metadata)
		if err != nil {
			t.Fatal(err)
		}
		fields, err := ledger.Fields(trail, r.Payload)
		if err != nil {
			t.Fatal(err)
		}
		if trail.Seed != (catalog.SeedName{}) {
			seeds[r.Stream] = domain.SeedID(trail.Seed)
		}
		seed, err := d.vault.Seed(t.Context(), seeds[r.Stream])
		if err != nil {
			t.Fatal(err)
		}
		commitments, nonce, err := proof.Commit(seed, r.ID, fields)
		if err != nil || !slices.Equal(commitments, trail.Fields) || !slices.Equal(nonce, trail.Nonce) {
			t.Errorf("%s: commitments do not open: %v", r.Name, err)
		}
		if len(trail.Nonce) != 32 || nonces[string(trail.Nonce)] {
			t.Errorf("%s: nonce of %d bytes, or used before", r.Name, len(trail.Nonce))
		}
		nonces[string(trail.Nonce)] = true
		seed[0] ^= 1
		if other, _, _ := proof.Commit(seed, r.ID, fields); slices.Equal(other, trail.Fields) {
			t.Errorf("%s: commitments open without the seed", r.Name)
		}
	}
}

// Asking what would be answered records nothing, and tells which forms may be offered.
func TestAskRecordsNothing(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	before := len(d.events())
	answers, err := d.Signals.Ask(t.Context(), id, d.meta(), signal.Word{}, signal.Schedule{}, signal.Note{Wording: "Te ver."})
	if err != nil {
		t.Fatal(err)
	}
	if refusal, ok := errors.AsType[*domain.Refusal](answers[0]); !ok || refusal.Kind != domain.Invalid {
		t.Errorf("word without fields: %v, want to be told which field", answers[0])
	}
	if refusal, ok := errors.AsType[*domain.Refusal](answers[1]); !ok || refusal.Kind != domain.Conflict {
		t.Errorf("schedule before wording: %v, want a rule", answers[1])
	}
	if answers[2] != nil {
		t.Errorf("note: %v", answers[2])
	}
	if after := len(d.events()); after != before {
		t.Errorf("asking recorded %d events", after-before)
	}
}

// A year that was closed takes no contacts, and the vault is not asked about its people.
func TestClosedYear(t *testing.T) {
	d := newDesk(t)
	later := d.meta()
	later.At = now.AddDate(1, 0, 0)
	later.On = domain.DateOf(2023, time.June, 15)
	state, err := d.Practices.State(t.Context(), harelbeke, practice.StreamOf(harelbeke))
	if err != nil {
		t.Fatal(err)
	}
	var figures []practice.ClosedFigure
	for _, figure := range state.Book().Figures(2022) {
		figures = append(figures, practice.ClosedFigure{Figure: figure.Code, Version: figure.Version})
	}
	closing := practice.CloseYear{Year: 2022, Figures: figures}
	if _, err := d.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(harelbeke)}, closing, later); err != nil {
		t.Fatal(err)
	}
	card := uuid.New()
	_, err = d.Contacts.Create(t.Context(), contact.Register{Activity: "huisbezoek", Card: &card}, d.meta())
	d.refused(contact.ErrYearClosed, err)
	later.Command = uuid.New()
	if _, err = d.Contacts.Create(t.Context(), contact.Register{Activity: "huisbezoek"}, later); err != nil {
		t.Errorf("a contact of the next year: %v", err)
	}
}

// A command id that another practice used means nothing here, and what is theirs reads as if it were not there.
func TestCommandIDsOfOthersTellNothing(t *testing.T) {
	d := newDesk(t)
	ours, theirs := d.meta(), d.meta()
	theirs.Command, theirs.Practice = ours.Command, "ter-plekke-zillebeke"
	own, err := d.Signals.Create(t.Context(), pickUp(), ours)
	if err != nil {
		t.Fatal(err)
	}
	other, err := d.Signals.Create(t.Context(), pickUp(), theirs)
	if err != nil || other.Stream == own.Stream || other.Repeated {
		t.Errorf("the same id elsewhere: %+v, %v", other, err)
	}
	stale := domain.Revision(7)
	for _, target := range []ledger.Target{{Stream: own.Stream}, {Stream: own.Stream, Revision: &stale}} {
		_, err = d.Signals.Execute(t.Context(), target, signal.Park{Reason: "Later."}, theirs)
		d.refused(ledger.ErrUnknown, err)
	}
}
