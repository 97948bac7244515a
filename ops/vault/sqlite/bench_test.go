package sqlite_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// BenchmarkOpenRecognition opens what a start opens tens of thousands of: small texts under one key.
func BenchmarkOpenRecognition(b *testing.B) {
	v := open(b, b.TempDir())
	at := domain.Place{Event: uuid.New(), Field: "/recognition"}
	raw, err := domain.Recognition{}.MarshalBinary()
	if err != nil {
		b.Fatal(err)
	}
	sealed, err := v.Seal(b.Context(), at, domain.ToSealUnder(domain.YearScope(practice, 2022), raw))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := v.Open(b.Context(), sealed); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpenText opens texts that each have a key of their own, more of them than memory keeps.
func BenchmarkOpenText(b *testing.B) {
	v := open(b, b.TempDir())
	texts := make([]domain.Sealed, 20000)
	seal(b, v, texts)
	for i := 0; b.Loop(); i++ {
		if _, err := v.Open(b.Context(), texts[i%len(texts)]); err != nil {
			b.Fatal(err)
		}
	}
}

func seal(b testing.TB, v domain.Vault, texts []domain.Sealed) {
	b.Helper()
	var next atomic.Int64
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(texts)); i = next.Add(1) - 1 {
				at := domain.Place{Event: uuid.New(), Field: "/statement"}
				sealed, err := v.Seal(b.Context(), at, domain.ToSeal("de bus rijdt niet"))
				if err != nil {
					b.Error(err)
				}
				texts[i] = sealed
			}
		})
	}
	all.Wait()
}

// BenchmarkNewSeed takes seeds, each durable before it is answered.
func BenchmarkNewSeed(b *testing.B) {
	v := open(b, b.TempDir())
	for b.Loop() {
		if _, _, err := v.NewSeed(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRecogniseAgain asks what was asked before: nothing is written.
func BenchmarkRecogniseAgain(b *testing.B) {
	v := open(b, b.TempDir())
	card, err := v.AddCard(b.Context(), uuid.New(), domain.NewCard{Practice: practice, Nickname: "rode fiets"})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := v.Recognise(b.Context(), practice, card, domain.DateOf(2022, 5, 2), "soep"); err != nil {
			b.Fatal(err)
		}
	}
}
