package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"signaalboek/api/export"
	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/proof"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// What is refused of publishing.
var (
	errNotJudged   = obstruct(http.StatusConflict, "release-not-judged") // here, or not any more
	errNotPassed   = obstruct(http.StatusConflict, "release-not-passed") // the gate says no
	errOtherBundle = obstruct(http.StatusConflict, "release-bundle-moved")
	errNoFile      = obstruct(http.StatusNotFound, "release-file-unknown")
)

// buildOf is what was built of a release: its files, and what the event says of them.
type buildOf struct {
	export.Bundle
	release.Built
}

// build is the files of a proposal that passed the gate. Built again, of the same sentences, with nothing erased in
// between, they are the same to the byte, on every replica; so what was built is kept until one of the two changes. What
// it is of is read first: whatever happens meanwhile, nothing older is kept as being of it.
func (s *site) build(ctx context.Context, practice domain.PracticeID, id release.ID) (buildOf, error) {
	of := buildVersion{s.Set.Releases.Revision(practice), s.Set.Forgot()}
	one, known := s.Set.Releases.Release(practice, id)
	if !known {
		return buildOf{}, release.ErrUnknown
	}
	status, found, err := s.judging(ctx, one)
	switch {
	case err != nil:
		return buildOf{}, err
	case status.State != trialJudged:
		return buildOf{}, errNotJudged
	}
	if built, is := s.Judging.built(practice, id, of); is {
		return built, nil
	}
	built, err := s.buildJudged(ctx, practice, one, found)
	if err != nil {
		return buildOf{}, err
	}
	s.Judging.keep(practice, id, of, built)
	if s.Set.Forgot() != of.forgot { // whoever erased let go of what was built before we kept this
		s.Judging.ForgetBuilt()
	}
	return built, nil
}

// buildJudged makes the files of a proposal of which this was found.
func (s *site) buildJudged(
	ctx context.Context, practice domain.PracticeID, one projections.Release, found judgement,
) (buildOf, error) {
	switch {
	case !found.report.Passed:
		return buildOf{}, errNotPassed
	case practice == release.Together:
		return s.buildTogether(one, found)
	}
	set, err := projections.Before(ctx, s.Store, s.Vault, one.Counted)
	if err != nil {
		return buildOf{}, err
	}
	figures, err := s.figuresUntil(ctx, practice, one, found)
	if err != nil {
		return buildOf{}, err
	}
	editions, err := set.Editions(ctx, projections.Edited{
		Practice: practice, Release: one, Catalogue: found.catalogue.Version, Figures: figures,
	})
	if err != nil {
		return buildOf{}, err
	}
	counted, err := proof.EdgeBefore(ctx, s.Store, one.Counted)
	if err != nil {
		return buildOf{}, fmt.Errorf("tree of what release %s counts: %w", one.ID, err)
	}
	texts := &textsOpened{ctx: ctx, vault: s.Vault, keys: map[uuid.UUID]bool{}}
	bundle, err := s.pack(one, editions, web.Printing{
		Book: set.Words.Book(practice), Open: texts.open, Demo: s.Demo, Counted: counted.Checkpoint(),
	})
	if err != nil {
		return buildOf{}, fmt.Errorf("build release %s: %w", one.ID, err)
	}
	return buildOf{bundle, builtOf(bundle, found, texts.all())}, nil
}

// pack writes every document and file, in one bundle.
func (s *site) pack(one projections.Release, editions projections.Editions, printing web.Printing) (export.Bundle, error) {
	files, err := export.Files(export.Release{
		Edition: editions.Council, Book: printing.Book, Counted: one.Proposed.On, Open: printing.Open,
	})
	if err != nil {
		return export.Bundle{}, err
	}
	add := func(name string, content []byte, failed error) {
		files, err = append(files, export.File{Name: name, Content: content}), errors.Join(err, failed)
	}
	council, failed := printing.Council(editions.Council)
	add("council/overview.html", council, failed)
	residents, failed := printing.Residents(editions.Residents)
	add("residents/overview.html", residents, failed)
	for _, partner := range editions.Partners {
		document, failed := printing.Partners(partner)
		add("partners/"+string(partner.Forum)+".html", document, failed)
	}
	if err != nil {
		return export.Bundle{}, err
	}
	return export.Pack(files)
}

// builtOf is what the event says of a bundle: see release.Built.
func builtOf(bundle export.Bundle, found judgement, texts []uuid.UUID) release.Built {
	return release.Built{
		Catalogue: found.catalogue.Version, Widths: found.tableWidths(), Editions: bundle.Editions(), Bundle: bundle.Digest, Texts: texts,
	}
}

// tableWidths is the width of each table, in the order of their names.
func (j judgement) tableWidths() (widths []release.TableWidth) {
	for _, table := range slices.Sorted(maps.Keys(j.widths)) {
		widths = append(widths, release.TableWidth{Table: table, Width: j.widths[table]})
	}
	return widths
}

// textsOpened opens texts for files, and remembers which are in them. A text that was erased is not in them, and they
// say that it was; while the vault is away nothing is built.
type textsOpened struct {
	ctx   context.Context
	vault domain.Vault
	keys  map[uuid.UUID]bool
}

func (t *textsOpened) open(text domain.Sealed) (string, error) {
	if text.IsZero() {
		return "", nil
	}
	said, err := t.vault.Open(t.ctx, text)
	switch {
	case errors.Is(err, domain.ErrForgotten):
		return web.T("forgotten"), nil
	case err != nil:
		return "", fmt.Errorf("open text of event %s: %w", text.Place.Event, err)
	}
	t.keys[text.Key] = true
	return string(said), nil
}

func (t *textsOpened) all() []uuid.UUID {
	return slices.SortedFunc(maps.Keys(t.keys), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
}

// publish confirms a proposal as somebody looked at it: the bundle that they name by its digest.
func (s *site) publish(r *http.Request, id release.ID, digest string, match *domain.Revision, meta domain.Meta) (ledger.Receipt, error) {
	if err := s.upToDate(r); err != nil { // what somebody wrote just now is in what we build
		return ledger.Receipt{}, err
	}
	ctx := r.Context()
	one, found := releaseOrTogether(s.Set, meta.Practice, id)
	if !found {
		return ledger.Receipt{}, release.ErrUnknown
	}
	meta.Practice = one.Of
	target := ledger.Target{Stream: release.StreamOf(one.Of), Revision: match}
	if one.Phase != release.IsProposed { // also when the answer to an earlier try was lost
		return s.publishAgain(ctx, one, digest, target, meta)
	}
	built, err := s.build(ctx, meta.Practice, id)
	switch {
	case err != nil:
		return ledger.Receipt{}, err
	case built.Built.Bundle != digest:
		return ledger.Receipt{}, errOtherBundle
	}
	receipt, err := s.record(ctx, built, id, target, meta)
	if err == nil {
		s.Judging.forget(meta.Practice, id)
	}
	return receipt, err
}

// record keeps what was built, and then has the log say that it is out. If we die in between, a bundle is left that nobody
// asks for; confirmed again, it is kept again and recorded.
func (s *site) record(
	ctx context.Context, built buildOf, id release.ID, target ledger.Target, meta domain.Meta,
) (ledger.Receipt, error) {
	command := release.Publish{Release: id, Built: built.Built}
	if _, err := s.Ledger.Releases.Rehearse(ctx, target, command, meta); err != nil {
		return ledger.Receipt{}, err
	}
	err := s.Vault.KeepBundle(ctx, meta.Practice, id, built.Content, built.Texts...)
	if errors.Is(err, domain.ErrForgotten) {
		return ledger.Receipt{}, errOtherBundle // a text was erased while we built
	}
	if err != nil {
		return ledger.Receipt{}, err
	}
	return s.Ledger.Releases.Execute(ctx, target, command, meta)
}

// publishAgain is what confirming answers of a release that is no proposal any more.
func (s *site) publishAgain(
	ctx context.Context, one projections.Release, digest string, target ledger.Target, meta domain.Meta,
) (ledger.Receipt, error) {
	if one.Phase == release.IsPublished && one.Built.Bundle != digest {
		return ledger.Receipt{}, release.ErrPublished
	}
	return s.Ledger.Releases.Execute(ctx, target, release.Publish{Release: one.ID, Built: one.Built}, meta)
}
