package vault

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// errFollowing answers what the contract promises and form 1 of the file has no room for: form 2 follows.
var errFollowing = errors.New("vault: this form of the vault cannot do that")

// SetTraits implements domain.Vault.
func (v *Vault) SetTraits(context.Context, domain.PracticeID, domain.CardID, domain.Traits) error {
	return errFollowing
}

// RecentCards implements domain.Vault.
func (v *Vault) RecentCards(ctx context.Context, practice domain.PracticeID, _ domain.Code) ([]domain.Card, error) {
	return v.Cards(ctx, practice)
}

// MergeCards implements domain.Vault.
func (v *Vault) MergeCards(context.Context, domain.PracticeID, domain.CardID, domain.CardID) ([]domain.SamePerson, error) {
	return nil, errFollowing
}

// Traits implements domain.Vault.
func (v *Vault) Traits(context.Context, domain.PracticeID, int) (map[domain.Pseudonym]domain.Traits, error) {
	return nil, errFollowing
}

// SaveDraft implements domain.Vault.
func (v *Vault) SaveDraft(context.Context, domain.DraftCommand) (int, error) { return 0, errFollowing }

// Draft implements domain.Vault.
func (v *Vault) Draft(context.Context, domain.PracticeID, domain.CommandID) (domain.DraftCommand, error) {
	return domain.DraftCommand{}, errFollowing
}

// Drafts implements domain.Vault.
func (v *Vault) Drafts(context.Context, domain.PracticeID) ([]domain.DraftCommand, error) {
	return nil, errFollowing
}

// DropDraft implements domain.Vault.
func (v *Vault) DropDraft(context.Context, domain.PracticeID, domain.CommandID) error {
	return errFollowing
}

// ForgetText implements domain.Vault.
func (v *Vault) ForgetText(context.Context, domain.PracticeID, domain.Place) error {
	return errFollowing
}

// ForgetSubject implements domain.Vault.
func (v *Vault) ForgetSubject(context.Context, domain.PracticeID, domain.StreamID) error {
	return errFollowing
}

// ForgetCard implements domain.Vault.
func (v *Vault) ForgetCard(context.Context, domain.PracticeID, domain.CardID) error {
	return errFollowing
}

// DestroyYear implements domain.Vault.
func (v *Vault) DestroyYear(context.Context, domain.PracticeID, int) error { return errFollowing }

// Forget implements domain.Vault.
func (v *Vault) Forget(_ context.Context, keys ...uuid.UUID) error {
	if len(keys) == 0 {
		return nil
	}
	return errFollowing
}

// Erasures implements domain.Vault.
func (v *Vault) Erasures(context.Context, domain.PracticeID) ([]uuid.UUID, error) { return nil, nil }

// MarkRecorded implements domain.Vault.
func (v *Vault) MarkRecorded(context.Context, ...uuid.UUID) error { return nil }
