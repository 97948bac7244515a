package api

import (
	"context"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/audit"
)

// chronicle is the history as auditors see it. An auditor comes a few times a year, so nothing follows the log for them:
// whoever asks first has it read, and whoever asks later has read what came since.
type chronicle struct {
	store domain.Store

	mu      sync.Mutex // guards history
	history *audit.History
}

// read brings the history up to the end of the log and has it used, which must take nothing of it along. If ctx ends under
// way, what was read stays read.
func (c *chronicle) read(ctx context.Context, use func(*audit.History) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for recorded, err := range c.store.ReadAll(ctx, c.history.Position()) {
		if err != nil {
			return err
		}
		if err := c.history.Add(recorded); err != nil {
			return err
		}
	}
	return use(c.history)
}
