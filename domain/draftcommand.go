package domain

import (
	"bytes"
	"cmp"
)

// DraftCommand is a command that waits in the vault until its author or a colleague confirms it: a first wording, which
// is still looked at again. It can be changed and dropped, and leaves no trace. What the log will hold is a Draft.
type DraftCommand struct {
	ID       CommandID // that it will be sent with: however often it is confirmed, it is recorded once
	Practice PracticeID
	Author   ActorID  // who wrote this revision
	Subject  StreamID // what it is about; a draft stays about it
	Path     string   // which command it will be, as its sender names it; a draft stays that command
	Body     []byte   // the command, in a form that its sender knows
	Revision int      // how often it was saved, counted from 1; 0: not yet
}

// CompareDrafts orders drafts by subject, then by id.
func CompareDrafts(a, b DraftCommand) int {
	return cmp.Or(cmp.Compare(a.Subject, b.Subject), bytes.Compare(a.ID[:], b.ID[:]))
}

// SavedOver is what is kept when d is saved over what is kept under its id, the zero DraftCommand if that is nothing. The
// same draft saved twice is saved once. It fails with ErrNoDraft for another practice, and with ErrDraftChanged.
func (d DraftCommand) SavedOver(kept DraftCommand) (DraftCommand, error) {
	saved := d
	saved.Revision++
	switch {
	case kept.Revision > 0 && kept.Practice != d.Practice:
		return kept, ErrNoDraft
	case kept.Revision > 0 && (kept.Subject != d.Subject || kept.Path != d.Path):
		return kept, ErrDraftChanged
	case kept.Revision == saved.Revision && kept.Author == d.Author && bytes.Equal(kept.Body, d.Body):
		return kept, nil
	case kept.Revision != d.Revision:
		return kept, ErrDraftChanged
	}
	return saved, nil
}
