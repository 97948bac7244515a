package projections

import (
	"bytes"
	"context"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// Given a set that holds texts open, when one is forgotten and the set lets go, then no question finds it, nothing in
// memory holds it, and the others are found as before; so too in a set that was opened before and applied after.
func TestForgetTexts(t *testing.T) {
	d := searchDiary(t)
	set := d.set()
	found := func(query string) int {
		hits, err := set.Search.Find(t.Context(), harelbeke, query, 10)
		d.check(err)
		return len(hits)
	}
	if found("avondbus") != 1 || found("kampen") != 2 {
		t.Fatalf("found %d and %d", found("avondbus"), found("kampen"))
	}
	stack := set.Search.stackOf(*set.Search.texts.at(0))
	d.forget(signalNo(2))
	before, forgot := set.forgotten(), set.Forgot()
	set.ForgetTexts()
	for _, b := range stack.bales {
		if len(bytes.Trim(b.words[:cap(b.words)], "\x00")) > 0 {
			t.Error("the folded texts are still in memory")
		}
	}
	if set.Forgot() == forgot {
		t.Error("who keeps an earlier moment is not told")
	}
	if found("avondbus") != 0 || found("kampen") != 2 {
		t.Errorf("found %d and %d after it was forgotten", found("avondbus"), found("kampen"))
	}
	late := searched{thing: set.Search.texts.at(0).thing, text: textIn(1, 4)}
	set.Search.add(late, "avondbus") // a batch that was opened before
	set.forgetOpened(before)
	set.Search.closed = set.Search.closed[:len(set.Search.closed)-1] // it stands nowhere in this log
	if found("avondbus") != 0 {
		t.Error("what was opened before is found")
	}
}

// Given a question that opens texts while one is forgotten, then it opens them again.
func TestForgetWhileOpening(t *testing.T) {
	d := searchDiary(t)
	set := d.set()
	set.ForgetTexts()
	pending, closings := set.Search.pending()
	d.forget(signalNo(2))
	set.ForgetTexts()
	if set.Search.foldPending(pending, closings) {
		t.Error("what was opened before is kept")
	}
}

// forget destroys the keys of all texts of a stream.
func (d *diary) forget(stream domain.StreamID) {
	for recorded, err := range d.store.ReadStream(context.Background(), stream, 0) {
		d.check(err)
		entry, err := catalog.Decode(recorded)
		d.check(err)
		_, err = catalog.Default.EachText(entry.Event, func(_ string, text domain.Sealed) (domain.Sealed, error) {
			return text, d.vault.ForgetTexts(context.Background(), harelbeke, text.Key)
		})
		d.check(err)
	}
}
