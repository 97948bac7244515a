package vault

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// A bundle has a key of its own, which stands in its row, as that of a draft does. Beside it stand the ids of the keys of
// all texts that it holds, so that destroying one of those finds it.

// bundle is a row of table bundle, but for what was built.
type bundle struct {
	mark     []byte // of the release and the digest
	practice domain.PracticeID
	release  uuid.UUID
	key      uuid.UUID
	texts    []byte // ids of keys, one after the other
	gone     bool
}

const bundleColumns = `mark, practice, about, key, texts, CASE WHEN wrapped IS NULL THEN 1 ELSE 0 END`

// readBundle reads bundleColumns.
func readBundle(row Row) bundle {
	return bundle{
		mark: slices.Clone(row.Bytes(0)), practice: domain.PracticeID(row.Text(1)), release: idAt(row, 2), key: idAt(row, 3),
		texts: slices.Clone(row.Bytes(4)), gone: row.Int(5) == 1,
	}
}

func (b bundle) boundKey() []string { return []string{"bundle key", string(b.key[:]), string(b.mark)} }

func (b bundle) bound() []string {
	return []string{"bundle", string(b.mark), string(b.practice), string(b.release[:]), string(b.texts)}
}

// holds reports whether a bundle holds a text with a key.
func (b bundle) holds(key uuid.UUID) bool {
	for id := range slices.Chunk(b.texts, len(key)) {
		if slices.Equal(id, key[:]) {
			return true
		}
	}
	return false
}

// bundleMark stands for what was built of a release: the rows need not tell what others can compare their copy with.
func (e *epoch) bundleMark(release uuid.UUID, digest string) []byte {
	mark := mac(e.marks.raw[:], lengthPrefixed([]string{"bundle", string(release[:]), digest}))
	return mark[:]
}

// bundles is the bundles that a query finds.
func (b book) bundles(where string, args ...any) (all []bundle, err error) {
	err = b.Do(`SELECT `+bundleColumns+` FROM bundle WHERE `+where, func(row Row) error {
		all = append(all, readBundle(row))
		return nil
	}, args...)
	return all, err
}

// KeepBundle implements domain.Vault.
func (v *Vault) KeepBundle(
	ctx context.Context, practice domain.PracticeID, release uuid.UUID, built []byte, texts ...uuid.UUID,
) error {
	digest := domain.DigestOf(built)
	_, err := write(ctx, v, func(b book) (none struct{}, err error) {
		mark := b.bundleMark(release, digest)
		kept, err := b.bundles(`mark = $1`, mark)
		switch {
		case err != nil:
			return none, err
		case len(kept) == 0:
			return none, b.putBundle(bundle{mark: mark, practice: practice, release: release, texts: joined(texts)}, built)
		case kept[0].practice != practice:
			return none, domain.ErrNoBundle
		case kept[0].gone:
			return none, domain.ErrForgotten
		}
		return none, nil
	})
	if err != nil {
		return fmt.Errorf("vault: keep a bundle of release %s: %w", release, err)
	}
	return nil
}

// joined is ids one after the other.
func joined(ids []uuid.UUID) []byte {
	all := []byte{}
	for _, id := range ids {
		all = append(all, id[:]...)
	}
	return all
}

// putBundle writes a bundle's row, unless it holds a text that was forgotten. Whoever writes the same at the same time has
// written it.
func (b book) putBundle(of bundle, built []byte) error {
	for text := range slices.Chunk(of.texts, len(of.key)) {
		forgotten, err := b.keysOf(goneAlready, text)
		if err == nil && len(forgotten) > 0 {
			err = domain.ErrForgotten
		}
		if err != nil {
			return err
		}
	}
	key := newSecret()
	of.key = key.id
	return b.Do(`INSERT INTO bundle (mark, practice, about, key, texts, master, wrapped, content)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (mark) DO NOTHING`, nil,
		of.mark, string(of.practice), of.release[:], of.key[:], of.texts, b.master.id,
		b.master.wrap(key.raw[:], of.boundKey()...), key.box(built, of.bound()...))
}

// Bundle implements domain.Vault.
func (v *Vault) Bundle(
	ctx context.Context, practice domain.PracticeID, release uuid.UUID, digest string,
) (built []byte, err error) {
	err = v.read(ctx, func(b book) error {
		found := false
		err := b.Do(`SELECT `+bundleColumns+`, master, wrapped, content FROM bundle WHERE mark = $1`, func(row Row) (err error) {
			of := readBundle(row)
			found = of.practice == practice
			if found {
				built, err = b.openBundle(of, row.Bytes(6), row.Bytes(7), row.Bytes(8))
			}
			return err
		}, b.bundleMark(release, digest))
		if err == nil && !found {
			err = domain.ErrNoBundle
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("vault: bundle of release %s: %w", release, err)
	}
	return built, nil
}

func (b book) openBundle(of bundle, master, wrapped, content []byte) ([]byte, error) {
	if of.gone {
		return nil, domain.ErrForgotten
	}
	key, err := b.bundleKey(of, master, wrapped)
	if err != nil {
		return nil, err
	}
	return key.unbox(content, of.bound()...)
}

func (b book) bundleKey(of bundle, master, wrapped []byte) (secret, error) {
	raw, err := b.master.unwrap(master, wrapped, of.boundKey()...)
	if err == nil && len(raw) != secretSize {
		err = ErrAltered
	}
	if err != nil {
		return secret{}, err
	}
	return secret{id: of.key, raw: [secretSize]byte(raw)}, nil
}

// DestroyBundles implements domain.Vault.
func (v *Vault) DestroyBundles(ctx context.Context, practice domain.PracticeID, release uuid.UUID) error {
	return v.forget(ctx, "destroy bundles", func(b book) (erasure, error) {
		keys, err := b.keysOf(`SELECT key FROM bundle WHERE about = $1 AND practice = $2 AND wrapped IS NOT NULL`,
			release[:], string(practice))
		return erasure{keys: keys}, err
	})
}

// forgetBundlesOf empties the bundle of a key, and every bundle that holds a text with that key.
func (b book) forgetBundlesOf(key uuid.UUID) error {
	all, err := b.bundles(`wrapped IS NOT NULL`)
	if err != nil {
		return err
	}
	none := []byte{}
	for _, of := range all {
		if of.key != key && !of.holds(key) {
			continue
		}
		err = errors.Join(err, b.Do(`UPDATE bundle SET texts = $1, master = $2, wrapped = NULL, content = NULL WHERE mark = $3`,
			nil, none, none, of.mark))
	}
	return err
}

// rewrapBundles wraps the keys of all bundles under another master key.
func (b book) rewrapBundles(next *Master) error {
	var args [][]any
	err := b.Do(`SELECT `+bundleColumns+`, master, wrapped FROM bundle WHERE wrapped IS NOT NULL`, func(row Row) error {
		of := readBundle(row)
		key, err := b.bundleKey(of, row.Bytes(6), row.Bytes(7))
		if err == nil {
			args = append(args, []any{next.id, next.wrap(key.raw[:], of.boundKey()...), of.mark})
		}
		return err
	})
	if err == nil {
		err = b.Many(`UPDATE bundle SET master = $1, wrapped = $2 WHERE mark = $3`, args)
	}
	if err != nil {
		return fmt.Errorf("wrap bundles anew: %w", err)
	}
	return nil
}
