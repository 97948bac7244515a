package esdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"signaalboek/domain"
)

// How long is waited before a call is made again: twice as long each time.
const (
	firstPause   = 10 * time.Millisecond
	longestPause = 500 * time.Millisecond
)

func longer(pause time.Duration) time.Duration { return min(2*pause, longestPause) }

// rested waits, and reports whether ctx and the log still live after that.
func (l *Log) rested(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
	case <-l.life.Done():
	}
	return false
}

// reading is a sequence that is being read, and where it stands.
type reading interface {
	// open asks for what comes next.
	open(ctx context.Context, c *client.Client) (source, error)
	// translate makes an event of ours of one of the client's.
	translate(event *client.RecordedEvent) (domain.Recorded, error)
	// accept looks at an event that has come, and stands behind it if it is the next one.
	accept(r domain.Recorded) (step, error)
	// ended says what the end of what was asked means: nil, errAgain if it cannot be the end, or damage.
	ended() error
	// missing says what it means that there is no such stream.
	missing() error
	// endless says that it waits for more for ever.
	endless() bool
	// reaches says that it has come to a position, or need not.
	reaches(p domain.Position) bool
}

// step is what becomes of an event.
type step int

const (
	give step = iota // it is the next one
	skip             // it was given before
	last             // it is the last one, and nothing more is awaited
)

// read gives everything that a reading reads, with its error at the end.
func (l *Log) read(ctx context.Context, what string, r reading, yield func(domain.Recorded, error) bool) {
	err := l.ready(ctx)
	if err == nil {
		c := course{log: l, reading: r, ctx: ctx, yield: yield}
		err = c.run()
	}
	if err != nil && !errors.Is(err, errLeft) {
		yield(domain.Recorded{}, fmt.Errorf("read %s: %w", what, err))
	}
}

// errLeft is a reader that does not want more.
var errLeft = errors.New("esdb: the reader has left")

// course is a reading under way, over as many calls of the client as it takes.
type course struct {
	reading
	log   *Log
	ctx   context.Context // of whoever reads
	yield func(domain.Recorded, error) bool

	alive context.Context // ctx, or the end of the log
	since time.Time       // since when nothing has come
	pause time.Duration
}

func (c *course) run() error {
	var release context.CancelFunc
	c.alive, release = c.log.alive(c.ctx)
	defer release()
	c.progress()
	for {
		err := c.stretch()
		if !errors.Is(err, errAgain) {
			return err
		}
		if err := c.rest(); err != nil {
			return err
		}
	}
}

// progress starts the patience anew.
func (c *course) progress() { c.since, c.pause = time.Now(), firstPause }

// waiting is the context of a wait for the server.
func (c *course) waiting() (context.Context, context.CancelFunc) {
	if c.endless() {
		return c.alive, func() {}
	}
	return c.log.patient(c.alive, c.since)
}

// rest waits before the next call.
func (c *course) rest() error {
	waiting, cancel := c.waiting()
	defer cancel()
	if !c.log.rested(waiting, c.pause) {
		return c.log.why(c.ctx)
	}
	c.pause = longer(c.pause)
	return nil
}

// stretch reads with one call of the client, up to the end (nil), an interruption (errAgain), or an error.
func (c *course) stretch() error {
	ctx, cancel := context.WithCancel(c.alive)
	defer cancel()
	if err := c.begin(); err != nil {
		return err
	}
	flow, events := c.log.flowing(ctx, cancel, c.reading), []domain.Recorded(nil)
	for {
		var err error
		if events, err = c.take(flow, events); err != nil {
			return c.interpret(err)
		}
		if ended, err := c.hand(events); ended || err != nil {
			return err
		}
	}
}

// begin takes a turn. How long a call was interrupted does not count for what comes of an endless one.
func (c *course) begin() error {
	waiting, done := c.waiting()
	defer done()
	if err := c.log.begin(waiting); err != nil {
		return c.log.why(c.ctx)
	}
	if c.endless() {
		c.since = time.Now()
	}
	return nil
}

// take waits for events.
func (c *course) take(f *flow, used []domain.Recorded) ([]domain.Recorded, error) {
	waiting, done := c.log.patient(c.alive, c.since)
	defer done()
	events, err := f.take(waiting, used)
	switch {
	case err == nil || waiting.Err() == nil:
		return events, err
	case c.endless() && c.alive.Err() == nil:
		return nil, c.silence()
	}
	return nil, untranslatable{c.log.why(c.ctx)}
}

// silence says what it means that nothing comes of an endless reading: nothing, unless something should have come. Then
// its node no longer hears from the others, and the client may have found another one meanwhile.
func (c *course) silence() error {
	if c.reaches(c.log.furthest()) {
		return nil
	}
	return untranslatable{fmt.Errorf("%w: the node is cut off", errAgain)}
}

// hand gives events to the reader. No events are a sign of life.
func (c *course) hand(events []domain.Recorded) (ended bool, err error) {
	given := len(events) == 0
	for _, r := range events {
		step, err := c.accept(r)
		if err != nil {
			return true, err
		}
		if step == skip {
			continue
		}
		if given = true; !c.yield(r, nil) {
			return true, errLeft
		}
		if step == last {
			return true, nil
		}
	}
	if given {
		c.progress()
	}
	return false, nil
}

// interpret says what the end of a call means.
func (c *course) interpret(err error) error {
	if own, ok := errors.AsType[untranslatable](err); ok {
		return own.error
	}
	if err == io.EOF { // wrapped in another error it would be the end of a connection
		return c.ended()
	}
	err = c.log.noted(err)
	if errors.Is(err, errMissing) {
		return c.missing()
	}
	return err
}
