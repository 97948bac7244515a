package main

import (
	"context"
	"fmt"
	"time"

	"signaalboek/api/export"
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// proposal is what a gate is asked to let out, and what is out already: releases, and what others published.
type proposal struct {
	earlier []disclosure.Release
	foreign []disclosure.Foreign
	count   disclosure.Count
}

// gate decides what a release may tell.
type gate func(context.Context, proposal) (disclosure.Release, disclosure.Report, error)

// catalogue is what every release of a practice holds.
var catalogue = disclosure.V1()

// realGate is the one that signaalboek publishes with.
func realGate(ctx context.Context, p proposal) (disclosure.Release, disclosure.Report, error) {
	return disclosure.Gate{Catalogue: catalogue, Earlier: p.earlier, Foreign: p.foreign}.Judge(ctx, p.count, nil)
}

// published is the bundles of one year: nil for a release that there is none of, or that the gate refused.
type published struct {
	half, whole []byte
	refused     int
	took        time.Duration // of the gate
}

// publish brings all releases of a population out, year by year.
func publish(ctx context.Context, p population, judge gate) ([]published, error) {
	var all []published
	var earlier []disclosure.Release
	for _, y := range p.years {
		var out published
		for _, count := range y.counts() {
			began := time.Now()
			let, report, err := judge(ctx, proposal{earlier, y.foreign, count})
			out.took += time.Since(began)
			if err != nil {
				return nil, fmt.Errorf("judge %v of seed %d: %w", count.Period, p.seed, err)
			}
			if !report.Passed {
				out.refused++
				continue
			}
			earlier = append(earlier, let)
			bundle, err := bundleOf(let)
			if err != nil {
				return nil, fmt.Errorf("export %v of seed %d: %w", count.Period, p.seed, err)
			}
			*out.of(count.Period.Part) = bundle
		}
		all = append(all, out)
	}
	return all, nil
}

func (p *published) of(part disclosure.Part) *[]byte {
	if part == disclosure.FirstHalf {
		return &p.half
	}
	return &p.whole
}

// bundleOf is the files of a release, as outsiders get them.
func bundleOf(r disclosure.Release) ([]byte, error) {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	edition := projections.CouncilEdition{
		EditionHead: projections.EditionHead{Practice: "STEK", Period: r.Period},
		Figures:     []projections.PeriodFigures{{Period: r.Period, Tables: catalogue.Publish(r)}},
		Method:      projections.EditionMethod{Catalogue: catalogue.Version},
	}
	for _, table := range catalogue.Tables(r.Period.Part) {
		width := projections.EditionWidth{Table: table.Name, Width: r.Widths[table.Name]}
		edition.Method.Widths = append(edition.Method.Widths, width)
	}
	files, err := export.Files(export.Release{
		Edition: edition, Book: book, Counted: domain.DateOf(r.Period.Year+1, time.January, 15),
		Open: func(domain.Sealed) (string, error) { return "", nil },
	})
	if err != nil {
		return nil, err
	}
	bundle, err := export.Pack(files)
	return bundle.Content, err
}
