package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	releases "signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// publishing is a ledger in which a release was published that holds one text.
type publishing struct {
	*machinery
	t       *testing.T
	release releases.ID
	text    uuid.UUID
	bundle  []byte
}

const publisher = domain.PracticeID("harelbeke-centrum")

func newPublishing(t *testing.T) *publishing {
	t.Helper()
	m, err := open(t.Context(), place{dir: dir(t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.close() })
	p := &publishing{machinery: m, t: t, bundle: []byte("built")}
	p.check(m.openPractice(t.Context(), publisher, "STEK", time.Now()))
	_, _, err = m.accounts.Add(t.Context(), publisher, "coordinator")
	p.check(err)
	p.publish()
	return p
}

func (p *publishing) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// ask gives a command as somebody whom nobody knows.
func (p *publishing) ask(command releases.Command) domain.Meta {
	p.t.Helper()
	meta := p.owing(publisher, uuid.New(), time.Now())
	meta.Actor = uuid.New()
	_, err := p.ledger.Releases.Execute(p.t.Context(), ledger.Target{Stream: releases.StreamOf(publisher)}, command, meta)
	p.check(err)
	return meta
}

// publish proposes and publishes the year before last, which holds one text.
func (p *publishing) publish() {
	year := p.ledger.Today(time.Now()).Year() - 2
	p.release = releases.NewID(p.ask(releases.Propose{Period: releases.Period{Year: year, Part: releases.WholeYear}}).Command)
	text, err := p.vault.Seal(p.t.Context(), domain.Place{Event: uuid.New(), Field: "/statement"}, domain.ToSeal("De bus rijdt niet."))
	p.check(err)
	p.text = text.Key
	p.check(p.vault.KeepBundle(p.t.Context(), publisher, p.release, p.bundle, p.text))
	p.ask(releases.Publish{Release: p.release, Built: releases.Built{
		Catalogue: 1, Widths: []releases.TableWidth{{Table: vocabulary.Themes, Width: releases.ByFive}},
		Editions: []releases.EditionFiles{{Edition: releases.Council, Files: []releases.File{{Name: "overview.html", Digest: domain.DigestOf(nil)}}}},
		Bundle:   domain.DigestOf(p.bundle), Texts: []uuid.UUID{p.text},
	}})
}

func (p *publishing) now() releases.Release {
	p.t.Helper()
	state, err := p.releases(p.t.Context(), publisher)
	p.check(err)
	one, _ := state.Release(p.release)
	return one
}

func (p *publishing) kept() error {
	_, err := p.vault.Bundle(p.t.Context(), publisher, p.release, domain.DigestOf(p.bundle))
	return err
}

// Given a release that holds a text, when the text is erased while the program runs, then the release is withdrawn, once,
// and what was built of it is gone.
func TestAReleaseGoesWithATextInIt(t *testing.T) {
	p := newPublishing(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- p.watchErasures(slog.New(slog.NewTextHandler(io.Discard, nil)))(ctx) }()
	p.check(p.kept())
	p.check(p.vault.ForgetTexts(t.Context(), publisher, uuid.New()))
	if phase := p.now().Phase; phase != releases.IsPublished {
		t.Errorf("another text was erased, and the release is %s", phase)
	}
	p.check(p.vault.ForgetTexts(t.Context(), publisher, p.text))
	if err := p.kept(); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("what was built of it: %v", err)
	}
	eventually(t, "the release is withdrawn", func() bool { return p.now().Phase == releases.IsWithdrawn })
	stop()
	p.check(<-ended)
	if one := p.now(); one.Reason != releases.ErasedText {
		t.Errorf("it was withdrawn because %s", one.Reason)
	}
	for range 2 {
		p.check(p.settleReleases(t.Context(), time.Now()))
	}
}

// Given a release that was withdrawn, or dropped, by a program that died before it told the vault, when it runs again, then
// what was built is gone.
func TestWhatIsNotShownIsDestroyed(t *testing.T) {
	p := newPublishing(t)
	p.ask(releases.Withdraw{Release: p.release, Reason: releases.Mistaken})
	p.check(p.kept())
	year := p.ledger.Today(time.Now()).Year() - 3
	dropped := releases.NewID(p.ask(releases.Propose{Period: releases.Period{Year: year, Part: releases.WholeYear}}).Command)
	p.check(p.vault.KeepBundle(t.Context(), publisher, dropped, p.bundle))
	p.ask(releases.Drop{Release: dropped})
	p.check(p.settleReleases(t.Context(), time.Now()))
	if err := p.kept(); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("what was withdrawn: %v", err)
	}
	if _, err := p.vault.Bundle(t.Context(), publisher, dropped, domain.DigestOf(p.bundle)); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("what was dropped: %v", err)
	}
	if one := p.now(); one.Reason != releases.Mistaken {
		t.Errorf("it was withdrawn because %s", one.Reason)
	}
}
