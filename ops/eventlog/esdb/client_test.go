package esdb

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/esdbtest"
)

func openOn(t *testing.T, node *esdbtest.Node) *Log {
	t.Helper()
	log, err := Open(t.Context(), node.ConnectionString(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	return log
}

func someDraft() domain.Draft {
	return domain.Draft{ID: uuid.New(), Name: "thing.happened.v1", At: time.UnixMicro(1).UTC(), Payload: []byte(`{}`)}
}

// Given a follower that has its subscription and a client that dies, when anything is asked of the log, then the log stops
// and says so to all.
func TestADeadClientStopsTheLog(t *testing.T) {
	node := esdbtest.Start(t)
	log := openOn(t, node)
	if _, err := log.Append(t.Context(), "thing-b", domain.NoStream, []domain.Draft{someDraft()}); err != nil {
		t.Fatal(err)
	}
	following := make(chan error)
	go func() {
		for _, err := range log.Follow(t.Context(), domain.Position{}) {
			following <- err
		}
	}()
	if err := <-following; err != nil {
		t.Fatal(err)
	}
	if log.Err() != nil {
		t.Errorf("a log that lives says %v", log.Err())
	}
	log.client.Close()
	if _, err := log.End(t.Context()); !errors.Is(err, ErrStopped) {
		t.Errorf("end: %v", err)
	}
	<-log.Stopped()
	if err := <-following; !errors.Is(err, ErrStopped) {
		t.Errorf("the follower ended with %v", err)
	}
	_, err := log.Append(t.Context(), "thing-a", domain.NoStream, []domain.Draft{someDraft()})
	if !errors.Is(err, ErrStopped) || errors.Is(err, domain.ErrUnknown) || !errors.Is(log.Err(), ErrStopped) {
		t.Errorf("append: %v; the log has stopped because of %v", err, log.Err())
	}
}

// Given a server that answers a repetition without a position, when it does, then the position is looked up.
func TestAMissingPositionIsLookedUp(t *testing.T) {
	log := openOn(t, esdbtest.Start(t))
	drafts := []domain.Draft{someDraft(), someDraft()}
	answer, err := log.Append(t.Context(), "thing-a", domain.NoStream, drafts)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWrite("thing-a", domain.NoStream, drafts)
	if err != nil {
		t.Fatal(err)
	}
	for _, position := range []uint64{0, noPosition} {
		got, err := log.placeOf(t.Context(), w,
			&client.WriteResult{CommitPosition: position, PreparePosition: position, NextExpectedVersion: 1})
		if err != nil || got != answer {
			t.Errorf("got %v, %v, want %v", got, err, answer)
		}
	}
}

func TestTheClientsPanicsAreErrors(t *testing.T) {
	if err := guarded(func() error { panic("unreachable code") }); !errors.Is(err, errBroken) {
		t.Errorf("got %v", err)
	}
	if err := outcome(errBroken, true); !errors.Is(err, domain.ErrUnknown) {
		t.Errorf("got %v", err)
	}
}

// What a server writes into its errors is in none of ours.
func TestErrorsAreExplained(t *testing.T) {
	for name, given := range map[string]struct{ err, want error }{
		"a connection that ends in the middle":   {io.EOF, errAgain},
		"a status of the transport":              {status.Error(codes.Unavailable, "Beste buur"), errAgain},
		"a call that was given up":               {status.Error(codes.Canceled, "Beste buur"), errAgain},
		"a deadline":                             {status.Error(codes.DeadlineExceeded, ""), errAgain},
		"no right":                               {status.Error(codes.PermissionDenied, "Beste buur"), ErrDenied},
		"no user":                                {status.Error(codes.Unauthenticated, ""), ErrDenied},
		"not found, which may mean no right":     {status.Error(codes.NotFound, "thing-buur"), ErrDenied},
		"something that a server does not know":  {status.Error(codes.Unimplemented, ""), ErrRefused},
		"something that a server does not allow": {status.Error(codes.InvalidArgument, "Beste buur"), ErrRefused},
	} {
		err := explained(given.err)
		if !errors.Is(err, given.want) || strings.Contains(err.Error(), "buur") {
			t.Errorf("%s: got %v, want %v", name, err, given.want)
		}
	}
}

// The turns of calls that were left, of those that failed and of readings that were left early all come back.
func TestTurnsComeBack(t *testing.T) {
	node := esdbtest.Start(t)
	log := openOn(t, node)
	for i := range 20 {
		ctx, cancel := context.WithCancel(t.Context())
		stream := domain.NewStreamID("thing", string(rune('a'+i)))
		if _, err := log.Append(ctx, stream, domain.NoStream, []domain.Draft{someDraft(), someDraft()}); err != nil {
			t.Fatal(err)
		}
		for range log.Follow(ctx, domain.Position{}) {
			break
		}
		for range log.ReadAll(ctx, domain.Position{}) {
			break
		}
		if _, err := log.Append(ctx, stream, domain.NoStream, []domain.Draft{someDraft()}); !errors.Is(err, domain.ErrConflict) {
			t.Error(err)
		}
		cancel()
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	<-log.done
	if len(log.turns) != 0 {
		t.Errorf("%d turns were not given back", len(log.turns))
	}
	if len(log.desks) != 0 {
		t.Errorf("%d goroutines still wait at their desks", len(log.desks))
	}
}

// Given patience that ends when the answer is just there, when whoever asked takes it, then nobody else gets the desk, whose
// calls would all be cancelled.
func TestADeskIsNotKeptBeyondPatience(t *testing.T) {
	log := openOn(t, esdbtest.Start(t))
	for _, patience := range []time.Duration{time.Hour, 0, 0} { // the last one sits where the first one did
		if err := log.begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		d := log.sit(patience)
		if patience == 0 {
			<-d.ctx.Done()
		}
		log.stand(d)
		if free := log.freeDesk(); free != nil && free.ctx.Err() != nil {
			t.Error("the next one gets a desk whose context has ended")
		} else if free != nil {
			log.desks = append(log.desks, free)
		}
	}
}

// Given a checkpoint, when it comes, then whoever waits hears that the server lives, and gets no event.
func TestCheckpointsAreSignsOfLife(t *testing.T) {
	p := pump{flow: newFlow()}
	if err := p.pass(t.Context(), &following{}, nil); err != nil {
		t.Fatal(err)
	}
	if events, err := p.flow.take(t.Context(), nil); len(events) != 0 || err != nil {
		t.Errorf("got %v, %v", events, err)
	}
}

// deaf is a server that finds nothing, whatever is asked: a real one may say that of what it does not show to somebody.
type deaf struct {
	streams.UnimplementedStreamsServer
}

func (deaf) Read(*streams.ReadReq, streams.Streams_ReadServer) error {
	return status.Error(codes.NotFound, "thing-buur")
}

// Given a server that says it finds nothing instead of answering that there is no such stream, when a stream is read, then
// it is not taken for an empty one.
func TestNotFoundIsNotEmpty(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	streams.RegisterStreamsServer(server, deaf{})
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	config, err := configured("esdb://" + listener.Addr().String() + "?tls=false")
	if err != nil {
		t.Fatal(err)
	}
	log, err := newLog(config, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	read := 0
	for _, err = range log.ReadStream(t.Context(), "thing-a", 0) {
		read++
	}
	if !errors.Is(err, ErrDenied) || read != 1 || strings.Contains(err.Error(), "buur") {
		t.Errorf("read %d times, then %v", read, err)
	}
}

// Whatever the client complains about, nobody is told the password.
func TestTroubleKeepsThePassword(t *testing.T) {
	heard := trouble{secret: "geheim"}
	heard.hear(client.LogWarn, "error with %s", "node.example")
	heard.hear(client.LogWarn, "error with %s", "admin:geheim@node.example")
	heard.hear(client.LogError, "unexpected exception: %v", "Beste buur")
	got := heard.explain(ErrUnreachable)
	if !errors.Is(got, ErrUnreachable) || !strings.HasSuffix(got.Error(), "error with node.example") {
		t.Errorf("got %v", got)
	}
}

// An append may be under way longer than its caller waits for it, and owns the bytes.
func TestProposedEventsAreCopies(t *testing.T) {
	draft := someDraft()
	event, err := proposed(&draft)
	if err != nil {
		t.Fatal(err)
	}
	draft.Payload[0] = 'x'
	envelope := string(event.Metadata)
	if _ = append(event.Data, 'x'); string(event.Data) != "{}" || string(event.Metadata) != envelope {
		t.Errorf("got %q with %q", event.Data, event.Metadata)
	}
}

// What is known of a log does not shrink when an older answer arrives later.
func TestTheFurthestIsKept(t *testing.T) {
	near, far := domain.Position{Commit: 97, Prepare: 97}, domain.Position{Commit: 194, Prepare: 194}
	var log Log
	for _, p := range []domain.Position{near, far, near} {
		log.told(p)
	}
	if got := log.furthest(); got != far {
		t.Errorf("got %v, want %v", got, far)
	}
}
