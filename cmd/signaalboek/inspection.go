package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain"
	"signaalboek/domain/proof"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/transparency"
	"signaalboek/projections"
)

// inspection looks at a whole ledger in one reading: is the log what it was, is it what was signed, and did every projection
// take in all of it? It records nothing, and may run beside whoever serves the log.
type inspection struct {
	log      domain.Store
	tiles    string // directory of the tree
	heads    transparency.Heads
	set      *projections.Set // at the end of the log, or close to it; nil: another program has them
	stuck    bool             // they can go no further
	kept     []keptPoint      // checkpoints that others kept
	progress func(events int64)
}

// keptPoint is a checkpoint that somebody else kept.
type keptPoint struct {
	name   string // of the file
	signed []byte
}

// look is one thing that is looked at.
type look string

// What is looked at, in this order.
const (
	lookFrames      look = "events"      // each is in its form, and commits to what it says
	lookTiles       look = "log"         // is what it was when the tree took it in
	lookSignatures  look = "signatures"  // are those of the ledger
	lookPromises    look = "checkpoints" // the log is what was signed
	lookKept        look = "kept"        // and what others kept
	lookReleases    look = "releases"    // stand in the ledger that they were proven with
	lookProjections look = "projections" // took in all of the log
)

// looked is what came of one look.
type looked struct {
	Look   look         `json:"check"`
	Result proof.Result `json:"result"`
	Count  int64        `json:"count"`          // of what was looked at
	Wrong  string       `json:"wrong,omitzero"` // the first thing that does not hold, in words
}

// inspected is what an inspection found.
type inspected struct {
	transparency.Extent
	Origin      string // of the history now; empty: nothing was signed yet
	Looks       []looked
	Projections []projected // by name; none: another program has them
}

// projected is how much of the log a projection took in.
type projected struct {
	Name     string `json:"name"`
	Events   uint64 `json:"events"`
	Frontier string `json:"frontier"` // over them, in hexadecimal
	Whole    bool   `json:"whole"`    // it is that of the log
}

// result is that of all looks.
func (i inspected) result() proof.Result {
	if slices.ContainsFunc(i.Looks, func(l looked) bool { return l.Result == proof.Failed }) {
		return proof.Failed
	}
	return proof.Held
}

// run does it.
func (i inspection) run(ctx context.Context) (inspected, error) {
	head, err := i.heads.Head(ctx)
	if errors.Is(err, transparency.ErrHeadDamaged) {
		return inspected{Looks: []looked{{lookSignatures, proof.Failed, 0, "het bestand head is beschadigd, of door iets anders geschreven"}}}, nil
	}
	if err != nil {
		return inspected{}, err
	}
	points := i.points(head)
	at, of := domain.Position{}, map[string]domain.Frontier(nil)
	if i.set != nil {
		at, of = i.set.Frontiers()
	}
	audit := transparency.Audit{Log: i.log, Dir: i.tiles, At: at, Progress: i.progress, Promised: checkpoints(points)}
	audited, err := audit.Read(ctx)
	frames := looked{Look: lookFrames, Result: proof.Held, Count: audited.Size}
	if unreadable(err) {
		frames.Result, frames.Wrong, err = proof.Failed, i.event(ctx, audited.Size, audited.Position), nil
	}
	if err != nil {
		return inspected{}, err
	}
	found := inspected{Extent: audited.Extent, Origin: head.Origin}
	found.Looks = []looked{frames, i.tilesLook(ctx, audited), signatures(points)}
	for _, what := range []look{lookPromises, lookKept, lookReleases} {
		found.Looks = append(found.Looks, promises(what, points, audited))
	}
	projecting := projectionsLook(audited, of)
	if i.stuck {
		projecting.Result, projecting.Wrong = proof.Failed, i.event(ctx, int64(audited.AtAsked.Events), at)
	}
	found.Looks, found.Projections = append(found.Looks, projecting), projectedOf(audited.AtAsked, of)
	return found, nil
}

// unreadable reports whether an error says that an event is not what this program records.
func unreadable(err error) bool {
	return errors.Is(err, proof.ErrNoFrame) || errors.Is(err, sqlite.ErrDamaged) || errors.Is(err, esdb.ErrDamaged)
}

// point is a checkpoint that the log is held against.
type point struct {
	of look
	proof.Checkpoint
	said   string // whose it is, in words
	signed bool   // by the ledger, now or before
	nobody bool   // it cannot be read as a checkpoint at all
}

// points is every checkpoint that is known: those of the head, those that others kept, and those of releases.
func (i inspection) points(head transparency.Head) (all []point) {
	keys := keysOf(head)
	for _, signed := range head.Checkpoints {
		said := fmt.Sprintf("het controlepunt van %s", signed.At.Format(time.DateTime))
		all = append(all, readPoint(lookPromises, []byte(signed.Note), said, keys))
	}
	for _, kept := range i.kept {
		all = append(all, readPoint(lookKept, kept.signed, kept.name, keys))
	}
	if i.set == nil {
		return all
	}
	for _, one := range i.set.Releases.Anchored() {
		p := readPoint(lookReleases, []byte(one.Proof.Checkpoint), "de publicatie over "+one.Period.String(), keys)
		if p.Origin == head.Origin { // a history that ended is not held against the log
			all = append(all, p)
		}
	}
	return all
}

func readPoint(of look, signed []byte, said string, keys []note.Verifier) point {
	p := point{of: of, said: said}
	var err error
	if p.Checkpoint, err = proof.Claimed(string(signed)); err != nil {
		p.nobody = true
		return p
	}
	p.signed = slices.ContainsFunc(keys, func(key note.Verifier) bool {
		_, err := proof.Open(signed, key)
		return err == nil
	})
	return p
}

// keysOf is the keys that this ledger signed with, now and before.
func keysOf(head transparency.Head) (keys []note.Verifier) {
	texts := []string{head.Key}
	for _, ended := range head.Earlier {
		texts = append(texts, ended.Key)
	}
	for _, text := range texts {
		if key, err := note.NewVerifier(text); err == nil {
			keys = append(keys, key)
		}
	}
	return keys
}

func checkpoints(points []point) []proof.Checkpoint {
	all := make([]proof.Checkpoint, len(points))
	for i, p := range points {
		all[i] = p.Checkpoint
	}
	return all
}

func (i inspection) tilesLook(ctx context.Context, audited transparency.Audited) looked {
	l := looked{Look: lookTiles, Result: proof.Held, Count: audited.Compared()}
	switch {
	case audited.Other >= 0:
		l.Result, l.Wrong = proof.Failed, i.event(ctx, audited.Other, audited.Before)
	case l.Count == 0:
		l.Result = proof.Absent
	}
	return l
}

// event says which event stands in the log with so many before it.
func (i inspection) event(ctx context.Context, index int64, after domain.Position) string {
	for recorded, err := range i.log.ReadAll(ctx, after) {
		if err != nil {
			break
		}
		return fmt.Sprintf("gebeurtenis %d, %s, genoteerd als %s", index+1, recorded.ID, recorded.Name)
	}
	return fmt.Sprintf("gebeurtenis %d, die er niet meer is, of niet te lezen", index+1)
}

// signatures holds every checkpoint against the keys of the ledger.
func signatures(points []point) looked {
	l := looked{Look: lookSignatures, Result: proof.Held, Count: int64(len(points))}
	for _, p := range points {
		if p.nobody || !p.signed {
			l.Result, l.Wrong = proof.Failed, p.said
			return l
		}
	}
	if len(points) == 0 {
		l.Result = proof.Absent
	}
	return l
}

// promises holds the log against checkpoints of one kind. The first that it contradicts, by size, tells up to where, and the
// last that holds, from where: but no one of another kind, which may have been signed by whoever changed the log.
func promises(of look, points []point, audited transparency.Audited) looked {
	l := looked{Look: of, Result: proof.Absent}
	var largest int64 // size that holds
	var broken *point
	for i, p := range points {
		switch {
		case p.of != of || p.nobody:
			continue
		case audited.Roots[i] == p.Root:
			largest = max(largest, p.Size)
		case broken == nil || p.Size < broken.Size:
			broken = &points[i]
		}
		l.Count++
		l.Result = proof.Held
	}
	if broken != nil {
		l.Result, l.Wrong = proof.Failed, contradicts(*broken, largest, audited.Size)
	}
	return l
}

// contradicts says how a log of a size contradicts a checkpoint, when a smaller one still holds.
func contradicts(p point, holds, size int64) string {
	said := fmt.Sprintf("%s, over %d gebeurtenissen", p.said, p.Size)
	if size < p.Size {
		return fmt.Sprintf("%s: er staan er nog %d, dus gebeurtenis %d is de eerste die weg is", said, size, size+1)
	}
	if holds = min(holds, p.Size-1); holds+1 == p.Size { // a larger one that holds was signed over the changed log
		return fmt.Sprintf("%s: gebeurtenis %d is een andere", said, p.Size)
	}
	return fmt.Sprintf("%s: ergens van gebeurtenis %d tot %d staat iets anders", said, holds+1, p.Size)
}

func projectionsLook(audited transparency.Audited, of map[string]domain.Frontier) looked {
	l := looked{Look: lookProjections, Result: proof.Held, Count: int64(len(of))}
	if of == nil {
		l.Result = proof.Absent
	}
	if strays := projections.Strays(audited.AtAsked, of); len(strays) > 0 {
		l.Result, l.Wrong = proof.Failed, strings.ReplaceAll(tellStrays(strays), "\n ", "")
	}
	return l
}

func projectedOf(log domain.Frontier, of map[string]domain.Frontier) (all []projected) {
	for _, name := range slices.Sorted(maps.Keys(of)) {
		all = append(all, projected{name, of[name].Events, fmt.Sprintf("%x", of[name].Sum), of[name] == log})
	}
	return all
}
