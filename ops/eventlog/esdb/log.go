package esdb

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"signaalboek/domain"
)

// Options say how a log asks its server. The zero value is good.
type Options struct {
	// Attempt is how long the server may take to answer, or be silent in the middle of a reading, before it is asked
	// again; 0 means 5 seconds, or the defaultDeadline of the connection string.
	Attempt time.Duration
	// Patience is how long a call whose context lives longer goes on without an answer; 0 means 30 seconds. Follow has
	// no end to it.
	Patience time.Duration
	// Calls is how many calls wait for a first answer at the same time; 0 means 64. More wait for their turn.
	Calls int
}

const (
	standardAttempt  = 5 * time.Second
	standardPatience = 30 * time.Second
	standardCalls    = 64 // a server allows about a hundred on one connection, and followers need some too
)

func (o Options) filled(config *client.Configuration) Options {
	if o.Attempt <= 0 && config.DefaultDeadline != nil {
		o.Attempt = *config.DefaultDeadline
	}
	if o.Attempt <= 0 {
		o.Attempt = standardAttempt
	}
	if o.Patience <= 0 {
		o.Patience = standardPatience
	}
	if o.Calls <= 0 {
		o.Calls = standardCalls
	}
	return o
}

// Log is a log on EventStoreDB. It implements domain.Store.
type Log struct {
	options Options
	client  *client.Client
	turns   chan struct{} // holds one for each call that waits for its first answer

	life    context.Context         // ends when the log is closed or has stopped
	end     context.CancelCauseFunc // of life, saying why
	stopped chan struct{}           // closed when the client is dead
	stop    func()                  // once
	close   func()                  // once; done is closed when it is through
	done    chan struct{}

	trouble trouble

	mu      sync.Mutex      // guards what follows
	closed  bool            // then no call begins any more
	running sync.WaitGroup  // calls that have begun; waited for only after closed
	desks   []*desk         // at which nobody sits
	known   domain.Position // the furthest that a server has told us of: who follows has to come there
}

var _ domain.Store = (*Log)(nil)

// Open connects to the server that a connection string names, such as "esdb://user:password@one:2113,two:2113,three:2113",
// and waits for a first answer. It fails with what it refuses in the string (ErrMalformed, ErrUnknownKey, ErrExposed,
// ErrPlain, ErrUnverified), with ErrUnreachable and with ErrDenied. No error holds the string or its password.
func Open(ctx context.Context, connection string, options Options) (*Log, error) {
	config, err := configured(connection)
	if err != nil {
		return nil, err
	}
	l, err := newLog(config, options)
	if err != nil {
		return nil, err
	}
	if _, err := l.End(ctx); err != nil {
		l.close() // and is not waited for: nobody may have found a node yet
		return nil, fmt.Errorf("open the log: %w", err)
	}
	return l, nil
}

func newLog(config *client.Configuration, options Options) (_ *Log, err error) {
	options = options.filled(config)
	l := &Log{
		options: options,
		turns:   make(chan struct{}, options.Calls),
		stopped: make(chan struct{}),
		done:    make(chan struct{}),
	}
	l.life, l.end = context.WithCancelCause(context.Background())
	l.stop = sync.OnceFunc(func() {
		l.end(ErrStopped)
		close(l.stopped)
	})
	l.close = sync.OnceFunc(l.shut)
	config.Logger = l.trouble.hear
	l.trouble.secret = config.Password
	if l.client, err = client.NewClient(config); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return l, nil
}

// drainTime is how long Close waits for calls that the client does not let go.
const drainTime = 2 * time.Second

// Close ends all calls, readings and followers with ErrClosed, waits for their goroutines, and closes the client. When no
// node can be found, some goroutines stay until one is, or until the process ends: the client has no way to stop them.
func (l *Log) Close() error {
	l.close()
	select {
	case <-l.done:
	case <-time.After(drainTime):
	}
	return nil
}

// shut closes the client once the last call has ended: never under a call, because that would panic.
func (l *Log) shut() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.end(ErrClosed)
	go func() {
		l.running.Wait()
		l.dismiss()
		l.client.Close() // has no error to tell
		close(l.done)
	}()
}

// Stopped is closed when the log has stopped because its client is dead. The process should end, and start again.
func (l *Log) Stopped() <-chan struct{} { return l.stopped }

// Err is why the log stopped; nil while it has not.
func (l *Log) Err() error {
	select {
	case <-l.stopped:
		return ErrStopped
	default:
		return nil
	}
}

// ready is the error of a log that can no longer be used, or of a context that has ended.
func (l *Log) ready(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return context.Cause(l.life)
}

// alive is a context that ends with ctx, and with the log.
func (l *Log) alive(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	detach := context.AfterFunc(l.life, func() { cancel(context.Cause(l.life)) })
	return ctx, func() {
		detach()
		cancel(nil)
	}
}

// patient is a context that ends with ctx, and some time after since.
func (l *Log) patient(ctx context.Context, since time.Time) (context.Context, context.CancelFunc) {
	return context.WithDeadline(ctx, since.Add(l.options.Patience))
}

// why says why a call does not wait any longer: because of its own context, of the log, or of its patience.
func (l *Log) why(ctx context.Context) error {
	if err := l.ready(ctx); err != nil {
		return err
	}
	return l.trouble.explain(ErrUnreachable)
}

// told is for a position that a server has told us of.
func (l *Log) told(p domain.Position) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known.Before(p) {
		l.known = p
	}
}

func (l *Log) furthest() domain.Position {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.known
}

// trouble is what the client last complained about. It tells an operator why there is no answer: the client itself goes on
// looking and says nothing to those who wait.
type trouble struct {
	secret string // the password, which nobody is told

	mu   sync.Mutex // guards what follows
	last string
}

// hear is the client's logger. Warnings tell what went wrong with a node that it tried.
func (t *trouble) hear(level client.LogLevel, format string, args ...any) {
	if level != client.LogWarn {
		return
	}
	text := fmt.Sprintf(format, args...)
	if t.secret != "" && strings.Contains(text, t.secret) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = text
}

func (t *trouble) explain(err error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == "" {
		return err
	}
	return fmt.Errorf("%w; the last trouble with one was: %s", err, t.last)
}
