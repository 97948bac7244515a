package esdbtest_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"signaalboek/ops/eventlog/esdbtest"
)

// Given a stream with two events or without any, when somebody appends at a revision, then it is taken only there.
func TestExpectedRevision(t *testing.T) {
	for _, c := range []struct {
		given    int
		expected esdb.ExpectedRevision
		taken    bool
	}{
		{0, esdb.NoStream{}, true},
		{0, esdb.Any{}, true},
		{0, esdb.StreamExists{}, false},
		{0, esdb.Revision(0), false},
		{2, esdb.NoStream{}, false},
		{2, esdb.Any{}, true},
		{2, esdb.StreamExists{}, true},
		{2, esdb.Revision(0), false},
		{2, esdb.Revision(1), true},
		{2, esdb.Revision(2), false},
	} {
		t.Run(fmt.Sprintf("%d events, %T %v", c.given, c.expected, c.expected), func(t *testing.T) {
			client := connect(t, esdbtest.Start(t).ConnectionString())
			if c.given > 0 {
				client.record("s", esdb.NoStream{}, some(c.given)...)
			}
			result, err := client.append("s", c.expected, some(1)...)
			if !c.taken {
				want(t, err, esdb.ErrorCodeWrongExpectedVersion)
			} else if err != nil || result.NextExpectedVersion != uint64(c.given) {
				t.Fatalf("got %+v, %v; want revision %d", result, err, c.given)
			}
		})
	}
}

// Given events that were recorded, when their writer asks again with the same ids at the same place, then nothing is
// recorded and the answer is the same, though others wrote meanwhile; other ids there are a conflict.
func TestRetry(t *testing.T) {
	const conflict = -1
	client := connect(t, esdbtest.Start(t).ConnectionString())
	events := some(6)
	client.record("s", esdb.NoStream{}, events[:2]...)
	first := client.record("s", esdb.Revision(1), events[2:4]...)
	client.record("s", esdb.Revision(3), events[4])
	for _, c := range []struct {
		name     string
		expected esdb.ExpectedRevision
		events   []esdb.EventData
		revision int
	}{
		{"the same", esdb.Revision(1), events[2:4], 3},
		{"the same at any revision", esdb.Any{}, events[2:4], 3},
		{"the same as the first ones", esdb.NoStream{}, events[:2], 1},
		{"what was a part of it", esdb.Revision(1), events[2:3], 2},
		{"more than it", esdb.Revision(3), events[4:6], conflict},
		{"more than it at any revision", esdb.Any{}, events[4:6], conflict},
		{"elsewhere", esdb.Revision(0), events[2:4], conflict},
		{"in another order", esdb.Revision(1), []esdb.EventData{events[3], events[2]}, conflict},
	} {
		t.Run(c.name, func(t *testing.T) {
			again, err := client.append("s", c.expected, c.events...)
			switch {
			case c.revision == conflict:
				want(t, err, esdb.ErrorCodeWrongExpectedVersion)
			case err != nil || again.NextExpectedVersion != uint64(c.revision):
				t.Errorf("got %+v, %v; want revision %d", again, err, c.revision)
			case c.revision == int(first.NextExpectedVersion) && *again != *first:
				t.Errorf("got %+v, want %+v as before", again, first)
			}
		})
	}
	if got := idsOf(client.everything()); !slices.Equal(got, idsOfData(events[:5]...)) {
		t.Errorf("stored %v, want %v", got, idsOfData(events[:5]...))
	}
}

// Given events that were recorded at any revision, when the server restarts before their writer asks again, then they
// are recorded twice: without a revision a retry is a best effort.
func TestRetryAtAnyRevisionIsNotSafe(t *testing.T) {
	n := esdbtest.Start(t)
	event := some(1)[0]
	connect(t, n.ConnectionString()).record("s", esdb.Any{}, event)
	n.Crash()
	n.Restart()
	client := connect(t, n.ConnectionString())
	client.record("s", esdb.Any{}, event)
	if got := client.everything(); len(got) != 2 {
		t.Errorf("stored %d events, want 2", len(got))
	}
}

// Given an event with everything that it can have, then it is read back byte for byte, and says when it was recorded.
func TestFidelity(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	before := time.Now().Add(-time.Microsecond)
	events := []esdb.EventData{
		{EventType: "j", ContentType: esdb.ContentTypeJson, Data: []byte(`{"a":"é"}`), Metadata: []byte("m")},
		{EventType: "b", ContentType: esdb.ContentTypeBinary, Data: []byte{0, 255, 10}},
	}
	events[0].EventID, events[1].EventID = uuid.New(), uuid.New()
	result := client.record("käse/ 1", esdb.NoStream{}, events...)
	got, err := client.readStream("käse/ 1", esdb.ReadStreamOptions{}, 9)
	if err != nil || len(got) != 2 {
		t.Fatalf("got %d events, %v", len(got), err)
	}
	for i, e := range got {
		sent := events[i]
		contentType := []string{"application/json", "application/octet-stream"}[i]
		if e.EventID != sent.EventID || e.EventType != sent.EventType || e.ContentType != contentType ||
			e.StreamID != "käse/ 1" || e.EventNumber != uint64(i) ||
			!bytes.Equal(e.Data, sent.Data) || !bytes.Equal(e.UserMetadata, sent.Metadata) {
			t.Errorf("event %d: got %+v, want %+v", i, e, sent)
		}
		if e.CreatedDate.Before(before) || e.CreatedDate.After(time.Now()) {
			t.Errorf("event %d: created %v, which is not now", i, e.CreatedDate)
		}
	}
	if last := got[1].Position; last != (esdb.Position{Commit: result.CommitPosition, Prepare: result.PreparePosition}) {
		t.Errorf("the append said %+v, the event stands at %+v", result, last)
	}
}

// Given an append of a mebibyte, then it is taken; given more, then all of it is refused and nothing is recorded.
func TestAppendLimit(t *testing.T) {
	const limit = 1 << 20
	for _, c := range []struct {
		name  string
		sizes []int
		taken bool
	}{
		{"one event that fills it", []int{limit - 2}, true},
		{"one event above it", []int{limit - 1}, false},
		{"two events above it together", []int{limit / 2, limit/2 - 3}, false},
		{"one event above what grpc takes by itself", []int{5 * limit}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			client := connect(t, esdbtest.Start(t).ConnectionString())
			var events []esdb.EventData
			for _, size := range c.sizes {
				events = append(events, esdb.EventData{
					EventID: uuid.New(), EventType: "e", Data: bytes.Repeat([]byte{'x'}, size),
				})
			}
			_, err := client.append("s", esdb.NoStream{}, events...)
			if !c.taken {
				wantStatus(t, err, codes.InvalidArgument)
			} else if err != nil {
				t.Fatal(err)
			}
			if stored := client.everything(); (len(stored) > 0) != c.taken {
				t.Errorf("stored %d events", len(stored))
			}
		})
	}
}

// Given a deleted stream, then it is not found, and whoever starts it again goes on where it was; what was deleted stays
// in $all.
func TestDelete(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	client.record("s", esdb.NoStream{}, some(3)...)
	_, err := client.DeleteStream(t.Context(), "s", esdb.DeleteStreamOptions{ExpectedRevision: esdb.Revision(1)})
	wantStatus(t, err, codes.FailedPrecondition)
	result, err := client.DeleteStream(t.Context(), "s", esdb.DeleteStreamOptions{ExpectedRevision: esdb.Revision(2)})
	if err != nil || result.Position.Commit == 0 {
		t.Fatalf("delete: %+v, %v", result, err)
	}
	_, err = client.readStream("s", esdb.ReadStreamOptions{}, 9)
	want(t, err, esdb.ErrorCodeResourceNotFound)
	again := some(2)
	if result := client.record("s", esdb.NoStream{}, again...); result.NextExpectedVersion != 4 {
		t.Errorf("the stream goes on at %d, want 4", result.NextExpectedVersion)
	}
	for _, options := range []esdb.ReadStreamOptions{{}, {From: esdb.Revision(3)}} {
		got, err := client.readStream("s", options, 9)
		if err != nil || !slices.Equal(idsOf(got), idsOfData(again...)) {
			t.Errorf("read %v, %v", idsOf(got), err)
		}
	}
	before := esdb.ReadStreamOptions{From: esdb.Revision(2), Direction: esdb.Backwards}
	if got, err := client.readStream("s", before, 9); err != nil || len(got) != 0 {
		t.Errorf("before its new start the stream has %d events, %v", len(got), err)
	}
	if got := client.everything(); len(got) != 5 {
		t.Errorf("$all has %d events, want 5", len(got))
	}
}

// Given a tombstone, then the stream is gone for ever, for readers, writers and subscribers.
func TestTombstone(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	client.record("s", esdb.NoStream{}, some(1)...)
	following := client.followStream("s", esdb.SubscribeToStreamOptions{From: esdb.Start{}})
	_, err := client.TombstoneStream(t.Context(), "s", esdb.TombstoneStreamOptions{ExpectedRevision: esdb.NoStream{}})
	wantStatus(t, err, codes.FailedPrecondition)
	if _, err := client.TombstoneStream(t.Context(), "s", esdb.TombstoneStreamOptions{}); err != nil {
		t.Fatal(err)
	}
	_, err = client.readStream("s", esdb.ReadStreamOptions{}, 9)
	want(t, err, esdb.ErrorCodeStreamDeleted)
	_, err = client.append("s", esdb.Any{}, some(1)...)
	want(t, err, esdb.ErrorCodeStreamDeleted)
	ids, end := following.until(dropped)
	if why := end.SubscriptionDropped.Error; len(ids) != 1 || status.Code(why) != codes.FailedPrecondition {
		t.Errorf("the subscriber got %d events and %v", len(ids), why)
	}
}

// Given metadata of a stream, then it is read back.
func TestStreamMetadata(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	var metadata esdb.StreamMetadata
	metadata.SetMaxCount(7)
	if _, err := client.SetStreamMetadata(t.Context(), "s", esdb.AppendToStreamOptions{}, metadata); err != nil {
		t.Fatal(err)
	}
	got, err := client.GetStreamMetadata(t.Context(), "s", esdb.ReadStreamOptions{})
	if err != nil || got.MaxCount() == nil || *got.MaxCount() != 7 {
		t.Errorf("got %+v, %v", got, err)
	}
}

// wantStatus fails the test if the error has no gRPC status with this code: the client has no code of its own for it.
func wantStatus(t testing.TB, err error, code codes.Code) {
	t.Helper()
	refused, ok := errors.AsType[*esdb.Error](err)
	if !ok || status.Code(refused.Err()) != code {
		t.Fatalf("got error %v, want status %v", err, code)
	}
}
