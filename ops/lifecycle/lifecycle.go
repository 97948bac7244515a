// Package lifecycle runs the parts of a program together: until the first of them stops, and then it stops them all.
package lifecycle

import (
	"context"
	"errors"
	"fmt"
)

// Part is something that runs until its context ends. A part that returns before that stops the whole program; it
// returns nil when it was asked to stop.
type Part struct {
	Name string
	Run  func(ctx context.Context) error
}

// Run runs parts until the first of them stops or ctx ends, asks all to stop, and waits until every one has. The error
// joins those of the parts; ending because ctx ended is none.
func Run(ctx context.Context, parts ...Part) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error)
	for _, part := range parts {
		go func() { ended <- part.run(ctx) }()
	}
	var all error
	for range parts {
		all = errors.Join(all, <-ended)
		stop()
	}
	return all
}

func (p Part) run(ctx context.Context) error {
	err := p.Run(ctx)
	if err == nil || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return fmt.Errorf("%s: %w", p.Name, err)
}
