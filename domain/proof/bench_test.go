package proof_test

import (
	"bytes"
	"testing"

	"signaalboek/domain/proof"
	"signaalboek/domain/release"
)

// A bundle of the size of a real one (some 400 kB), with a policy and the bundle before it: it must take less than 5 s.
func BenchmarkVerify(b *testing.B) {
	w := newTown(b)
	half := w.release(release.Period{Year: 2022, Part: release.FirstHalf}, 0)
	whole := w.release(release.Period{Year: 2022, Part: release.WholeYear}, len(w.recorded), func(files []proof.File) {
		files[0].Content = append(files[0].Content, bytes.Repeat([]byte("<p>Een zin over de buurt.</p>\n"), 1<<14)...)
	})
	bundle, by := whole.bundle(b), proof.Reader{Policy: w.policy(), Previous: half.bundle(b)}
	b.SetBytes(int64(len(bundle)))
	b.ReportAllocs()
	for b.Loop() {
		if proof.Verify(bundle, by).Result() != proof.Held {
			b.Fatal("it does not hold")
		}
	}
}
