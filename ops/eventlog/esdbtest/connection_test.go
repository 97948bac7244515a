package esdbtest_test

import (
	"net"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"golang.org/x/net/http2"

	"signaalboek/ops/eventlog/esdbtest"
)

// Given a hundred subscriptions on one connection, then a call on it waits until one of them ends.
func TestCallsAtATime(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	var following []subscription
	for range 100 {
		following = append(following, client.follow(esdb.SubscribeToAllOptions{From: esdb.End{}}))
	}
	want(t, client.appendBriefly("s", some(1)[0]), esdb.ErrorCodeDeadlineExceeded)
	following[0].Close()
	client.record("s", esdb.NoStream{}, some(1)...)
}

// Given a connection without a call that is kept alive by a ping every second, then it stays: by grpc's own policy it
// would be closed at the fourth.
func TestKeepAlive(t *testing.T) {
	t.Parallel()
	n := esdbtest.Start(t)
	conn, err := net.DialTimeout("tcp", n.Address(), patience)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte(http2.ClientPreface)); err != nil {
		t.Fatal(err)
	}
	framer := http2.NewFramer(conn, conn)
	if err := framer.WriteSettings(); err != nil {
		t.Fatal(err)
	}
	for beat := byte(1); beat <= 4; beat++ {
		if err := framer.WritePing(false, [8]byte{beat}); err != nil {
			t.Fatalf("ping %d: %v", beat, err)
		}
		waitForPong(t, framer, beat)
		if beat < 4 {
			time.Sleep(1_100 * time.Millisecond) // what is under test: pings may come so often
		}
	}
}

// waitForPong reads past what the node says of itself, until it answers a ping.
func waitForPong(t *testing.T, framer *http2.Framer, beat byte) {
	t.Helper()
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			t.Fatalf("ping %d: %v", beat, err)
		}
		switch f := frame.(type) {
		case *http2.GoAwayFrame:
			t.Fatalf("ping %d: the node closes the connection: %s", beat, f.DebugData())
		case *http2.PingFrame:
			if f.IsAck() && f.Data[0] == beat {
				return
			}
		}
	}
}
