package esdbtest

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
)

// liveBuffer is how many new events a live subscription may have waiting before it has fallen behind; searchWindow is
// how many a filter looks through at once if the client does not say.
const (
	liveBuffer   = 32
	searchWindow = 32
)

// subscription follows the log: first what is there, until it has caught up, then what comes. If its reader is too slow
// it has fallen behind, and catches up again; nothing is lost.
type subscription struct {
	life    *life
	stream  streams.Streams_ReadServer
	options *streams.ReadReq_Options

	wanted   func(*record) bool
	interval int // records between two checkpoints; 0 without a filter: then there are none

	next       int     // the index of the next record to look at
	considered int     // records looked at since the last checkpoint
	last       *record // the last one looked at since the last checkpoint
	live       bool
}

// subscribe serves a subscription for as long as its reader and this life are there.
func (l *life) subscribe(options *streams.ReadReq_Options, stream streams.Streams_ReadServer) error {
	s := &subscription{life: l, stream: stream, options: options}
	if err := s.prepare(); err != nil {
		return err
	}
	dropped := l.node.faults.dropping()
	if err := stream.Send(confirmation()); err != nil {
		return err
	}
	for {
		seen, grown := l.seen()
		if err := s.catchUp(seen); err != nil {
			return err
		}
		select {
		case <-grown:
		case <-dropped:
			return errDropped
		case <-stream.Context().Done():
			return stream.Context().Err()
		}
	}
}

// prepare finds where the subscription starts, after the place that was asked for, and what it wants.
func (s *subscription) prepare() error {
	if s.options.GetStream() != nil {
		return s.prepareStream()
	}
	seen, _ := s.life.seen()
	var after uint64
	switch from := s.options.GetAll().GetAllOption().(type) {
	case *streams.ReadReq_Options_AllOptions_End:
		s.next = len(seen)
	case *streams.ReadReq_Options_AllOptions_Position:
		var err error
		if s.next, err = locate(seen, from.Position); err != nil {
			return err
		}
		after = from.Position.GetCommitPosition()
	}
	passes, err := s.filter()
	if err != nil {
		return err
	}
	// A position may be later than everything that is there: what comes up to it is not wanted either.
	s.wanted = func(r *record) bool { return r.commit > after && passes(r) }
	return nil
}

func (s *subscription) prepareStream() error {
	name := streamName(s.options.GetStream())
	visible, hidden := s.life.seenOf(name)
	if hidden == tombstoned {
		return streamDeleted(name)
	}
	first := uint64(0)
	switch from := s.options.GetStream().GetRevisionOption().(type) {
	case *streams.ReadReq_Options_StreamOptions_Revision:
		first = from.Revision + 1
	case *streams.ReadReq_Options_StreamOptions_End:
		seen, _ := s.life.seen()
		s.next = len(seen)
	}
	if hidden == softDeleted {
		first = math.MaxInt64 - 1
	} else if len(visible) > 0 {
		first = max(first, visible[0].revision)
	}
	s.wanted = func(r *record) bool { return r.stream == name && r.revision >= first }
	return nil
}

// filter is what the client wants of the whole log: everything, prefixes, or a regular expression.
func (s *subscription) filter() (func(*record) bool, error) {
	filter := s.options.GetFilter()
	if filter == nil {
		return func(*record) bool { return true }, nil
	}
	window := searchWindow
	if filter.GetMax() > 0 {
		window = int(filter.GetMax())
	}
	s.interval = window * max(1, int(filter.GetCheckpointIntervalMultiplier()))
	if expression := filter.GetEventType(); expression != nil {
		passes, err := matching(expression)
		return func(r *record) bool { return passes(r.kind) }, err
	}
	passes, err := matching(filter.GetStreamIdentifier())
	return func(r *record) bool { return passes(r.stream) }, err
}

func matching(expression *streams.ReadReq_Options_FilterOptions_Expression) (func(string) bool, error) {
	if expression.GetRegex() == "" {
		return func(name string) bool {
			return slices.ContainsFunc(expression.GetPrefix(), func(p string) bool { return strings.HasPrefix(name, p) })
		}, nil
	}
	pattern, err := regexp.Compile(expression.GetRegex())
	if err != nil {
		return nil, malformed("a filter that is no regular expression here")
	}
	return pattern.MatchString, nil
}

// catchUp gives what is new, and says when there is no more.
func (s *subscription) catchUp(seen []*record) error {
	if s.live && len(seen)-s.next > liveBuffer {
		if err := s.fallBehind(); err != nil {
			return err
		}
	}
	for ; s.next < len(seen); s.next++ {
		if err := s.consider(seen[s.next]); err != nil {
			return err
		}
	}
	if s.live {
		return nil
	}
	s.live = true
	if err := s.checkpoint(); err != nil {
		return err
	}
	return s.stream.Send(caughtUp())
}

func (s *subscription) fallBehind() error {
	s.live = false
	if err := s.stream.Send(fellBehind()); err != nil {
		return err
	}
	return s.checkpoint()
}

// consider gives a record if it is wanted. With a filter, what is not wanted counts for the next checkpoint too: its
// reader learns how far the log was searched.
func (s *subscription) consider(r *record) error {
	if s.wanted(r) {
		if r.kind == tombstoneEvent && s.options.GetStream() != nil {
			return streamDeleted(r.stream)
		}
		if err := s.life.emit(r.response(idsAsStrings(s.options)), s.stream); err != nil {
			return err
		}
	}
	s.last = r
	if s.considered++; s.interval > 0 && s.considered >= s.interval {
		return s.checkpoint()
	}
	return nil
}

// checkpoint says how far a filter has come, if it has come further.
func (s *subscription) checkpoint() error {
	if s.interval == 0 || s.last == nil {
		return nil
	}
	last := s.last
	s.considered, s.last = 0, nil
	return s.stream.Send(last.checkpoint())
}
