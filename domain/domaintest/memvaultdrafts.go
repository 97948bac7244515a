package domaintest

import (
	"bytes"
	"context"
	"slices"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// memDraft is a draft, or what is left of one that was dropped: nothing but that it was there.
type memDraft struct {
	domain.DraftCommand
	key uuid.UUID
}

// SaveDraft implements domain.Vault.
func (v *MemVault) SaveDraft(ctx context.Context, draft domain.DraftCommand) (int, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	kept := v.drafts[draft.ID]
	switch {
	case kept != nil && v.forgot[kept.key]:
		return 0, domain.ErrNoDraft
	case kept == nil:
		kept = &memDraft{}
	}
	saved, err := draft.SavedOver(kept.DraftCommand)
	if err != nil {
		return 0, err
	}
	if v.drafts[draft.ID] == nil {
		kept.key = v.newKey(memKey{subject: draft.Subject})
		v.drafts[draft.ID] = kept
	}
	saved.Body = bytes.Clone(saved.Body)
	kept.DraftCommand = saved
	return saved.Revision, nil
}

// Draft implements domain.Vault.
func (v *MemVault) Draft(ctx context.Context, practice domain.PracticeID, id domain.CommandID) (domain.DraftCommand, error) {
	drafts, err := v.Drafts(ctx, practice)
	if err != nil {
		return domain.DraftCommand{}, err
	}
	for _, draft := range drafts {
		if draft.ID == id {
			return draft, nil
		}
	}
	return domain.DraftCommand{}, domain.ErrNoDraft
}

// Drafts implements domain.Vault.
func (v *MemVault) Drafts(ctx context.Context, practice domain.PracticeID) ([]domain.DraftCommand, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var drafts []domain.DraftCommand
	for _, kept := range v.drafts {
		if kept.Practice == practice && !v.forgot[kept.key] {
			draft := kept.DraftCommand
			draft.Body = bytes.Clone(draft.Body)
			drafts = append(drafts, draft)
		}
	}
	slices.SortFunc(drafts, domain.CompareDrafts)
	return drafts, nil
}

// DropDraft implements domain.Vault.
func (v *MemVault) DropDraft(ctx context.Context, practice domain.PracticeID, id domain.CommandID) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	kept := v.drafts[id]
	if kept == nil || kept.Practice != practice {
		return domain.ErrNoDraft
	}
	v.destroy(kept.key)
	return nil
}
