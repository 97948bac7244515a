package vault

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"
	"signaalboek/domain"
)

// A draft has a key of its own, which stands in its row and not in table secret: so dropping it takes everything that it
// was out of one small table, which is then scrubbed. The master key wraps the key, and is replaced for both tables.

// draft is a row of table draft, opened.
type draft struct {
	key secret
	domain.DraftCommand
}

// draftContent is what stands, wrapped, in a draft's row.
type draftContent struct {
	Author   domain.ActorID `json:"author"`
	Path     string         `json:"path"`
	Body     []byte         `json:"body"`
	Revision int            `json:"revision"`
}

// draftsLock is the lock of whoever changes drafts.
const draftsLock = "drafts"

const draftColumns = `d.key, d.id, d.practice, d.subject, d.master, d.wrapped, d.content`

func keyBound(key uuid.UUID, id domain.CommandID, practice, subject string) []string {
	return []string{"draft key", string(key[:]), string(id[:]), practice, subject}
}

func (d draft) bound() []string {
	return []string{"draft", string(d.ID[:]), string(d.Practice), string(d.Subject)}
}

// readDraft reads draftColumns.
func (b book) readDraft(row Row) (d draft, err error) {
	d.key.id, d.ID = idAt(row, 0), idAt(row, 1)
	d.Practice, d.Subject = domain.PracticeID(row.Text(2)), domain.StreamID(row.Text(3))
	raw, err := b.master.unwrap(row.Bytes(4), row.Bytes(5), keyBound(d.key.id, d.ID, row.Text(2), row.Text(3))...)
	if err != nil {
		return d, err
	}
	if len(raw) != secretSize {
		return d, ErrAltered
	}
	d.key.raw = [secretSize]byte(raw)
	opened, err := d.key.unbox(row.Bytes(6), d.bound()...)
	if err != nil {
		return d, err
	}
	var content draftContent
	if err := json.Unmarshal(opened, &content, json.RejectUnknownMembers(true)); err != nil {
		return d, fmt.Errorf("read a draft: %w", err)
	}
	d.Author, d.Path, d.Body, d.Revision = content.Author, content.Path, content.Body, content.Revision
	return d, nil
}

// drafts is the drafts that a query finds.
func (b book) drafts(where string, by any) (all []draft, err error) {
	err = b.Do(`SELECT `+draftColumns+` FROM draft d WHERE `+where, func(row Row) error {
		d, err := b.readDraft(row)
		all = append(all, d)
		return err
	}, by)
	return all, err
}

// draft is a draft of a practice; found is false if there is none, now or any more.
func (b book) draft(id domain.CommandID) (d draft, found bool, err error) {
	all, err := b.drafts(`d.id = $1`, id[:])
	if err != nil || len(all) == 0 {
		return d, false, err
	}
	return all[0], true, nil
}

// dropped reports whether there was a draft with an id, once.
func (b book) dropped(id domain.CommandID, practice domain.PracticeID) (was bool, err error) {
	err = b.Do(`SELECT 1 FROM dropped WHERE mark = $1`, func(Row) error {
		was = true
		return nil
	}, b.mark("draft"+string(practice), id))
	return was, err
}

// SaveDraft implements domain.Vault.
func (v *Vault) SaveDraft(ctx context.Context, asked domain.DraftCommand) (int, error) {
	revision, err := write(ctx, v, func(b book) (int, error) {
		if err := b.Lock(draftsLock); err != nil {
			return 0, err
		}
		return b.saveDraft(asked)
	})
	if err != nil {
		return 0, fmt.Errorf("vault: save draft %s: %w", asked.ID, err)
	}
	return revision, nil
}

func (b book) saveDraft(asked domain.DraftCommand) (int, error) {
	if was, err := b.dropped(asked.ID, asked.Practice); err != nil || was {
		return 0, errors.Join(err, domain.ErrNoDraft)
	}
	kept, found, err := b.draft(asked.ID)
	if err != nil {
		return 0, err
	}
	saved, err := asked.SavedOver(kept.DraftCommand)
	if err != nil || saved.Revision == kept.Revision {
		return saved.Revision, err
	}
	if !found {
		kept.key = newSecret()
	}
	return saved.Revision, b.putDraft(draft{kept.key, saved})
}

// putDraft writes a draft's row.
func (b book) putDraft(d draft) error {
	raw, err := json.Marshal(draftContent{d.Author, d.Path, d.Body, d.Revision})
	if err != nil {
		return fmt.Errorf("write a draft: %w", err)
	}
	practice, subject := string(d.Practice), string(d.Subject)
	wrapped := b.master.wrap(d.key.raw[:], keyBound(d.key.id, d.ID, practice, subject)...)
	return b.Do(`INSERT INTO draft (id, practice, subject, key, master, wrapped, content) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET master = excluded.master, wrapped = excluded.wrapped, content = excluded.content`, nil,
		d.ID[:], practice, subject, d.key.id[:], b.master.id, wrapped, d.key.box(raw, d.bound()...))
}

// Draft implements domain.Vault.
func (v *Vault) Draft(ctx context.Context, practice domain.PracticeID, id domain.CommandID) (domain.DraftCommand, error) {
	var d draft
	err := v.read(ctx, func(b book) (err error) {
		found := false
		d, found, err = b.draft(id)
		if err == nil && (!found || d.Practice != practice) {
			err = domain.ErrNoDraft
		}
		return err
	})
	if err != nil {
		return domain.DraftCommand{}, fmt.Errorf("vault: draft %s: %w", id, err)
	}
	return d.DraftCommand, nil
}

// Drafts implements domain.Vault.
func (v *Vault) Drafts(ctx context.Context, practice domain.PracticeID) (list []domain.DraftCommand, err error) {
	err = v.read(ctx, func(b book) error {
		all, err := b.drafts(`d.practice = $1`, string(practice))
		for _, d := range all {
			list = append(list, d.DraftCommand)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("vault: drafts of %s: %w", practice, err)
	}
	slices.SortFunc(list, domain.CompareDrafts)
	return list, nil
}

// DropDraft implements domain.Vault. If we crash before the journal is erased, the next draft that is dropped erases it
// too.
func (v *Vault) DropDraft(ctx context.Context, practice domain.PracticeID, id domain.CommandID) error {
	_, err := write(ctx, v, func(b book) (none struct{}, err error) {
		if err := b.Lock(draftsLock); err != nil {
			return none, err
		}
		if was, err := b.dropped(id, practice); err != nil || was {
			return none, err
		}
		d, found, err := b.draft(id)
		if err == nil && (!found || d.Practice != practice) {
			err = domain.ErrNoDraft
		}
		if err != nil {
			return none, err
		}
		return none, errors.Join(b.drop(d), b.Scrub("draft"))
	})
	if err == nil {
		err = v.rows.EraseJournal(ctx)
	}
	if err != nil {
		return fmt.Errorf("vault: drop draft %s: %w", id, err)
	}
	return nil
}

// drop deletes a draft, and remembers that there was one.
func (b book) drop(d draft) error {
	if err := b.Do(`DELETE FROM draft WHERE id = $1`, nil, d.ID[:]); err != nil {
		return err
	}
	return b.Do(`INSERT INTO dropped (mark) VALUES ($1) ON CONFLICT (mark) DO NOTHING`, nil,
		b.mark("draft"+string(d.Practice), d.ID))
}
