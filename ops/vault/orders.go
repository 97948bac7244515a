package vault

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"signaalboek/domain"
)

// shelf is where cards lie in the order of their use: an activity of a practice.
type shelf struct {
	practice domain.PracticeID
	activity domain.Code
}

func compareShelves(a, b shelf) int {
	return cmp.Or(cmp.Compare(a.practice, b.practice), cmp.Compare(a.activity, b.activity))
}

// uses is the uses of cards that do not yet stand in the rows. They are written together, a while later: who registers
// a contact does not wait for them.
type uses struct {
	mu     sync.Mutex // guards all below
	orders map[shelf]domain.CardOrder
	later  *time.Timer // when they will be written; nil: no use waits
	closed bool

	writing sync.WaitGroup // counts later, until it has written or was stopped
}

// usesWait is how long a use may wait.
const usesWait = time.Second

// use remembers that a card was used.
func (v *Vault) use(at shelf, card domain.CardID) {
	v.uses.mu.Lock()
	defer v.uses.mu.Unlock()
	if v.uses.orders == nil {
		v.uses.orders = map[shelf]domain.CardOrder{}
	}
	v.uses.orders[at] = v.uses.orders[at].Use(card)
	if v.uses.later == nil && !v.uses.closed {
		v.uses.writing.Add(1)
		v.uses.later = time.AfterFunc(usesWait, v.writeUses)
	}
}

// writeUses writes what waits. If it cannot, the next use tries again.
func (v *Vault) writeUses() {
	defer v.uses.writing.Done()
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	v.flushUses(ctx)
}

// take hands out what waits.
func (u *uses) take() map[shelf]domain.CardOrder {
	u.mu.Lock()
	defer u.mu.Unlock()
	taken := u.orders
	u.orders = nil
	u.cancel()
	return taken
}

// cancel stops what would be written later; mu is held.
func (u *uses) cancel() {
	if u.later != nil && u.later.Stop() {
		u.writing.Done()
	}
	u.later = nil
}

// back takes back what could not be written, behind what was used since.
func (u *uses) back(taken map[shelf]domain.CardOrder) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for at, order := range u.orders {
		taken[at] = taken[at].After(order)
	}
	u.orders = taken
}

// stop has nothing written later, and waits for what is being written.
func (u *uses) stop() {
	u.mu.Lock()
	u.closed = true
	u.cancel()
	u.mu.Unlock()
	u.writing.Wait()
}

// flushUses writes what waits.
func (v *Vault) flushUses(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	taken := v.uses.take()
	if len(taken) == 0 {
		return nil
	}
	_, err := write(ctx, v, func(b book) (none struct{}, err error) {
		for _, at := range slices.SortedFunc(maps.Keys(taken), compareShelves) { // locks are taken in one order by all
			if err := b.putUsed(at, taken[at]); err != nil {
				return none, err
			}
		}
		return none, nil
	})
	if err != nil {
		v.uses.back(taken)
		return fmt.Errorf("vault: write which cards were used: %w", err)
	}
	return nil
}

func (b book) putUsed(at shelf, used domain.CardOrder) error {
	if err := b.Lock("shelf/" + string(at.practice)); err != nil {
		return err
	}
	order, err := b.order(at)
	if err != nil {
		return err
	}
	return b.putOrder(b.shelfMark(at), at.practice, order.After(used))
}

// shelfMark stands for an activity of a practice: the vault need not say which those are.
func (e *epoch) shelfMark(at shelf) []byte {
	mark := mac(e.marks.raw[:], lengthPrefixed([]string{"shelf", string(at.practice), string(at.activity)}))
	return mark[:]
}

// order is what stands in the rows of a shelf.
func (b book) order(at shelf) (order domain.CardOrder, err error) {
	mark := b.shelfMark(at)
	err = b.Do(`SELECT content FROM shelf WHERE mark = $1`, func(row Row) (err error) {
		order, err = b.readOrder(row.Bytes(0), mark, at.practice)
		return err
	}, mark)
	return order, err
}

func (b book) readOrder(content, mark []byte, practice domain.PracticeID) (order domain.CardOrder, err error) {
	raw, err := b.orders.unbox(content, "shelf", string(mark), string(practice))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, &order); err != nil {
		return nil, fmt.Errorf("read an order of cards: %w", err)
	}
	return order, nil
}

func (b book) putOrder(mark []byte, practice domain.PracticeID, order domain.CardOrder) error {
	raw, err := json.Marshal(order)
	if err != nil {
		return fmt.Errorf("write an order of cards: %w", err)
	}
	return b.Do(`INSERT INTO shelf (mark, practice, content) VALUES ($1, $2, $3)
		ON CONFLICT (mark) DO UPDATE SET content = excluded.content`, nil,
		mark, string(practice), b.orders.box(raw, "shelf", string(mark), string(practice)))
}

// forgetOrder takes a card out of every order of its practice.
func (b book) forgetOrder(practice domain.PracticeID, card domain.CardID) error {
	orders := map[string]domain.CardOrder{}
	err := b.Do(`SELECT mark, content FROM shelf WHERE practice = $1`, func(row Row) error {
		mark := string(row.Bytes(0))
		order, err := b.readOrder(row.Bytes(1), []byte(mark), practice)
		if slices.Contains(order, card) {
			orders[mark] = order.Without(card)
		}
		return err
	}, string(practice))
	if err != nil {
		return err
	}
	for mark, order := range orders {
		if err := b.putOrder([]byte(mark), practice, order); err != nil {
			return err
		}
	}
	return nil
}
