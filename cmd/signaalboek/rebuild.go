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
	f := c.flags()
	f.takesPlace(standardData())
	lossy := f.Bool("accept-loss", false, "teksten waarvan de kluis geen sleutel heeft, blijven voorgoed dicht: voor een kluis die ouder is dan het logboek")
	return c.onExisting(ctx, f, func(m *machinery, words []string) error {
		if err := noMore(words); err != nil {
			return err
		}
		return m.rebuild(ctx, c, *lossy)
	})
}

func (m *machinery) rebuild(ctx context.Context, c *call, lossy bool) error {
	if lossy {
		lost, err := m.foldLacking(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintln(c.stdout, sayLost(lost))
	} else if err := m.fold(ctx); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "Klaar. %d gebeurtenissen gelezen, tot positie %s.\n", m.events(), m.set.Position())
	return nil
}

// sayLost tells how many texts stay closed.
func sayLost(texts int) string {
	return fmt.Sprintf("Van %d teksten heeft de kluis geen sleutel. Ze blijven voorgoed dicht, en tellen nog mee.", texts)
}

// fold builds every projection anew, and keeps them.
func (m *machinery) fold(ctx context.Context) error {
	m.set = projections.New(m.log, m.vault)
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	return m.keepSet(ctx)
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
