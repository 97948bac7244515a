package anchoring

import (
	"context"

	"signaalboek/domain"
	"signaalboek/domain/proof"
	"signaalboek/ops/transparency"
)

// Attested is the notary of a ledger, and those who cosign what it signed. It implements Notary.
type Attested struct {
	Notary *transparency.Notary
	Policy *proof.Policy // who must have cosigned; nil: nobody
}

// Checkpoint implements Notary: what is not signed yet is signed for it.
func (a Attested) Checkpoint(ctx context.Context, including domain.Position) (signed []byte, key string, err error) {
	if _, err := a.Notary.Sign(ctx, including); err != nil {
		return nil, "", err
	}
	index, err := a.Notary.Tree.Index(ctx, including)
	if err != nil {
		return nil, "", err
	}
	head, err := a.Notary.Heads.Head(ctx)
	if err != nil {
		return nil, "", err
	}
	for _, one := range head.Checkpoints { // oldest first
		if enough, err := a.enough(head, one, index); err != nil || enough {
			return []byte(one.Note), head.Key, err
		}
	}
	return nil, "", ErrWaits
}

// enough reports whether a checkpoint of a head has an event in its tree, and the cosignatures that it needs.
func (a Attested) enough(head transparency.Head, one transparency.Signed, index int64) (bool, error) {
	promised, err := one.Checkpoint()
	switch {
	case err != nil || promised.Size <= index:
		return false, err
	case a.Policy == nil:
		return true, nil
	}
	return head.Enough(one, *a.Policy)
}
