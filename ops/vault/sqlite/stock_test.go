package sqlite

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
	"signaalboek/ops/vault"
)

// watchedRows is rows of which every writing is counted, and can be held up; and which can be away.
type watchedRows struct {
	vault.Rows
	written atomic.Int64
	wrote   chan struct{} // is told of every writing
	away    atomic.Bool
	hold    chan struct{} // writing waits until it is closed; nil: it does not
}

func (r *watchedRows) Write(ctx context.Context, change func(vault.Tx) error) error {
	if r.away.Load() {
		return domain.ErrVaultAway
	}
	if r.hold != nil {
		select {
		case <-r.hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	r.written.Add(1)
	err := r.Rows.Write(ctx, change)
	select {
	case r.wrote <- struct{}{}:
	default:
	}
	return err
}

func (r *watchedRows) Read(ctx context.Context, look func(vault.Tx) error) error {
	if r.away.Load() {
		return domain.ErrVaultAway
	}
	return r.Rows.Read(ctx, look)
}

// watched is a new vault on watched rows; hold says whether writing is held up.
func watched(t *testing.T, hold bool) (*vault.Vault, *watchedRows) {
	t.Helper()
	f := filesIn(t.TempDir(), Options{})
	check(t, f.prepare(vault.Blank()))
	under, err := f.rows()
	check(t, err)
	rows := &watchedRows{Rows: under, wrote: make(chan struct{}, 10)}
	if hold {
		rows.hold = make(chan struct{})
	}
	v, err := vault.Open(t.Context(), rows, f.Key)
	check(t, err)
	t.Cleanup(func() { v.Close() })
	return v, rows
}

func sealOne(ctx context.Context, v domain.Vault) error {
	_, err := v.Seal(ctx, domain.Place{Event: uuid.New(), Field: "/statement"}, domain.ToSeal("de bus rijdt niet"))
	return err
}

// Whoever seals a text or needs a seed waits for no disk: the first one only, for a stock that lasts.
func TestSealingWritesNothing(t *testing.T) {
	v, rows := watched(t, false)
	for range 60 {
		check(t, sealOne(t.Context(), v))
		_, _, err := v.NewSeed(t.Context())
		check(t, err)
	}
	if written := rows.written.Load(); written != 1 {
		t.Errorf("120 secrets, %d writings", written)
	}
}

// The stock is filled before it is empty.
func TestStockIsFilledInTime(t *testing.T) {
	v, rows := watched(t, false)
	for range 130 {
		check(t, sealOne(t.Context(), v))
	}
	for range 2 {
		select {
		case <-rows.wrote:
		case <-time.After(time.Minute):
			t.Fatal("half of it is gone, and it is not filled")
		}
	}
	check(t, v.Close())
	if err := sealOne(t.Context(), v); !errors.Is(err, vault.ErrClosed) {
		t.Errorf("closed, with stock left, it says %v", err)
	}
}

// However much is taken, nothing is handed out twice.
func TestStockHandsOutOnce(t *testing.T) {
	v, _ := watched(t, false)
	handed := map[uuid.UUID]bool{}
	for range 2000 {
		id, _, err := v.NewSeed(t.Context())
		check(t, err)
		if handed[id] {
			t.Fatal("handed out twice")
		}
		handed[id] = true
	}
}

// A stock that is empty keeps nobody longer than they want to wait, and closing waits for nobody.
func TestWaitingForStock(t *testing.T) {
	v, rows := watched(t, true)
	ended, end := context.WithCancel(t.Context())
	answer := make(chan error)
	go func() { answer <- sealOne(ended, v) }()
	end()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("called off, it says %v", err)
	}
	late, over := context.WithDeadline(t.Context(), time.Now().Add(300*time.Millisecond))
	defer over()
	if err := sealOne(late, v); !errors.Is(err, domain.ErrVaultAway) {
		t.Errorf("not in time, it says %v", err)
	}
	close(rows.hold)
	check(t, sealOne(t.Context(), v))
	if written := rows.written.Load(); written != 1 {
		t.Errorf("who waited in vain had %d stocks made", written)
	}
}

func TestClosedWhileFilling(t *testing.T) {
	v, _ := watched(t, true)
	answer := make(chan error)
	go func() { answer <- sealOne(t.Context(), v) }()
	check(t, v.Close())
	if err := <-answer; !errors.Is(err, vault.ErrClosed) {
		t.Errorf("closed, it says %v", err)
	}
	if err := sealOne(t.Context(), v); !errors.Is(err, vault.ErrClosed) {
		t.Errorf("closed before, it says %v", err)
	}
}

// A vault that is away hands out nothing, though there is stock; back, it begins anew: the rows may be an older copy.
func TestStockOfVaultAway(t *testing.T) {
	v, rows := watched(t, false)
	rows.away.Store(true)
	if err := sealOne(t.Context(), v); !errors.Is(err, domain.ErrVaultAway) {
		t.Errorf("away from the start, it says %v", err)
	}
	rows.away.Store(false)
	check(t, sealOne(t.Context(), v))
	rows.away.Store(true)
	if _, err := v.Cards(t.Context(), practice); !errors.Is(err, domain.ErrVaultAway) {
		t.Errorf("away, it says %v", err)
	}
	rows.away.Store(false)
	check(t, sealOne(t.Context(), v))
	if written := rows.written.Load(); written != 2 {
		t.Errorf("%d stocks were made, one before and one after", written)
	}
}

// What a stop leaves unused is bounded.
func TestUnusedIsBounded(t *testing.T) {
	dir := t.TempDir()
	const taken = 130 // so that the stock was filled twice, as much as it ever is
	v := opened(t, dir)
	for range taken {
		check(t, sealOne(t.Context(), v))
	}
	check(t, v.Close())
	db, err := filesIn(dir, Options{}).connect()
	check(t, err)
	defer db.close()
	made := 0
	check(t, db.Do("SELECT count(*) FROM secret WHERE name IS NULL", func(row vault.Row) error {
		made = row.Int(0)
		return nil
	}))
	if left := made - taken; left < 0 || left > 384 {
		t.Errorf("%d rows are left that nobody uses", left)
	}
}
