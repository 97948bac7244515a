package main

import (
	"context"
	"log/slog"
	"net"
	"slices"
	"time"

	"signaalboek/api"
	bundles "signaalboek/api/export" // export is a command of this program
	"signaalboek/api/outside"
	"signaalboek/api/web"
	"signaalboek/domain"
	releases "signaalboek/domain/release" // release is the version of the program
	"signaalboek/ops/lifecycle"
	"signaalboek/projections"
)

// outsiders is the part that serves releases to everybody, and where they find them; none if nothing is served to them.
func (m *machinery) outsiders(s settings, logger *slog.Logger, tally *api.Tally) (parts []lifecycle.Part, seenAt string, err error) {
	if s.releases == "" {
		return nil, s.releasesURL, nil
	}
	m.outside, err = outside.New(outside.Config{
		Library: library{m.set, m.vault}, Zone: m.zone, Ready: func() bool { return m.set.CaughtUp() && m.set.Err() == nil },
		Watch: watchOutsiders(logger, tally), HTTPS: s.https, Demo: m.place.isDemo(),
	})
	if err != nil {
		return nil, "", err
	}
	listener, err := net.Listen("tcp", s.releases)
	if err != nil {
		return nil, "", mistake("Het adres %s is niet vrij. Kies een ander met --releases-addr.", s.releases)
	}
	part := lifecycle.Part{Name: "outsiders", Run: serving(listener, m.outside, logger)}
	return []lifecycle.Part{part}, s.seenAt(listener.Addr()), nil
}

// seenAt is where everybody finds what is served at an address: as whoever runs the program says, or there. An address that
// only means "all of this machine" leads nobody anywhere, and is not said.
func (s settings) seenAt(at net.Addr) string {
	if s.releasesURL != "" {
		return s.releasesURL
	}
	if tcp, is := at.(*net.TCPAddr); is && tcp.IP.IsUnspecified() {
		return ""
	}
	return "http://" + at.String()
}

// outsideRoutes begins the name of every route of outsiders in logs and metrics: the site has routes of the same pattern.
const outsideRoutes = "outside "

// watchOutsiders logs and counts what outsiders are answered. It is told no address, and so can tell none.
func watchOutsiders(logger *slog.Logger, tally *api.Tally) func() func(outside.Answered) {
	return func() func(outside.Answered) {
		began := time.Now()
		return func(told outside.Answered) {
			took, route := time.Since(began), outsideRoutes+told.Route
			tally.Add(route, told.Status, took)
			if told.Fault != nil {
				logger.Error("fault", slog.String("route", route), slog.Any("error", told.Fault))
			}
			logger.Info("request", slog.String("method", told.Method), slog.String("route", route),
				slog.Int("status", told.Status), slog.Int("bytes", told.Bytes), slog.Duration("took", took))
		}
	}
}

// library is what there is for outsiders: releases that went out. It is the only way from them to the ledger, so nothing
// else may go through it: no proposal, nobody's id, and no sealed text.
type library struct {
	set   *projections.Set
	vault domain.Publishing
}

// Practices implements outside.Library.
func (l library) Practices() (all []outside.Practice) {
	for _, practice := range l.set.Words.Practices() {
		if slices.ContainsFunc(l.set.Releases.List(practice.ID), wentOut) {
			all = append(all, outside.Practice(practice))
		}
	}
	if slices.ContainsFunc(l.set.Releases.List(releases.Together), wentOut) {
		all = append(all, outside.Practice{ID: releases.Together, Name: web.T("together.name")})
	}
	return all
}

func wentOut(one projections.Release) bool { return one.WentOut() }

// Releases implements outside.Library.
func (l library) Releases(practice domain.PracticeID) (all []outside.Release) {
	for _, one := range slices.Backward(l.set.Releases.List(practice)) {
		if one.WentOut() {
			all = append(all, shownOutside(one))
		}
	}
	return all
}

// Latest implements outside.Library.
func (l library) Latest(practice domain.PracticeID, moment time.Time) (outside.Release, bool) {
	one, found := l.set.Releases.Latest(practice, moment)
	return shownOutside(one), found
}

// shownOutside is what outsiders know of a release.
func shownOutside(one projections.Release) outside.Release {
	shown := outside.Release{
		ID: one.ID, Period: one.Period, PublishedOn: one.Published.On, Withdrawn: one.Reason,
		Bundle: one.Built.Bundle, Editions: one.Built.Editions,
	}
	if one.IsAnchored() {
		shown.Proof = &outside.Proof{Bundle: one.Proof.Bundle, Size: one.Proof.Size, Words: one.Words(), Key: one.Proof.Key}
	}
	return shown
}

// Files implements outside.Library.
func (l library) Files(ctx context.Context, practice domain.PracticeID, of outside.Release) (outside.Files, error) {
	raw, err := l.vault.Bundle(ctx, practice, of.ID, of.Bundle)
	if err != nil {
		return outside.Files{}, err
	}
	bundle, err := bundles.Read(raw, of.Bundle)
	if err != nil {
		return outside.Files{}, err
	}
	files := outside.Files{Bundle: raw, Named: map[string][]byte{}}
	for _, edition := range bundle.Editions() {
		for _, file := range edition.Files {
			files.Named[file.Name], _ = bundle.File(file.Name)
		}
	}
	if of.Proof != nil {
		files.Proven, err = l.vault.Bundle(ctx, practice, of.ID, of.Proof.Bundle)
	}
	return files, err
}
