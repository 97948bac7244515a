package projections

import (
	"context"
	"encoding/binary"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

const harelbeke = domain.PracticeID("harelbeke-centrum")

// diary writes events to a log as the ledger does, one a minute, without asking whether they may.
type diary struct {
	t     interface{ Fatalf(string, ...any) }
	store *domaintest.MemStore
	vault *domaintest.MemVault
	count int
	last  map[domain.StreamID]domain.Revision
	end   domain.Position
}

func newDiary(t interface {
	Fatalf(string, ...any)
	Errorf(string, ...any)
}) *diary {
	return &diary{
		t: t, store: domaintest.NewMemStore(t), vault: domaintest.NewMemVault(), last: map[domain.StreamID]domain.Revision{},
	}
}

var firstMoment = time.Date(2027, 1, 1, 8, 0, 0, 0, time.UTC)

// moment is when the n-th event was recorded, counted from 1.
func moment(n int) time.Time { return firstMoment.Add(time.Duration(n) * time.Minute) }

// write records an event of the practice on a day.
func (d *diary) write(on domain.Date, stream domain.StreamID, event domain.Event) {
	d.writeIn(harelbeke, on, stream, event)
}

func (d *diary) writeIn(practice domain.PracticeID, on domain.Date, stream domain.StreamID, event domain.Event) {
	d.count++
	command := domain.CommandID(numbered(uint32(d.count)))
	id := domain.DeriveID(command, "event", 0)
	trail, err := catalog.EncodeTrail(catalog.Trail{Command: command, Actor: numbered(1), Practice: practice, On: on})
	d.check(err)
	draft := domain.Draft{ID: id, Name: event.EventName(), At: moment(d.count), Payload: d.payload(id, stream, event), Metadata: trail}
	d.append(stream, draft)
}

func (d *diary) payload(id domain.EventID, stream domain.StreamID, event domain.Event) []byte {
	closed, err := catalog.Default.EachText(event, func(field string, text domain.Sealed) (domain.Sealed, error) {
		return d.vault.Seal(context.Background(), domain.Place{Event: id, Field: field}, text)
	})
	d.check(err)
	payload, err := catalog.Default.Encode(closed)
	d.check(err)
	return payload
}

func (d *diary) append(stream domain.StreamID, draft domain.Draft) {
	expected, begun := d.last[stream]
	if !begun {
		expected = domain.NoStream
	}
	position, err := d.store.Append(context.Background(), stream, expected, []domain.Draft{draft})
	d.check(err)
	d.last[stream], d.end = expected+1, position
}

func (d *diary) check(err error) {
	if err != nil {
		d.t.Fatalf("diary: %v", err)
	}
}

// set is everything that was written, folded.
func (d *diary) set() *Set {
	set, err := AsOf(context.Background(), d.store, d.vault, moment(d.count))
	d.check(err)
	return set
}

// open is a text as somebody who may read it sees it.
func (d *diary) open(text domain.Sealed) string {
	plain, err := d.vault.Open(context.Background(), text)
	d.check(err)
	return string(plain)
}

func numbered(n uint32) (id uuid.UUID) {
	binary.BigEndian.PutUint32(id[:], n)
	id[6], id[8] = 0x70, 0x80
	return id
}

// signalNo and the others name the n-th thing of a kind.
func signalNo(n uint32) domain.StreamID { return domain.NewStreamID("signal", numbered(n).String()) }
func meetingNo(n uint32) domain.StreamID {
	return domain.NewStreamID("focusgroep", numbered(n).String())
}
func adviceNo(n uint32) domain.StreamID {
	return domain.NewStreamID("recommendation", numbered(n).String())
}

const bundles = domain.StreamID("bundles-harelbeke-centrum")

// day is the n-th day of 2027.
func day(n int) domain.Date { return domain.DateOf(2027, 1, n) }

func partner(code domain.Code) pursuit.Setting {
	return pursuit.Setting{Kind: pursuit.AtPartner, Code: code}
}

func inFocusgroep(n uint32) pursuit.Setting {
	return pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: meetingNo(n)}
}

func picked(at pursuit.Setting, themes ...domain.Code) signal.PickedUp {
	from := signal.FromPartner
	if at.Kind == pursuit.AtFocusgroep {
		from = signal.FromFocusgroep
	}
	return signal.PickedUp{From: from, Evidence: signal.Evidence{Setting: at}, Themes: themes}
}

func discussed(forum domain.Code, outcome pursuit.Outcome) signal.Discussed {
	return signal.Discussed{Discussed: pursuit.Discussed{Forum: forum, Outcome: outcome, BroughtBy: pursuit.Workers}}
}

func scheduled(forum domain.Code, meeting domain.Date) signal.Scheduled {
	return signal.Scheduled{Scheduled: pursuit.Scheduled{
		Forum: forum, Meeting: meeting, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem,
	}}
}

func fedBack(to pursuit.Setting) signal.FedBack {
	return signal.FedBack{FedBack: pursuit.FedBack{Setting: to, Channel: "gesprek"}}
}

// bytesOf is everything a set holds, as a snapshot writes it, in the clear.
func bytesOf(set *Set) (all []byte) {
	c := &coder{put: func(block []byte) error { all = append(all, block...); return nil }}
	set.code(c)
	c.flush()
	return all
}

func mustSignal(t *testing.T, set *Set, id domain.StreamID, today domain.Date) SignalRow {
	t.Helper()
	row, found, err := set.Signals.Signal(t.Context(), harelbeke, id, today)
	if !found || err != nil {
		t.Fatalf("%s is not found", id)
	}
	return row
}
