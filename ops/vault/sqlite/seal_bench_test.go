package sqlite_test

import (
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// BenchmarkSeal seals texts under keys of their own, each durable before it is answered.
func BenchmarkSeal(b *testing.B) {
	v := open(b, b.TempDir())
	b.SetParallelism(32)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			at := domain.Place{Event: uuid.Must(uuid.NewV7()), Field: "/statement"}
			if _, err := v.Seal(b.Context(), at, domain.ToSeal("de bus rijdt niet")); err != nil {
				b.Error(err)
			}
		}
	})
}
