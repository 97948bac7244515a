package transparency

import (
	"errors"
	"fmt"
	"testing"
)

// A checkpoint that a witness was asked about stays in the head however many are signed after it; others make room.
func TestWhatAWitnessWasAskedAboutStays(t *testing.T) {
	heads := NewHeadFile(t.TempDir() + "/head")
	nth := func(n int) Signed {
		return Signed{Note: fmt.Sprintf("x\n%d\nroot\n\n— x y\n", n), Position: fmt.Sprint(n)}
	}
	sign := func(from, to int) Head {
		t.Helper()
		head, err := Change(ctx, heads, func(h *Head) error {
			for n := from; n < to; n++ {
				h.Checkpoints = trimmed(append(h.Checkpoints, nth(n)))
			}
			return nil
		})
		fatal(t, err)
		return head
	}
	sign(0, 10)
	for range 2 { // asked twice, it is asked
		fatal(t, Asked(ctx, heads, nth(3)))
	}
	head := sign(10, 200)
	if len(head.Checkpoints) != mostCheckpoints+1 || head.Checkpoints[0].Position != "3" || !head.Checkpoints[0].Asked {
		t.Errorf("%d stay, the first of %s", len(head.Checkpoints), head.Checkpoints[0].Position)
	}
	if last, _ := head.Last(); last.Position != "199" || head.Checkpoints[1].Position != fmt.Sprint(200-mostCheckpoints) {
		t.Errorf("the others are those from %s to %s", head.Checkpoints[1].Position, last.Position)
	}
	if err := Asked(ctx, heads, nth(4)); !errors.Is(err, ErrOtherCheckpoint) {
		t.Errorf("one that is gone was asked about: %v", err)
	}
}
