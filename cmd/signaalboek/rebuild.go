package main

import (
	"context"
	"errors"
	"fmt"

	"signaalboek/domain"
	"signaalboek/projections"
)

// rebuild folds the whole log anew and keeps the result. Starting does the same by itself when a snapshot does not fit;
// this is for whoever wants to be sure.
func rebuild(ctx context.Context, c *call) error {
	at, err := c.existing(ctx)
	if err != nil {
		return err
	}
	m, err := open(ctx, at)
	if err != nil {
		return err
	}
	return errors.Join(m.rebuild(ctx, c), m.close())
}

func (m *machinery) rebuild(ctx context.Context, c *call) error {
	m.set = projections.New(m.log, m.vault)
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	if err := m.keepSet(ctx); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "Klaar. %d gebeurtenissen gelezen, tot positie %s.\n", m.events(), m.set.Position())
	return nil
}

// catchUp runs the projections up to the end of the log as it is now.
func (m *machinery) catchUp(ctx context.Context) error { return catchUp(ctx, m.log, m.set) }

func catchUp(ctx context.Context, log domain.Store, set *projections.Set) error {
	end, err := log.End(ctx)
	if err != nil {
		return err
	}
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- set.Run(running) }()
	err = set.Wait(ctx, end)
	stop()
	if stopped := <-ended; err == nil && stopped != nil && !errors.Is(stopped, context.Canceled) {
		err = stopped
	}
	return err
}
