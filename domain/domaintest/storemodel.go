package domaintest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
)

// model is what a log must be after a history of appends.
type model struct {
	store   domain.Store
	ctx     context.Context
	start   domain.Position // where the log ended before the history
	prefix  string          // of stream keys, so that each history has streams of its own
	events  []domain.Recorded
	appends []appended
}

type appended struct {
	stream   domain.StreamID
	expected domain.Revision
	drafts   []domain.Draft
	answer   domain.Position
}

func (s *storeSuite) proveModel(t *testing.T, f fixture) {
	histories := 0
	rapid.Check(t, func(rt *rapid.T) {
		start, err := f.End(t.Context())
		if err != nil {
			rt.Fatalf("end: %v", err)
		}
		histories++
		m := &model{store: f.Store, ctx: t.Context(), start: start, prefix: fmt.Sprintf("h%d-", histories)}
		actions := map[string]func(*rapid.T){
			"append": m.append, "append elsewhere": m.appendElsewhere, "append again": m.appendAgain,
			"read a stream": m.readStream, "read all": m.readAll, "": m.checkEnd,
		}
		if s.tellsTaken {
			actions["append a taken id"] = m.appendTaken
		}
		rt.Repeat(actions)
	})
}

func (m *model) drawStream(rt *rapid.T) domain.StreamID {
	return domain.NewStreamID("thing", m.prefix+rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "stream"))
}

func (m *model) of(stream domain.StreamID) []domain.Recorded {
	return slices.DeleteFunc(slices.Clone(m.events), func(r domain.Recorded) bool { return r.Stream != stream })
}

func (m *model) drawDrafts(rt *rapid.T) []domain.Draft {
	drafts := make([]domain.Draft, rapid.IntRange(1, 4).Draw(rt, "drafts"))
	for i := range drafts {
		n := uint32(len(m.events) + i)
		drafts[i] = domain.Draft{
			ID:       uuid.NewSHA1(uuid.NameSpaceOID, binary.BigEndian.AppendUint32([]byte(m.prefix), n)),
			Name:     rapid.SampledFrom([]string{"thing.happened.v1", "thing.ended.v2"}).Draw(rt, "name"),
			At:       time.UnixMicro(rapid.Int64Range(0, 1<<52).Draw(rt, "at")).UTC(),
			Payload:  rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(rt, "payload"),
			Metadata: rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(rt, "metadata"),
		}
	}
	return drafts
}

func (m *model) append(rt *rapid.T) {
	stream, drafts := m.drawStream(rt), m.drawDrafts(rt)
	first := domain.Revision(len(m.of(stream)))
	answer, err := m.store.Append(m.ctx, stream, first-1, drafts)
	if err != nil {
		rt.Fatalf("append to %s at %d: %v", stream, first-1, err)
	}
	m.appends = append(m.appends, appended{stream, first - 1, drafts, answer})
	for i, draft := range drafts {
		m.events = append(m.events, domain.Recorded{Draft: draft, Stream: stream, Revision: first + domain.Revision(i)})
	}
}

func (m *model) appendElsewhere(rt *rapid.T) {
	stream, expected := m.drawStream(rt), domain.Revision(rapid.IntRange(-1, 12).Draw(rt, "expected"))
	if expected == domain.Revision(len(m.of(stream))-1) {
		return
	}
	if _, err := m.store.Append(m.ctx, stream, expected, m.drawDrafts(rt)); !errors.Is(err, domain.ErrConflict) {
		rt.Fatalf("append to %s at %d: got error %v, want a conflict", stream, expected, err)
	}
}

func (m *model) drawAppend(rt *rapid.T) appended {
	if len(m.appends) == 0 {
		rt.Skip("nothing was appended yet") // rapid then draws another action: this one cannot happen now
	}
	return rapid.SampledFrom(m.appends).Draw(rt, "earlier append")
}

func (m *model) appendAgain(rt *rapid.T) {
	earlier := m.drawAppend(rt)
	answer, err := m.store.Append(m.ctx, earlier.stream, earlier.expected, earlier.drafts)
	if err != nil || answer != earlier.answer {
		rt.Fatalf("append again: got %v, %v, want %v", answer, err, earlier.answer)
	}
}

func (m *model) appendTaken(rt *rapid.T) {
	earlier, stream := m.drawAppend(rt), m.drawStream(rt)
	last := domain.Revision(len(m.of(stream)) - 1)
	drafts := append(m.drawDrafts(rt), earlier.drafts[0])
	if _, err := m.store.Append(m.ctx, stream, last, drafts); !errors.Is(err, domain.ErrTaken) {
		rt.Fatalf("append with a taken id: got error %v", err)
	}
}

func (m *model) readStream(rt *rapid.T) {
	stream := m.drawStream(rt)
	want := m.of(stream)
	from := rapid.IntRange(0, len(want)+1).Draw(rt, "from")
	forward := collect(rt, m.store.ReadStream(m.ctx, stream, domain.Revision(from)))
	m.agree(rt, forward, want[min(from, len(want)):])
	slices.Reverse(want)
	m.agree(rt, collect(rt, m.store.ReadStreamBackward(m.ctx, stream)), want)
}

func (m *model) readAll(rt *rapid.T) {
	got := collect(rt, m.store.ReadAll(m.ctx, m.start))
	m.agree(rt, got, m.events)
	if len(got) == 0 {
		return
	}
	i := rapid.IntRange(0, len(got)-1).Draw(rt, "after")
	m.agree(rt, collect(rt, m.store.ReadAll(m.ctx, got[i].Position)), m.events[i+1:])
}

// agree compares what was read with the model, which does not know positions.
func (m *model) agree(rt *rapid.T, got, want []domain.Recorded) {
	if len(got) != len(want) {
		rt.Fatalf("got %d events, want %d", len(got), len(want))
	}
	for i, r := range got {
		r.Position = want[i].Position
		if !sameRecorded(r, want[i]) {
			rt.Fatalf("event %d: got %+v, want %+v", i, r, want[i])
		}
	}
}

func (m *model) checkEnd(rt *rapid.T) {
	want := m.start
	if len(m.appends) > 0 {
		want = m.appends[len(m.appends)-1].answer
	}
	if end, err := m.store.End(m.ctx); err != nil || end != want {
		rt.Fatalf("end: got %v, %v, want %v", end, err, want)
	}
}
