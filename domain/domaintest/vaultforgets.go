package domaintest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
)

var forgettingTests = map[string]func(*testing.T, domain.Vault){
	"a text is forgotten":                  textForgotten,
	"a subject is forgotten":               subjectForgotten,
	"a key that texts share stays":         sharedStays,
	"a key that is not there is forgotten": unknownForgotten,
	"a card is forgotten":                  cardForgotten,
	"merged cards are forgotten together":  mergedForgotten,
	"a year is destroyed":                  yearDestroyed,
	"keys are destroyed again":             destroyedAgain,
	"erasures are owed until recorded":     erasuresOwed,
	"every forgetting replaces digests":    digestReplaced,
	"digests have a moment":                digestsHaveAMoment,
	"every forgetting replaces snapshots":  snapshotsReplaced,
	"nothing forgotten changes nothing":    nothingForgotten,
}

// isForgotten wants a text to say so, and to say so again.
func isForgotten(t *testing.T, v domain.Vault, what string, s domain.Sealed) {
	t.Helper()
	for range 2 {
		if plain, err := v.Open(t.Context(), s); !errors.Is(err, domain.ErrForgotten) || len(plain) > 0 {
			t.Errorf("%s, forgotten and yet: %v", what, err)
		}
	}
}

// textForgotten forgets one of two texts of one event; a retried command had sealed it under two keys, and both stand in
// the log.
func textForgotten(t *testing.T, v domain.Vault) {
	at := somewhere()
	beside := domain.Place{Event: at.Event, Field: "/motivation"}
	one, two := mustSeal(t, v, at, domain.ToSeal("weg")), mustSeal(t, v, at, domain.ToSeal("weg"))
	stays := mustSeal(t, v, beside, domain.ToSeal("blijft"))
	opens(t, v, one, "weg")
	for range 2 {
		noFault(t, v.ForgetTexts(t.Context(), ownPractice, one.Key, two.Key))
	}
	isForgotten(t, v, "a text", one)
	isForgotten(t, v, "the same text under another key", two)
	opens(t, v, stays, "blijft")
	opens(t, v, mustSeal(t, v, at, domain.ToSeal("opnieuw")), "opnieuw")
}

func subjectForgotten(t *testing.T, v domain.Vault) {
	texts := []domain.Sealed{
		mustSeal(t, v, somewhere(), domain.ToSeal("weg")),
		mustSeal(t, v, domain.Place{Event: uuid.New(), Field: "/motivation"}, domain.ToSeal("ook weg")),
	}
	stays := mustSeal(t, v, somewhere(), domain.ToSeal("blijft"))
	seed, _ := mustNewSeed(t, v)
	otherSeed, other := mustNewSeed(t, v)
	for range 2 {
		noFault(t, v.ForgetSubject(t.Context(), ownPractice, "signal-1", texts[0].Key, texts[1].Key, seed))
	}
	for _, text := range texts {
		isForgotten(t, v, "a text of the subject", text)
	}
	seedIsForgotten(t, v, seed)
	opens(t, v, stays, "blijft")
	isSeed(t, v, otherSeed, other)
	opens(t, v, mustSeal(t, v, somewhere(), domain.ToSeal("later")), "later")
}

func seedIsForgotten(t *testing.T, v domain.Vault, id domain.SeedID) {
	t.Helper()
	if seed, err := v.Seed(t.Context(), id); !errors.Is(err, domain.ErrForgotten) || seed != [32]byte{} {
		t.Errorf("a seed, forgotten and yet: %v", err)
	}
}

// sharedStays has events name a key that texts share, as those of contacts do: it is nobody's to forget.
func sharedStays(t *testing.T, v domain.Vault) {
	shared := mustSeal(t, v, somewhere(), domain.ToSealUnder(domain.YearScope(ownPractice, 2022), []byte("van allen")))
	digest := mustDigest(t, v)
	noFault(t, v.ForgetTexts(t.Context(), ownPractice, shared.Key))
	noFault(t, v.ForgetSubject(t.Context(), ownPractice, "contact-1", shared.Key))
	if mustDigest(t, v) != digest {
		t.Error("digests were replaced for nothing")
	}
	seed, _ := mustNewSeed(t, v)
	noFault(t, v.ForgetSubject(t.Context(), ownPractice, "contact-1", shared.Key, seed))
	opens(t, v, shared, "van allen")
	if owed := mustErasures(t, v, ownPractice); !slices.Equal(owed, []uuid.UUID{seed}) {
		t.Errorf("%d erasures, not that of the seed", len(owed))
	}
}

// unknownForgotten forgets a key that this vault does not have, because its rows were put back from an old copy: the log
// is to hear of it, so that it is destroyed wherever it still is.
func unknownForgotten(t *testing.T, v domain.Vault) {
	text := mustSeal(t, v, somewhere(), domain.ToSeal("weg"))
	text.Key = uuid.New()
	noFault(t, v.ForgetTexts(t.Context(), ownPractice, text.Key))
	isForgotten(t, v, "a text whose key is not here", text)
	if owed := mustErasures(t, v, ownPractice); !slices.Equal(owed, []uuid.UUID{text.Key}) {
		t.Errorf("%d erasures, not that of the text", len(owed))
	}
}

func cardForgotten(t *testing.T, v domain.Vault) {
	command, asked := uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", Traits: alone}
	card := mustCard(t, v, command, asked)
	stays := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "muts"})
	mustRecognise(t, v, card, 2022, "soep")
	if err := v.ForgetCard(t.Context(), otherPractice, card); !errors.Is(err, domain.ErrNoCard) {
		t.Errorf("another practice forgot it: %v", err)
	}
	for range 2 {
		noFault(t, v.ForgetCard(t.Context(), ownPractice, card))
	}
	cardIsForgotten(t, v, card, stays)
	if _, err := v.AddCard(t.Context(), command, asked); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("its command repeated: %v", err)
	}
	cards, err := v.RecentCards(t.Context(), ownPractice, "soep")
	noFault(t, err)
	if got := nicknames(cards); got != "muts" {
		t.Errorf("listed: %s", got)
	}
	if of, err := v.Traits(t.Context(), ownPractice, 2022); err != nil || len(of) != 0 {
		t.Errorf("%d still have traits: %v", len(of), err)
	}
	mustRecognise(t, v, stays, 2022, "soep")
}

func cardIsForgotten(t *testing.T, v domain.Vault, card, other domain.CardID) {
	t.Helper()
	for what, ask := range map[string]func() error{
		"Recognise": func() error {
			_, err := v.Recognise(t.Context(), ownPractice, card, inYear(2022), "soep")
			return err
		},
		"SetTraits":       func() error { return v.SetTraits(t.Context(), ownPractice, card, alone) },
		"MergeCards":      func() error { _, err := v.MergeCards(t.Context(), ownPractice, card, other); return err },
		"MergeCards into": func() error { _, err := v.MergeCards(t.Context(), ownPractice, other, card); return err },
	} {
		if err := ask(); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("%s of a forgotten card: %v", what, err)
		}
	}
}

// mergedForgotten forgets a person by the name that was not kept.
func mergedForgotten(t *testing.T, v domain.Vault) {
	var card [3]domain.CardID
	for i := range card {
		card[i] = mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: fmt.Sprint(i)})
	}
	mustMerge(t, v, card[0], card[1])
	noFault(t, v.ForgetCard(t.Context(), ownPractice, card[1]))
	cardIsForgotten(t, v, card[0], card[2])
	cardIsForgotten(t, v, card[1], card[2])
	mustRecognise(t, v, card[2], 2022, "soep")
}

// yearDestroyed destroys a year that was used, and one that never was.
func yearDestroyed(t *testing.T, v domain.Vault) {
	card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", EarlierYear: domain.No, Traits: alone})
	mustRecognise(t, v, card, 2022, "soep")
	year := func(year int) domain.Sealed {
		return domain.ToSealUnder(domain.YearScope(ownPractice, year), []byte("x"))
	}
	gone, stays := mustSeal(t, v, somewhere(), year(2022)), mustSeal(t, v, somewhere(), year(2023))
	for range 2 {
		noFault(t, v.DestroyYear(t.Context(), ownPractice, 2022))
		noFault(t, v.DestroyYear(t.Context(), ownPractice, 2019))
	}
	isForgotten(t, v, "a year", gone)
	opens(t, v, stays, "x")
	for _, destroyed := range []int{2022, 2019} {
		for _, activity := range []domain.Code{"soep", "atelier"} {
			_, err := v.Recognise(t.Context(), ownPractice, card, inYear(destroyed), activity)
			if !errors.Is(err, domain.ErrForgotten) {
				t.Errorf("recognised in %d at %s: %v", destroyed, activity, err)
			}
		}
		if _, err := v.Seal(t.Context(), somewhere(), year(destroyed)); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("sealed in %d: %v", destroyed, err)
		}
		if _, err := v.Traits(t.Context(), ownPractice, destroyed); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("traits of %d: %v", destroyed, err)
		}
	}
	if later := mustRecognise(t, v, card, 2023, "soep"); later.EarlierYear != domain.Yes || later.EarlierYearHere != domain.Yes {
		t.Errorf("the card forgot its year: %s, %s", later.EarlierYear, later.EarlierYearHere)
	}
	if owed := mustErasures(t, v, ownPractice); len(owed) != 0 {
		t.Errorf("%d erasures, though the log says that the year is closed", len(owed))
	}
}

// destroyedAgain is what happens at every start: a key of a text, of a shared scope, and one that this vault never had.
func destroyedAgain(t *testing.T, v domain.Vault) {
	scope := domain.YearScope(ownPractice, 2022)
	one, two := mustSeal(t, v, somewhere(), domain.ToSeal("weg")), mustSeal(t, v, somewhere(), domain.ToSealUnder(scope, []byte("x")))
	stays := mustSeal(t, v, somewhere(), domain.ToSeal("blijft"))
	never := one
	never.Key = uuid.New()
	for range 2 {
		noFault(t, v.Forget(t.Context(), one.Key, two.Key, never.Key))
	}
	noFault(t, v.Forget(t.Context()))
	for what, s := range map[string]domain.Sealed{"a text": one, "a scope": two, "an unknown key": never} {
		isForgotten(t, v, what, s)
	}
	if _, err := v.Seal(t.Context(), somewhere(), domain.ToSealUnder(scope, []byte("x"))); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("sealed under a scope that was destroyed: %v", err)
	}
	opens(t, v, stays, "blijft")
	if owed := mustErasures(t, v, ownPractice); len(owed) != 0 {
		t.Errorf("%d erasures, though the log said them all", len(owed))
	}
}

func mustErasures(t *testing.T, v domain.Vault, practice domain.PracticeID) []uuid.UUID {
	t.Helper()
	owed, err := v.Erasures(t.Context(), practice)
	noFault(t, err)
	return owed
}

// erasuresOwed forgets in every way, and wants each practice to owe its own, until it is recorded.
func erasuresOwed(t *testing.T, v domain.Vault) {
	text := mustSeal(t, v, somewhere(), domain.ToSeal("weg"))
	noFault(t, v.ForgetTexts(t.Context(), ownPractice, text.Key))
	if owed := mustErasures(t, v, ownPractice); !slices.Equal(owed, []uuid.UUID{text.Key}) {
		t.Fatalf("%d erasures, or not that of the text", len(owed))
	}
	card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: otherPractice, Nickname: "rode fiets"})
	noFault(t, v.ForgetCard(t.Context(), otherPractice, card))
	far := mustErasures(t, v, otherPractice)
	if len(far) != 1 || far[0] == card {
		t.Errorf("%d erasures of the other practice, or one that names the card", len(far))
	}
	subject := mustSeal(t, v, somewhere(), domain.ToSeal("ook weg"))
	seed, _ := mustNewSeed(t, v)
	draft := mustSave(t, v, someDraft())
	noFault(t, v.ForgetSubject(t.Context(), ownPractice, "signal-1", text.Key, subject.Key, seed))
	owed := mustErasures(t, v, ownPractice)
	if len(owed) != 4 || !slices.Contains(owed, subject.Key) || slices.Contains(owed, draft.ID) {
		t.Errorf("%d erasures, not those of two texts, a seed and a draft, by their keys", len(owed))
	}
	if !slices.IsSortedFunc(owed, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		t.Error("the order of the erasures may say which went together")
	}
	for range 2 {
		noFault(t, v.MarkRecorded(t.Context(), owed[:2]...))
	}
	if left := mustErasures(t, v, ownPractice); !slices.Equal(left, owed[2:]) {
		t.Errorf("%d erasures left, not 2", len(left))
	}
	if again := mustErasures(t, v, otherPractice); !slices.Equal(again, far) {
		t.Error("the other practice owes something else now")
	}
	isForgotten(t, v, "a recorded erasure", text)
}

func mustDigest(t *testing.T, v domain.Vault) [16]byte {
	t.Helper()
	digest, err := v.Digest(t.Context(), []byte("body"))
	noFault(t, err)
	return digest
}

// forgettings is every way to forget something, once.
func forgettings(t *testing.T, v domain.Vault) map[string]func() error {
	text := mustSeal(t, v, somewhere(), domain.ToSeal("weg")).Key
	key := mustSeal(t, v, somewhere(), domain.ToSeal("weg")).Key
	seed, _ := mustNewSeed(t, v)
	card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets"})
	return map[string]func() error{
		"ForgetTexts":   func() error { return v.ForgetTexts(t.Context(), ownPractice, text) },
		"ForgetSubject": func() error { return v.ForgetSubject(t.Context(), ownPractice, "signal-9", seed) },
		"ForgetCard":    func() error { return v.ForgetCard(t.Context(), ownPractice, card) },
		"DestroyYear":   func() error { return v.DestroyYear(t.Context(), ownPractice, 2022) },
		"Forget":        func() error { return v.Forget(t.Context(), key) },
	}
}

func digestReplaced(t *testing.T, v domain.Vault) {
	for name, forget := range forgettings(t, v) {
		before := mustDigest(t, v)
		noFault(t, forget())
		if mustDigest(t, v) == before {
			t.Errorf("%s: who tries guesses at a command still can", name)
		}
	}
}

func mustDigestsSince(t *testing.T, v domain.Vault) time.Time {
	t.Helper()
	since, err := v.DigestsSince(t.Context())
	noFault(t, err)
	return since
}

// mostAfter is how long after a forgetting digests may count as made before it.
const mostAfter = time.Minute

func digestsHaveAMoment(t *testing.T, v domain.Vault) {
	if since := mustDigestsSince(t, v); !since.IsZero() {
		t.Errorf("nothing was forgotten, and digests are of %s", since)
	}
	for name, forget := range forgettings(t, v) {
		asked := time.Now().Truncate(time.Microsecond)
		noFault(t, forget())
		since, returned := mustDigestsSince(t, v), time.Now()
		if since.Before(asked) || since.After(returned.Add(mostAfter)) {
			t.Errorf("%s, asked for at %s and done at %s: digests are of %s", name, asked, returned, since)
		}
		noFault(t, v.Forget(t.Context()))
		noFault(t, v.ForgetTexts(t.Context(), ownPractice))
		if again := mustDigestsSince(t, v); !again.Equal(since) {
			t.Errorf("%s: nothing forgotten since, and digests are of another moment", name)
		}
	}
}

func snapshotsReplaced(t *testing.T, v domain.Vault) {
	for name, forget := range forgettings(t, v) {
		snapshot := domain.ToSealUnder(domain.SnapshotScope, []byte("alles"))
		before := mustSeal(t, v, somewhere(), snapshot)
		noFault(t, forget())
		isForgotten(t, v, name+": a snapshot from before", before)
		opens(t, v, mustSeal(t, v, somewhere(), snapshot), "alles")
	}
}

// nothingForgotten asks to forget what never was: nothing is replaced for it.
func nothingForgotten(t *testing.T, v domain.Vault) {
	again := mustSeal(t, v, somewhere(), domain.ToSeal("weg")).Key
	noFault(t, v.ForgetTexts(t.Context(), ownPractice, again))
	snapshot := mustSeal(t, v, somewhere(), domain.ToSealUnder(domain.SnapshotScope, []byte("alles")))
	before := mustDigest(t, v)
	noFault(t, v.ForgetTexts(t.Context(), ownPractice))
	noFault(t, v.ForgetTexts(t.Context(), ownPractice, again))
	noFault(t, v.ForgetSubject(t.Context(), ownPractice, "signal-9", again))
	noFault(t, v.ForgetSubject(t.Context(), ownPractice, "signal-9"))
	noFault(t, v.ForgetSubject(t.Context(), ownPractice, ""))
	if err := v.ForgetCard(t.Context(), ownPractice, uuid.New()); !errors.Is(err, domain.ErrNoCard) {
		t.Errorf("forgot a card that never was: %v", err)
	}
	noFault(t, v.Forget(t.Context()))
	opens(t, v, snapshot, "alles")
	if mustDigest(t, v) != before {
		t.Error("digests were replaced for nothing")
	}
}
