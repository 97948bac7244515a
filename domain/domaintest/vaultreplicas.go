package domaintest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// VaultReplicas proves the contract for two vaults on the same rows: what one did, the other knows when the first has
// returned. Function open gives two, on new and empty rows, for every test.
func VaultReplicas(t *testing.T, open func(*testing.T) (one, two domain.Vault)) {
	t.Helper()
	for name, test := range map[string]func(t *testing.T, one, two domain.Vault){
		"both answer the same":                replicasAgree,
		"both made everything at once":        replicasAtOnce,
		"forgotten at one, at both":           replicasForget,
		"cards of one are cards of the other": replicasCards,
		"a draft is changed at one of two":    replicasDrafts,
		"forgetting among writers":            replicasForgetAmongWriters,
		"digests of before are older":         replicasDigest,
		"a bundle of one is one of the other": replicasBundles,
	} {
		t.Run(name, func(t *testing.T) {
			one, two := open(t)
			test(t, one, two)
		})
	}
}

func replicasAgree(t *testing.T, one, two domain.Vault) {
	if first, second := lasting(t, one), lasting(t, two); first != second {
		t.Errorf("one says\n%s\nand two\n%s", first, second)
	}
	own := mustSeal(t, one, somewhere(), domain.ToSeal("de bus rijdt niet"))
	shared := domain.ToSealUnder(domain.YearScope(ownPractice, 2022), []byte("iemand"))
	opens(t, two, own, "de bus rijdt niet")
	id, seed := mustNewSeed(t, one)
	isSeed(t, two, id, seed)
	first, second := mustSeal(t, one, somewhere(), shared), mustSeal(t, two, somewhere(), shared)
	if first.Key != second.Key {
		t.Error("one scope, two keys")
	}
	opens(t, one, second, "iemand")
	opens(t, two, first, "iemand")
}

// replicasAtOnce has both make the same things at the same time: each is made once.
func replicasAtOnce(t *testing.T, one, two domain.Vault) {
	const things = 8
	card := mustCard(t, one, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", EarlierYear: domain.No})
	command := uuid.New()
	var answers [2][things]string
	var all sync.WaitGroup
	for i, v := range []domain.Vault{one, two} {
		for n := range things {
			all.Go(func() {
				shared := mustSeal(t, v, somewhere(), domain.ToSealUnder(domain.KeyScope(fmt.Sprint(n)), []byte("x")))
				made := mustCard(t, v, command, domain.NewCard{Practice: ownPractice, Nickname: "muts"})
				said := mustRecognise(t, v, card, 2020+n, domain.Code(fmt.Sprint("soep-", n)))
				noFault(t, v.CountConcern(t.Context(), command, 2022))
				answers[i][n] = fmt.Sprint(shared.Key, made, said)
			})
		}
	}
	all.Wait()
	for n := range things {
		if answers[0][n] != answers[1][n] {
			t.Errorf("thing %d was made twice", n)
		}
	}
	if counted, err := two.Concerns(t.Context(), 2022); err != nil || counted != 1 {
		t.Errorf("one command counted %d: %v", counted, err)
	}
}

// replicasForget has the second vault keep in memory whatever it will, and forgets at the first, again and again.
func replicasForget(t *testing.T, one, two domain.Vault) {
	text := mustSeal(t, two, somewhere(), domain.ToSeal("weg"))
	other := mustSeal(t, two, somewhere(), domain.ToSeal("ook weg"))
	year := mustSeal(t, two, somewhere(), domain.ToSealUnder(domain.YearScope(ownPractice, 2022), []byte("x")))
	snapshot := mustSeal(t, two, somewhere(), domain.ToSealUnder(domain.SnapshotScope, []byte("alles")))
	stays := mustSeal(t, two, somewhere(), domain.ToSeal("blijft"))
	id, seed := mustNewSeed(t, two)
	digest := mustDigest(t, two)

	opens(t, two, text, "weg")
	opens(t, two, snapshot, "alles")
	noFault(t, one.ForgetTexts(t.Context(), ownPractice, text.Key))
	isForgotten(t, two, "a text", text)
	isForgotten(t, two, "a snapshot", snapshot)
	if mustDigest(t, two) == digest || mustDigest(t, two) != mustDigest(t, one) {
		t.Error("two does not digest as one does now")
	}

	opens(t, two, other, "ook weg")
	isSeed(t, two, id, seed)
	noFault(t, one.ForgetSubject(t.Context(), ownPractice, "signal-1", other.Key, id))
	isForgotten(t, two, "a subject", other)
	seedIsForgotten(t, two, id)

	opens(t, two, year, "x")
	noFault(t, one.DestroyYear(t.Context(), ownPractice, 2022))
	isForgotten(t, two, "a year", year)
	opens(t, two, stays, "blijft")
	opens(t, one, mustSeal(t, two, somewhere(), domain.ToSeal("later")), "later")
	if first, second := mustErasures(t, one, ownPractice), mustErasures(t, two, ownPractice); fmt.Sprint(first) != fmt.Sprint(second) {
		t.Error("the two owe different erasures")
	}
}

// replicasDigest has the second vault digest without pause while the first forgets: what it digested with the key of before
// was digested before the moment that both then tell.
func replicasDigest(t *testing.T, one, two domain.Vault) {
	at := time.Now()
	before := mustDigest(t, two)
	last := make(chan time.Time)
	go func() {
		for asked := at; mustDigest(t, two) == before; asked = time.Now() {
			at = asked
		}
		last <- at
	}()
	noFault(t, one.Forget(t.Context(), uuid.New()))
	since := mustDigestsSince(t, two)
	if at := <-last; at.After(since) {
		t.Errorf("digested with the key of before at %s, and digests are of %s", at, since)
	}
	if first := mustDigestsSince(t, one); !first.Equal(since) {
		t.Errorf("one says %s, two %s", first, since)
	}
}

func replicasCards(t *testing.T, one, two domain.Vault) {
	keep := mustCard(t, one, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets"})
	other := mustCard(t, two, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "muts"})
	mustRecognise(t, one, other, 2022, "soep")
	mustRecognise(t, two, keep, 2022, "soep")
	noFault(t, one.SetTraits(t.Context(), ownPractice, keep, alone))
	pairs := mustMerge(t, two, keep, other)
	if again := mustMerge(t, one, keep, other); fmt.Sprint(pairs) != fmt.Sprint(again) {
		t.Error("one and two do not agree who is one person")
	}
	if mustRecognise(t, one, other, 2022, "soep") != mustRecognise(t, two, keep, 2022, "soep") {
		t.Error("one and two do not recognise alike")
	}
	noFault(t, one.ForgetCard(t.Context(), ownPractice, keep))
	if _, err := two.Recognise(t.Context(), ownPractice, keep, inYear(2022), "soep"); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("two recognises whom one forgot: %v", err)
	}
}

func replicasDrafts(t *testing.T, one, two domain.Vault) {
	asked := someDraft()
	kept := mustSave(t, one, asked)
	holds(t, two, kept)
	kept.Body = []byte("anders")
	changed := mustSave(t, two, kept)
	holds(t, one, changed)
	noFault(t, one.DropDraft(t.Context(), ownPractice, kept.ID))
	gone(t, two, asked)
}

// replicasForgetAmongWriters seals at both while both forget: whatever was answered opens, but what was forgotten.
func replicasForgetAmongWriters(t *testing.T, one, two domain.Vault) {
	var all sync.WaitGroup
	for i, v := range []domain.Vault{one, two} {
		all.Go(func() {
			for range 3 {
				text := mustSeal(t, v, somewhere(), domain.ToSeal("weg"))
				noFault(t, v.ForgetTexts(t.Context(), ownPractice, text.Key))
				isForgotten(t, one, "a text, at one", text)
				isForgotten(t, two, "a text, at two", text)
			}
		})
		for n := range 4 {
			all.Go(func() {
				for m := range 8 {
					said := fmt.Sprint("tekst ", i, n, m)
					text := mustSeal(t, v, somewhere(), domain.ToSeal(said))
					opens(t, one, text, said)
					opens(t, two, text, said)
					id, seed := mustNewSeed(t, v)
					isSeed(t, one, id, seed)
					isSeed(t, two, id, seed)
				}
			})
		}
	}
	all.Wait()
}
