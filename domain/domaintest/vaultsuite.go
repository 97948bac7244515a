package domaintest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
)

const (
	ownPractice   domain.PracticeID = "harelbeke-centrum"
	otherPractice domain.PracticeID = "ter-plekke-zillebeke"
)

// VaultSuite proves the contract of domain.Vault. Function open gives a new, empty vault for every test, and sees to
// it that it is closed.
func VaultSuite(t *testing.T, open func(*testing.T) domain.Vault) {
	t.Helper()
	for _, tests := range []map[string]func(*testing.T, domain.Vault){sealingTests, recognisingTests, draftingTests, forgettingTests, publishingTests, {
		"every method obeys its context": vaultContexts,
		"used by many at once":           manyAtOnce,
	}} {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) { test(t, open(t)) })
		}
	}
	t.Run("digests are keyed", func(t *testing.T) { digestsAreKeyed(t, open(t), open(t)) })
}

var sealingTests = map[string]func(*testing.T, domain.Vault){
	"what is sealed opens":                   sealedOpens,
	"no text is not sealed":                  noTextIsNotSealed,
	"what is sealed is not sealed again":     sealedOnce,
	"sealed hides its text":                  sealedHides,
	"moved or altered does not open":         movedDoesNotOpen,
	"unknown key does not open":              unknownKeyDoesNotOpen,
	"a key per text, a shared key per scope": keysByScope,
	"a seed is known by its id":              seeds,
	"digest tells bodies apart":              digests,
}

// VaultLasts proves that what a vault answered is still there when it is opened again: reopen closes the one that open
// gave, without ceremony, and opens what it left behind.
func VaultLasts(t *testing.T, open func(*testing.T) domain.Vault, reopen func(*testing.T, domain.Vault) domain.Vault) {
	t.Helper()
	v := open(t)
	place := somewhere()
	own := mustSeal(t, v, place, domain.ToSeal("de bus rijdt niet"))
	shared := mustSeal(t, v, place, domain.ToSealUnder(domain.YearScope(ownPractice, 2022), []byte("iemand")))
	id, seed := mustNewSeed(t, v)
	release, other, built, gone := uuid.New(), uuid.New(), aBundle(), aBundle()
	mustKeep(t, v, release, built, own.Key)
	mustKeep(t, v, other, gone)
	noFault(t, v.DestroyBundles(t.Context(), ownPractice, other))
	noFault(t, v.Forget(t.Context(), uuid.New()))
	since := mustDigestsSince(t, v)
	before := lasting(t, v)
	v = reopen(t, v)
	if after := mustDigestsSince(t, v); !after.Equal(since) {
		t.Errorf("reopened, digests are of %s, and not of %s", after, since)
	}
	if after := lasting(t, v); after != before {
		t.Errorf("reopened, the vault says\n%s\nand not\n%s", after, before)
	}
	opens(t, v, own, "de bus rijdt niet")
	opens(t, v, shared, "iemand")
	again := mustSeal(t, v, place, domain.ToSealUnder(domain.YearScope(ownPractice, 2022), []byte("iemand")))
	if again.Key != shared.Key {
		t.Errorf("reopened, the scope has another key")
	}
	isSeed(t, v, id, seed)
	keeps(t, v, release, built)
	bundleGone(t, v, other, gone)
	if later, _ := mustNewSeed(t, v); later == id || later == own.Key || mustSeal(t, v, place, domain.ToSeal("x")).Key == own.Key {
		t.Errorf("reopened, it hands out what it handed out before")
	}
}

// lasting is everything that a vault answers to one set of questions. Asked again it must say the same.
func lasting(t *testing.T, v domain.Vault) string {
	t.Helper()
	digest, err := v.Digest(t.Context(), []byte("body"))
	noFault(t, err)
	card := mustCard(t, v, uuid.NewSHA1(uuid.Nil, []byte("card")),
		domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", EarlierYear: domain.No})
	first := mustRecognise(t, v, card, 2022, "soep")
	second := mustRecognise(t, v, card, 2023, "soep")
	noFault(t, v.CountConcern(t.Context(), uuid.NewSHA1(uuid.Nil, []byte("concern")), 2022))
	counted, err := v.Concerns(t.Context(), 2022)
	noFault(t, err)
	other := mustCard(t, v, uuid.NewSHA1(uuid.Nil, []byte("other")), domain.NewCard{Practice: ownPractice, Nickname: "muts", Traits: alone})
	pairs := mustMerge(t, v, card, other)
	traits, err := v.Traits(t.Context(), ownPractice, 2022)
	noFault(t, err)
	cards, err := v.RecentCards(t.Context(), ownPractice, "soep")
	noFault(t, err)
	draft := someDraft()
	draft.ID, draft.Author = uuid.NewSHA1(uuid.Nil, []byte("draft")), uuid.Nil
	return fmt.Sprint(digest, card, first, second, counted, cards, pairs, traits, mustSave(t, v, draft))
}

func sealedOpens(t *testing.T, v domain.Vault) {
	for _, text := range []string{"x", "Er is geen bus na zes uur.", strings.Repeat("é", 1000), "\x00\xff"} {
		for _, s := range []domain.Sealed{domain.ToSeal(text), domain.ToSealUnder("shared", []byte(text))} {
			at := somewhere()
			sealed := mustSeal(t, v, at, s)
			if sealed.Place != at || sealed.Key == uuid.Nil || sealed.Box == "" {
				t.Fatalf("sealed without place, key or box")
			}
			if plain, scope := sealed.Plain(); plain != "" || scope != "" {
				t.Fatalf("sealed still holds what it sealed")
			}
			opens(t, v, sealed, text)
			opens(t, v, sealed, text)
		}
	}
}

func noTextIsNotSealed(t *testing.T, v domain.Vault) {
	if sealed := mustSeal(t, v, somewhere(), domain.ToSeal("")); sealed != (domain.Sealed{}) {
		t.Errorf("no text was sealed: %v", sealed)
	}
	opens(t, v, domain.Sealed{}, "")
}

func sealedOnce(t *testing.T, v domain.Vault) {
	sealed := mustSeal(t, v, somewhere(), domain.ToSeal("drempel"))
	if _, err := v.Seal(t.Context(), somewhere(), sealed); err == nil {
		t.Errorf("a sealed text was sealed again")
	}
}

func sealedHides(t *testing.T, v domain.Vault) {
	at := somewhere()
	text := domain.ToSealUnder("shared", []byte("wachtlijst"))
	one, two := mustSeal(t, v, at, text), mustSeal(t, v, at, text)
	if strings.Contains(one.Box, "wacht") {
		t.Errorf("the box shows its text")
	}
	if one.Box == two.Box {
		t.Errorf("equal texts give equal boxes")
	}
}

func movedDoesNotOpen(t *testing.T, v domain.Vault) {
	sealed := mustSeal(t, v, somewhere(), domain.ToSealUnder("shared", []byte("de trap is te steil")))
	other := mustSeal(t, v, somewhere(), domain.ToSealUnder("another", []byte("de trap is te steil")))
	moved := map[string]domain.Sealed{}
	alter := func(name string, change func(*domain.Sealed)) {
		s := sealed
		change(&s)
		moved[name] = s
	}
	alter("another event", func(s *domain.Sealed) { s.Place.Event = uuid.New() })
	alter("another field", func(s *domain.Sealed) { s.Place.Field += "x" })
	alter("no field", func(s *domain.Sealed) { s.Place.Field = "" })
	alter("another key", func(s *domain.Sealed) { s.Key = other.Key })
	alter("another box", func(s *domain.Sealed) { s.Box = other.Box })
	for n := range len(sealed.Box) {
		alter(fmt.Sprint("cut at ", n), func(s *domain.Sealed) { s.Box = s.Box[:n] })
	}
	alter("longer", func(s *domain.Sealed) { s.Box += "\x00" })
	for bit := range len(sealed.Box) * 8 {
		alter(fmt.Sprint("bit ", bit), func(s *domain.Sealed) {
			box := []byte(s.Box)
			box[bit/8] ^= 1 << (bit % 8)
			s.Box = string(box)
		})
	}
	for name, s := range moved {
		if s.IsZero() {
			continue // cut to nothing it is no text at all
		}
		if plain, err := v.Open(t.Context(), s); err == nil || len(plain) > 0 || errors.Is(err, domain.ErrForgotten) {
			t.Errorf("%s: opened, or was said to be forgotten: %v", name, err)
		}
	}
}

func unknownKeyDoesNotOpen(t *testing.T, v domain.Vault) {
	sealed := mustSeal(t, v, somewhere(), domain.ToSeal("drempel"))
	sealed.Key = uuid.New()
	if _, err := v.Open(t.Context(), sealed); err == nil || errors.Is(err, domain.ErrForgotten) {
		t.Errorf("opened under a key that never was: %v", err)
	}
	if _, err := v.Open(t.Context(), domain.ToSeal("drempel")); err == nil {
		t.Errorf("opened what was never sealed")
	}
}

func keysByScope(t *testing.T, v domain.Vault) {
	year := func(practice domain.PracticeID, year int) uuid.UUID {
		return mustSeal(t, v, somewhere(), domain.ToSealUnder(domain.YearScope(practice, year), []byte("x"))).Key
	}
	if year(ownPractice, 2022) != year(ownPractice, 2022) {
		t.Errorf("one scope, two keys")
	}
	keys := map[uuid.UUID]bool{}
	for _, key := range []uuid.UUID{
		year(ownPractice, 2022), year(ownPractice, 2023), year(otherPractice, 2022),
		mustSeal(t, v, somewhere(), domain.ToSeal("x")).Key, mustSeal(t, v, somewhere(), domain.ToSeal("x")).Key,
	} {
		if keys[key] {
			t.Errorf("a key serves two scopes, or two texts without scope")
		}
		keys[key] = true
	}
}

func seeds(t *testing.T, v domain.Vault) {
	seen := map[[32]byte]bool{{}: true}
	for range 3 {
		id, seed := mustNewSeed(t, v)
		isSeed(t, v, id, seed)
		isSeed(t, v, id, seed)
		if seen[seed] {
			t.Errorf("a seed was handed out twice")
		}
		seen[seed] = true
	}
	shared := mustSeal(t, v, somewhere(), domain.ToSealUnder("shared", []byte("x")))
	for what, id := range map[string]domain.SeedID{"one that never was": uuid.New(), "the key of a scope": shared.Key, "none": {}} {
		if seed, err := v.Seed(t.Context(), id); !errors.Is(err, domain.ErrNoSeed) || seed != [32]byte{} {
			t.Errorf("%s is no seed, and yet: %v", what, err)
		}
	}
}

func mustNewSeed(t *testing.T, v domain.Vault) (domain.SeedID, [32]byte) {
	t.Helper()
	id, seed, err := v.NewSeed(t.Context())
	noFault(t, err)
	return id, seed
}

func isSeed(t *testing.T, v domain.Vault, id domain.SeedID, want [32]byte) {
	t.Helper()
	seed, err := v.Seed(t.Context(), id)
	noFault(t, err)
	if seed != want {
		t.Errorf("an id leads to another seed")
	}
}

func digests(t *testing.T, v domain.Vault) {
	seen := map[[16]byte]bool{{}: true}
	for _, body := range []string{"", "a", "b", "ab", strings.Repeat("a", 10000)} {
		one, err := v.Digest(t.Context(), []byte(body))
		noFault(t, err)
		two, err := v.Digest(t.Context(), bytes.Clone([]byte(body)))
		noFault(t, err)
		if one != two {
			t.Errorf("equal bodies, two digests")
		}
		if seen[one] {
			t.Errorf("two bodies, one digest")
		}
		seen[one] = true
	}
}

func digestsAreKeyed(t *testing.T, one, two domain.Vault) {
	a, err := one.Digest(t.Context(), []byte("body"))
	noFault(t, err)
	b, err := two.Digest(t.Context(), []byte("body"))
	noFault(t, err)
	if a == b {
		t.Errorf("two vaults digest alike: whoever guesses at a body can check")
	}
}

// manyAtOnce has goroutines do everything together, on what they share and on what is their own.
func manyAtOnce(t *testing.T, v domain.Vault) {
	const many = 16
	card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", EarlierYear: domain.No})
	command := uuid.New()
	var answers [many]string
	var handed sync.Map
	var all sync.WaitGroup
	for i := range many {
		all.Go(func() {
			own := mustSeal(t, v, somewhere(), domain.ToSeal(fmt.Sprint("tekst ", i)))
			opens(t, v, own, fmt.Sprint("tekst ", i))
			seed, _ := mustNewSeed(t, v)
			for _, id := range []uuid.UUID{own.Key, seed} {
				if _, again := handed.LoadOrStore(id, true); again {
					t.Errorf("at once, one key was handed to two")
				}
			}
			shared := mustSeal(t, v, somewhere(), domain.ToSealUnder("shared", []byte("x")))
			made := mustCard(t, v, command, domain.NewCard{Practice: ownPractice, Nickname: "muts"})
			noFault(t, v.CountConcern(t.Context(), command, 2022))
			answers[i] = fmt.Sprint(shared.Key, made, mustRecognise(t, v, card, 2022, "soep"))
		})
	}
	all.Wait()
	for i := range many {
		if answers[i] != answers[0] {
			t.Errorf("at once, two were answered differently")
		}
	}
	if cards, err := v.Cards(t.Context(), ownPractice); err != nil || len(cards) != 2 {
		t.Errorf("at once, one command made %d cards: %v", len(cards)-1, err)
	}
	if counted, err := v.Concerns(t.Context(), 2022); err != nil || counted != 1 {
		t.Errorf("at once, one command counted %d: %v", counted, err)
	}
}

func somewhere() domain.Place { return domain.Place{Event: uuid.New(), Field: "/statement"} }

func inYear(year int) domain.Date { return domain.DateOf(year, time.May, 2) }

func mustSeal(t *testing.T, v domain.Vault, at domain.Place, s domain.Sealed) domain.Sealed {
	t.Helper()
	sealed, err := v.Seal(t.Context(), at, s)
	noFault(t, err)
	return sealed
}

func mustCard(t *testing.T, v domain.Vault, command domain.CommandID, card domain.NewCard) domain.CardID {
	t.Helper()
	id, err := v.AddCard(t.Context(), command, card)
	noFault(t, err)
	return id
}

func mustRecognise(t *testing.T, v domain.Vault, card domain.CardID, year int, activity domain.Code) domain.Recognition {
	t.Helper()
	recognition, err := v.Recognise(t.Context(), ownPractice, card, inYear(year), activity)
	noFault(t, err)
	return recognition
}

func opens(t *testing.T, v domain.Vault, s domain.Sealed, want string) {
	t.Helper()
	plain, err := v.Open(t.Context(), s)
	noFault(t, err)
	if string(plain) != want {
		t.Errorf("opened, it says %q and not %q", plain, want)
	}
}

// noFault may be called from any goroutine of a test, so it does not end it.
func noFault(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("fault: %v", err)
	}
}
