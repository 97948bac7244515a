package transparency

import (
	"context"
	"fmt"
	"sync"

	"signaalboek/domain"
)

// headMemory keeps a head in memory, as bytes, and fails in the ways of a database.
type headMemory struct {
	mu          sync.Mutex // guards all below
	raw         []byte
	loseReplies int // swaps that count and answer domain.ErrUnknown
	loseSwaps   int // swaps that do not count and answer the same
	before      func()
}

// Head implements Heads.
func (m *headMemory) Head(ctx context.Context) (Head, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.head(), ctx.Err()
}

func (m *headMemory) head() Head {
	if m.raw == nil {
		return Head{}
	}
	head, err := decode(m.raw)
	if err != nil {
		panic(err)
	}
	return head
}

// Swap implements Heads.
func (m *headMemory) Swap(_ context.Context, head Head) (err error) {
	if rival := m.rival(); rival != nil {
		rival()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.loseSwaps > 0 {
		m.loseSwaps--
		return fmt.Errorf("lost on the way: %w", domain.ErrUnknown)
	}
	if head.Revision != m.head().Revision {
		return ErrMoved
	}
	head.Revision++
	if m.raw, err = encode(head); err != nil {
		return err
	}
	if m.loseReplies > 0 {
		m.loseReplies--
		return fmt.Errorf("reply lost: %w", domain.ErrUnknown)
	}
	return nil
}

// rival is what goes before the next swap, once.
func (m *headMemory) rival() func() {
	m.mu.Lock()
	defer m.mu.Unlock()
	rival := m.before
	m.before = nil
	return rival
}
