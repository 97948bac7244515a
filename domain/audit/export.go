package audit

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// Export is what a history is exported with.
type Export struct {
	Log        domain.Store
	Discloser  Discloser
	Zone       *time.Location
	Key        Key // of the pseudonyms; for this export only
	Practice   domain.PracticeID
	Year       int    // 0: all of them
	Running    Month  // the month that is not over yet: see History.Lines
	Checkpoint []byte // signed; what is exported is the log as far as it goes
	Size       int64  // of its tree
	Inclusion  func(index int64) (proof.Inclusion, error)
}

// Run makes the history: it reads the log once. It fails with proof.ErrLeaves if the log holds fewer events than the
// checkpoint says; whether they are the same ones, History.Check says.
func (e Export) Run(ctx context.Context) (proof.History, error) {
	out := &exporting{Export: e, all: NewHistory(e.Zone), fields: map[domain.EventID]jsontext.Value{}}
	for r, err := range e.Log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return proof.History{}, err
		}
		if int64(len(out.leaves)) == e.Size {
			break
		}
		if err := out.take(ctx, r); err != nil {
			return proof.History{}, err
		}
	}
	if read := int64(len(out.leaves)); read != e.Size {
		return proof.History{}, fmt.Errorf("%d events in the log, %d in the checkpoint: %w", read, e.Size, proof.ErrLeaves)
	}
	about := proof.HistoryAbout{Form: proof.HistoryForm, Practice: string(e.Practice), Zone: e.Zone.String(), Year: e.year()}
	return proof.History{
		About: about, Checkpoint: e.Checkpoint, Leaves: out.leaves, Lines: out.lines(), Proofs: out.proofs,
	}, nil
}

func (e Export) year() string {
	if e.Year == 0 {
		return ""
	}
	return strconv.Itoa(e.Year)
}

// covers reports whether a month is told of.
func (e Export) covers(of Month) bool {
	return e.Year == 0 || strings.HasPrefix(string(of), e.year()+"-")
}

// exporting is an export under way.
type exporting struct {
	Export
	all    *History
	leaves []tlog.Hash
	proofs []proof.ProvenEvent
	fields map[domain.EventID]jsontext.Value // of what is shown by itself
}

// take takes in an event: its leaf, and its proof if it is shown by itself.
func (e *exporting) take(ctx context.Context, r domain.Recorded) error {
	leaf, err := proof.Leaf(r)
	if err != nil {
		return err
	}
	e.leaves = append(e.leaves, leaf)
	if err := e.all.Add(r); err != nil {
		return err
	}
	if !IsPolicy(r.Name) || e.all.lastOf != e.Practice || !e.covers(e.all.lastIn) {
		return nil
	}
	shown, err := Disclose(ctx, e.Discloser, r)
	if err != nil {
		return err
	}
	at, err := e.Inclusion(int64(len(e.leaves)) - 1)
	if err != nil {
		return fmt.Errorf("prove event %s: %w", r.ID, err)
	}
	e.proofs = append(e.proofs, proof.ProvenEvent{Inclusion: at, Event: shown})
	e.fields[r.ID], err = shown.Told()
	return err
}

// lines tells of the practice and the year, the last month first; and at the end how many events there are besides: of
// others, of other years, and of the running month.
func (e *exporting) lines() (all []proof.HistoryLine) {
	rest := int64(len(e.leaves))
	for line := range e.all.Lines(e.Practice, e.Running) {
		if e.covers(line.Month) {
			rest -= int64(line.Count)
			all = append(all, e.told(line))
		}
	}
	if rest > 0 {
		all = append(all, proof.HistoryLine{Count: rest})
	}
	return all
}

func (e *exporting) told(line Line) proof.HistoryLine {
	told := proof.HistoryLine{Month: string(line.Month), Name: line.Name, Count: int64(line.Count)}
	if line.Event == nil {
		return told
	}
	told.Shown, told.Stream, told.Fields = true, e.Key.Pseudonym(string(line.Event.Stream)), e.fields[line.Event.ID]
	if ShowsActor(line.Name) {
		told.Actor = e.Key.Pseudonym(line.Event.Actor.String())
	}
	return told
}
