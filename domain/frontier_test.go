package domain_test

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
)

// marked is an event as a log holds it.
func marked() domain.Recorded {
	return domain.Recorded{
		Draft: domain.Draft{
			ID:   uuid.MustParse("0195fd1c-7e1b-82e4-b6b2-5e98e03d264a"),
			Name: "signal.noted.v1", At: time.Date(2026, 11, 22, 9, 30, 0, 250_000_000, time.UTC),
			Payload: []byte(`{"wording":"gesloten"}`), Metadata: []byte(`{"practice":"harelbeke-centrum"}`),
		},
		Stream: "signal-0195fd1c-7e1b-7c1f-8a3e-2b6f0c1d9e77", Revision: 3, Position: domain.Position{Commit: 41, Prepare: 40},
	}
}

// What one version of the program counted, the next compares: marks and frontiers are for ever.
func TestFrontiersAreForEver(t *testing.T) {
	mark := domain.MarkOf(marked())
	if got := hex.EncodeToString(mark[:]); got != "0195fd1c7e1b82e4b6b25e98e03d264a000000168650b36f2249ec942e230fd5" {
		t.Errorf("the mark is %s", got)
	}
	var frontier domain.Frontier
	for i, want := range []string{"c44247441504ed33a7332e43616ce727", "b8dcfe57c8b019784d0f7817ddc6d0ac"} {
		frontier = frontier.Add(marked())
		if got := hex.EncodeToString(frontier.Sum[:]); got != want || frontier.Events != uint64(i+1) {
			t.Errorf("after %d events the sum is %s", frontier.Events, got)
		}
	}
}

// Whatever is recorded of an event is in its mark, and where a store put it is not.
func TestMarkIsOfWhatWasRecorded(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*domain.Recorded)
		same   bool
	}{
		"another id":                     {func(r *domain.Recorded) { r.ID[15] ^= 1 }, false},
		"another name":                   {func(r *domain.Recorded) { r.Name = "signal.noted.v2" }, false},
		"a microsecond later":            {func(r *domain.Recorded) { r.At = r.At.Add(time.Microsecond) }, false},
		"another payload":                {func(r *domain.Recorded) { r.Payload[3] ^= 1 }, false},
		"other metadata":                 {func(r *domain.Recorded) { r.Metadata[3] ^= 1 }, false},
		"payload and metadata exchanged": {func(r *domain.Recorded) { r.Payload, r.Metadata = r.Metadata, r.Payload }, false},
		"a byte on the other side": {func(r *domain.Recorded) {
			r.Payload, r.Metadata = r.Payload[:len(r.Payload)-1], append([]byte("}"), r.Metadata...)
		}, false},
		"another stream":            {func(r *domain.Recorded) { r.Stream += "0" }, false},
		"another revision":          {func(r *domain.Recorded) { r.Revision++ }, false},
		"a payload of many bytes":   {func(r *domain.Recorded) { r.Payload = []byte(strings.Repeat("x", 1<<16)) }, false},
		"another position":          {func(r *domain.Recorded) { r.Position = domain.Position{Commit: 7} }, true},
		"the same moment elsewhere": {func(r *domain.Recorded) { r.At = r.At.In(time.FixedZone("", 3600)) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			changed := marked()
			c.change(&changed)
			if same := domain.MarkOf(changed) == domain.MarkOf(marked()); same != c.same {
				t.Errorf("the mark is the same: %t", same)
			}
		})
	}
}

// Two logs have one frontier only if they are one log: an event that is skipped, doubled, swapped or altered shows, also
// when as many others follow as one likes.
func TestFrontierShowsEveryMistake(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := slices.Repeat([]domain.Recorded{marked()}, rapid.IntRange(2, 30).Draw(t, "events"))
		for i := range log {
			log[i].Revision = domain.Revision(i)
		}
		fed, at := slices.Clone(log), rapid.IntRange(0, len(log)-2).Draw(t, "at")
		switch rapid.IntRange(0, 3).Draw(t, "mistake") {
		case 0:
			fed = slices.Delete(fed, at, at+1)
		case 1:
			fed = slices.Insert(fed, at, fed[at])
		case 2:
			other := rapid.IntRange(at+1, len(log)-1).Draw(t, "other")
			fed[at], fed[other] = fed[other], fed[at]
		default:
			fed[at].Name = "signal.parked.v1"
		}
		if frontierOf(fed) == frontierOf(log) {
			t.Fatal("the mistake does not show")
		}
	})
}

func frontierOf(events []domain.Recorded) (frontier domain.Frontier) {
	for _, recorded := range events {
		frontier = frontier.Add(recorded)
	}
	return frontier
}

func BenchmarkMarkOf(b *testing.B) {
	recorded := marked() // as large as most are
	recorded.Payload, recorded.Metadata = make([]byte, 330), make([]byte, 520)
	b.ReportAllocs()
	for b.Loop() {
		domain.MarkOf(recorded)
	}
}

func BenchmarkFrontierStep(b *testing.B) {
	mark, frontier := domain.MarkOf(marked()), domain.Frontier{}
	for b.Loop() {
		frontier = frontier.Step(mark)
	}
}
