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

// Checkpoint implements Notary. It is signed once for that: while witnesses are awaited no more is signed than otherwise, or
// the head would soon not hold any more what they cosign.
func (a Attested) Checkpoint(ctx context.Context, including domain.Position) (signed []byte, key string, err error) {
	if err := a.Notary.Tree.Wait(ctx, including); err != nil {
		return nil, "", err
	}
	index, err := a.Notary.Tree.Index(ctx, including)
	if err != nil {
		return nil, "", err
	}
	signed, key, covered, err := a.first(ctx, index)
	if err == nil && !covered {
		if _, err := a.Notary.Sign(ctx, including); err != nil {
			return nil, "", err
		}
		signed, key, _, err = a.first(ctx, index)
	}
	if err == nil && signed == nil {
		err = ErrWaits
	}
	return signed, key, err
}

// first is the first checkpoint of the head that has an event in its tree and the cosignatures that it needs; covered says
// whether any has the event.
func (a Attested) first(ctx context.Context, index int64) (signed []byte, key string, covered bool, err error) {
	head, err := a.Notary.Heads.Head(ctx)
	if err != nil {
		return nil, "", false, err
	}
	for _, one := range head.Checkpoints { // oldest first
		promised, err := one.Checkpoint()
		if err != nil {
			return nil, "", false, err
		}
		if promised.Size <= index {
			continue
		}
		covered = true
		if enough, err := a.enough(head, one); err != nil || enough {
			return []byte(one.Note), head.Key, true, err
		}
	}
	return nil, "", covered, nil
}

func (a Attested) enough(head transparency.Head, one transparency.Signed) (bool, error) {
	if a.Policy == nil {
		return true, nil
	}
	return head.Enough(one, *a.Policy)
}
