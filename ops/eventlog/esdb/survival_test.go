package esdb_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
)

// hasty does not wait long for an answer that does not come, and long enough for one that does.
var hasty = esdb.Options{Attempt: 500 * time.Millisecond}

// Given a server that loses acknowledgements or requests, in each of the ways in which it can, when events are appended,
// then each is recorded once, at the position that the append answers.
func TestLostAnswers(t *testing.T) {
	for how, loss := range map[string]esdbtest.Loss{
		"cut": esdbtest.Cut, "silence": esdbtest.Silence, "abort": esdbtest.Abort,
	} {
		for what, drop := range map[string]func(*esdbtest.Node, int){
			"acknowledgements": (*esdbtest.Node).DropAcks, "requests": (*esdbtest.Node).DropRequests,
		} {
			t.Run(what+"/"+how, func(t *testing.T) {
				t.Parallel()
				node := esdbtest.Start(t)
				log := open(t, node.ConnectionString(), hasty)
				node.LoseBy(loss)
				for i := range 5 {
					drop(node, 1+i%3)
					answer, err := log.Append(t.Context(), "thing-a", domain.Revision(2*i-1), drafts(2))
					if err != nil {
						t.Fatal(err)
					}
					if end, err := log.End(t.Context()); err != nil || end != answer {
						t.Errorf("answered %v, and the log ends at %v, %v", answer, end, err)
					}
				}
				if events, err := collect(log.ReadStream(t.Context(), "thing-a", 0)); err != nil || len(events) != 10 {
					t.Errorf("%d events are recorded, want 10: %v", len(events), err)
				}
			})
		}
	}
}

// Given an append whose answer is lost and that gives up, when somebody else is at that revision, then it was a conflict;
// when nobody is, then asking again finds it.
func TestUnknownOutcomes(t *testing.T) {
	node := esdbtest.Start(t)
	log := open(t, node.ConnectionString(), esdb.Options{Attempt: 100 * time.Millisecond, Patience: 500 * time.Millisecond})
	other := open(t, node.ConnectionString(), esdb.Options{})
	node.LoseBy(esdbtest.Silence)
	draft := drafts(1)
	node.DropAcks(1000)
	if _, err := log.Append(t.Context(), "thing-a", domain.NoStream, draft); !errors.Is(err, domain.ErrUnknown) {
		t.Fatalf("got error %v", err)
	}
	node.DropAcks(0)
	answer, err := other.Append(t.Context(), "thing-a", domain.NoStream, draft)
	if events, _ := collect(other.ReadStream(t.Context(), "thing-a", 0)); err != nil || len(events) != 1 || events[0].Position != answer {
		t.Errorf("asked again: %v, %v, %d events", answer, err, len(events))
	}
	if _, err := other.Append(t.Context(), "thing-a", domain.NoStream, drafts(1)); !errors.Is(err, domain.ErrConflict) {
		t.Errorf("somebody else: %v", err)
	}
}

// Given a follower, when subscriptions are dropped, the node crashes, goes silent or is slow, then it gets every event once.
func TestFollowersSurvive(t *testing.T) {
	for name, trouble := range map[string]func(*esdbtest.Node){
		"dropped": (*esdbtest.Node).DropSubscriptions,
		"crashed": func(n *esdbtest.Node) { n.Crash(); n.Restart() },
		"slow":    func(n *esdbtest.Node) { n.SlowConsumer(50 * time.Microsecond) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			node := esdbtest.Start(t)
			log := open(t, node.ConnectionString(), hasty)
			old := given(t, log, "thing-old", 250)
			ctx, cancel := context.WithCancel(t.Context())
			events, ended := follow(ctx, log, old[99].Position)
			got := next(t, 50, events, ended)
			for i := range 10 {
				trouble(node)
				given(t, log, domain.NewStreamID("thing", string(rune('a'+i))), 70)
				got = append(got, next(t, 30, events, ended)...)
			}
			got = append(got, next(t, 150+10*70-len(got), events, ended)...)
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("it ended with %v", err)
			}
			want, err := collect(log.ReadAll(t.Context(), old[99].Position))
			if err != nil || !same(got, want) {
				t.Errorf("it got %d events, the log holds %d: %v", len(got), len(want), err)
			}
		})
	}
}

// Given readers in the middle of everything, when the node crashes under them or stops giving, then each gets everything
// once, in order.
func TestReadingsGoOn(t *testing.T) {
	for trouble, cause := range map[string]func(*esdbtest.Node){
		"a crash": func(n *esdbtest.Node) { n.Crash(); n.Restart() },
		"silence": func(n *esdbtest.Node) {
			n.SlowConsumer(time.Hour)
			time.AfterFunc(150*time.Millisecond, func() { n.SlowConsumer(0) })
		},
	} {
		node := esdbtest.Start(t)
		log := open(t, node.ConnectionString(), hasty)
		whole := given(t, log, "thing-a", 3000)
		backward := slices.Clone(whole)
		slices.Reverse(backward)
		for name, given := range map[string]struct {
			read iter.Seq2[domain.Recorded, error]
			want []domain.Recorded
		}{
			"ReadStream":         {log.ReadStream(t.Context(), "thing-a", 500), whole[500:]},
			"ReadStreamBackward": {log.ReadStreamBackward(t.Context(), "thing-a"), backward},
			"ReadAll":            {log.ReadAll(t.Context(), whole[99].Position), whole[100:]},
		} {
			t.Run(trouble+"/"+name, func(t *testing.T) {
				var got []domain.Recorded
				for r, err := range given.read {
					if err != nil {
						t.Fatal(err)
					}
					if got = append(got, r); len(got)%1000 == 1 {
						cause(node)
					}
				}
				if !same(got, given.want) {
					t.Errorf("got %d events, want %d", len(got), len(given.want))
				}
			})
		}
	}
}

// raw is EventStoreDB's client as anybody else would use it.
func raw(t *testing.T, connection string) *client.Client {
	t.Helper()
	config, err := client.ParseConnectionString(connection)
	if err != nil {
		t.Fatal(err)
	}
	config.Logger = client.NoopLogging()
	c, err := client.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func appendRaw(t *testing.T, c *client.Client, stream, name, data, metadata string) {
	t.Helper()
	_, err := c.AppendToStream(t.Context(), stream, client.AppendToStreamOptions{ExpectedRevision: client.Any{}},
		client.EventData{EventID: uuid.New(), EventType: name, ContentType: client.ContentTypeJson,
			Data: []byte(data), Metadata: []byte(metadata)})
	if err != nil {
		t.Fatal(err)
	}
}

// Given events of the server itself between ours and after them, when the log is read, then they are not there.
func TestTheServersOwnEventsAreSkipped(t *testing.T) {
	node := esdbtest.Start(t)
	log, own := open(t, node.ConnectionString(), esdb.Options{}), raw(t, node.ConnectionString())
	appendRaw(t, own, "$settings", "$settings", `{}`, "")
	if end, err := log.End(t.Context()); err != nil || !end.IsZero() {
		t.Errorf("a log with nothing but the server's events ends at %v, %v", end, err)
	}
	before := given(t, log, "thing-a", 3)
	for range 150 {
		appendRaw(t, own, "$stats-0", "$stats", `{}`, "")
	}
	if end, err := log.End(t.Context()); err != nil || end != before[2].Position {
		t.Errorf("the log ends at %v, want %v: %v", end, before[2].Position, err)
	}
	events, ended := follow(t.Context(), log, domain.Position{})
	after := given(t, log, "thing-b", 2)
	appendRaw(t, own, "$stats-0", "$stats", `{}`, "")
	want := append(before, after...)
	if got, err := collect(log.ReadAll(t.Context(), domain.Position{})); err != nil || !same(got, want) {
		t.Errorf("got %d events, want 5: %v", len(got), err)
	}
	if got := next(t, 5, events, ended); !same(got, want) {
		t.Errorf("followed %v", got)
	}
}

// Given an event that is not ours, or of a later version, when it is read, then the reading fails and nothing is skipped.
func TestEventsOfOthers(t *testing.T) {
	for metadata, want := range map[string]error{
		`{"user":"somebody"}`: esdb.ErrForeign,
		`{"signaalboek":2,"at":"2022-03-01T09:30:00.000042Z"}`: esdb.ErrNewer,
	} {
		node := esdbtest.Start(t)
		log := open(t, node.ConnectionString(), esdb.Options{})
		given(t, log, "thing-a", 2)
		appendRaw(t, raw(t, node.ConnectionString()), "thing-x", "thing.happened.v1", `{"name":"Beste buur"}`, metadata)
		events, err := collect(log.ReadAll(t.Context(), domain.Position{}))
		if len(events) != 2 || !errors.Is(err, want) || strings.Contains(err.Error(), "buur") {
			t.Errorf("read %d events and %v", len(events), err)
		}
		if _, err := collect(log.Follow(t.Context(), domain.Position{})); !errors.Is(err, want) {
			t.Errorf("a follower ended with %v", err)
		}
		if _, err := log.End(t.Context()); err != nil {
			t.Errorf("end: %v", err)
		}
	}
}

// Given a stream of which something was deleted behind our back, when it is read or written, then the log is damaged.
func TestDeletedStreams(t *testing.T) {
	node := esdbtest.Start(t)
	log, own := open(t, node.ConnectionString(), esdb.Options{}), raw(t, node.ConnectionString())
	for _, stream := range []domain.StreamID{"thing-tombstoned", "thing-deleted", "thing-truncated"} {
		given(t, log, stream, 5)
	}
	_, err1 := own.TombstoneStream(t.Context(), "thing-tombstoned", client.TombstoneStreamOptions{ExpectedRevision: client.Revision(4)})
	_, err2 := own.DeleteStream(t.Context(), "thing-deleted", client.DeleteStreamOptions{ExpectedRevision: client.Revision(4)})
	_, err3 := own.DeleteStream(t.Context(), "thing-truncated", client.DeleteStreamOptions{ExpectedRevision: client.Revision(4)})
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	_, err := log.Append(t.Context(), "thing-truncated", domain.NoStream, drafts(1))
	if !errors.Is(err, esdb.ErrDamaged) || !errors.Is(err, domain.ErrUnknown) {
		t.Errorf("append behind a deletion: %v", err)
	}
	for _, stream := range []domain.StreamID{"thing-tombstoned", "thing-truncated"} {
		if events, err := collect(log.ReadStream(t.Context(), stream, 0)); !errors.Is(err, esdb.ErrDamaged) {
			t.Errorf("%s: %d events, %v", stream, len(events), err)
		}
		if events, err := collect(log.ReadStreamBackward(t.Context(), stream)); !errors.Is(err, esdb.ErrDamaged) {
			t.Errorf("%s backward: %d events, %v", stream, len(events), err)
		}
	}
	if _, err := log.Append(t.Context(), "thing-tombstoned", 4, drafts(1)); !errors.Is(err, esdb.ErrDamaged) || errors.Is(err, domain.ErrUnknown) {
		t.Errorf("append to a tombstone: %v", err)
	}
	if _, err := collect(log.ReadAll(t.Context(), domain.Position{})); err == nil {
		t.Error("the tombstone was skipped")
	}
}

// Given users and TLS, when somebody may not do what a log does, then every call says so, and no error says a password.
func TestUsers(t *testing.T) {
	const secret = "gehe:im/wacht@woord"
	node := esdbtest.Start(t, esdbtest.WithTLS(), esdbtest.WithAdmin("admin", secret), esdbtest.WithUser("reader", secret))
	log := open(t, node.ConnectionString(), esdb.Options{})
	given(t, log, "thing-a", 3)
	for name, connection := range map[string]string{
		"a wrong password":      node.ConnectionStringAs("admin", secret+"!"),
		"an unknown user":       node.ConnectionStringAs("nobody", secret),
		"a user without rights": node.ConnectionStringAs("reader", secret),
		"nobody":                strings.Replace(node.ConnectionString(), "admin:gehe%3Aim%2Fwacht%40woord@", "", 1),
	} {
		_, err := esdb.Open(t.Context(), connection, esdb.Options{})
		if !errors.Is(err, esdb.ErrDenied) || strings.Contains(err.Error(), "wacht") {
			t.Errorf("%s: got error %v", name, err)
		}
	}
}

// Given a node whose certificate nobody vouches for, when a log is opened, then the error says what is wrong with it.
func TestUntrustedCertificates(t *testing.T) {
	t.Parallel()
	node := esdbtest.Start(t, esdbtest.WithTLS(), esdbtest.WithAdmin("admin", "geheim"))
	connection, _, _ := strings.Cut(node.ConnectionString(), "?")
	_, err := esdb.Open(t.Context(), connection, esdb.Options{Patience: 2 * time.Second})
	if !errors.Is(err, esdb.ErrUnreachable) || !strings.Contains(err.Error(), "certificate") || strings.Contains(err.Error(), "geheim") {
		t.Errorf("got error %v", err)
	}
}

// Given an append of as much as a server takes, and one of a byte more, when they are appended, then the first is recorded
// and the second is refused before anything is sent.
func TestTooLarge(t *testing.T) {
	node := esdbtest.Start(t)
	log := open(t, node.ConnectionString(), esdb.Options{})
	large := drafts(1)
	overhead := 52 + 2*len(large[0].Name)
	large[0].Metadata = nil
	large[0].Payload = make([]byte, esdb.MaxAppend-overhead)
	if _, err := log.Append(t.Context(), "thing-a", domain.NoStream, large); err != nil {
		t.Errorf("as much as is allowed: %v", err)
	}
	large[0].Payload = append(large[0].Payload, 'x')
	node.Crash()
	defer node.Restart()
	if _, err := log.Append(t.Context(), "thing-b", domain.NoStream, large); !errors.Is(err, esdb.ErrTooLarge) {
		t.Errorf("a byte more: %v", err)
	}
}

func TestAppendsThatMakeNoSense(t *testing.T) {
	log := open(t, esdbtest.Start(t).ConnectionString(), esdb.Options{})
	for name, ask := range map[string]func() (domain.Position, error){
		"an invalid name":   func() (domain.Position, error) { return log.Append(t.Context(), "$all", domain.NoStream, drafts(1)) },
		"nothing to append": func() (domain.Position, error) { return log.Append(t.Context(), "thing-a", domain.NoStream, nil) },
		"below no stream":   func() (domain.Position, error) { return log.Append(t.Context(), "thing-a", -2, drafts(1)) },
	} {
		if _, err := ask(); err == nil || errors.Is(err, domain.ErrUnknown) {
			t.Errorf("%s: got error %v", name, err)
		}
	}
}
