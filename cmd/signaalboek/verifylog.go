package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"signaalboek/cmd/verdict"
	"signaalboek/domain/proof"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/transparency"
)

// verifyLog looks at the whole ledger, and says what it found. It may run beside a program that serves; that one compares
// its own projections.
func verifyLog(ctx context.Context, c *call) error { return unlessFound(lookAtLog(ctx, c)) }

// unlessFound is an error with the number of a check that could not be done, unless it is what the check found: whoever runs
// it at night must not take a slip of the pen, or a disk that is away, for a history that was changed.
func unlessFound(err error) error {
	if _, found := errors.AsType[ending](err); err == nil || found {
		return err
	}
	return ending{verdict.Misused, err}
}

func lookAtLog(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesJSON()
	var kept files
	f.Var(&kept, "checkpoint", "`bestand` met een controlepunt dat iemand anders bewaarde; kan meermaals")
	rest, err := f.parse(c)
	if err := errors.Join(err, noMore(rest)); err != nil {
		return err
	}
	points, err := kept.read()
	if err != nil {
		return err
	}
	found, err := f.place().inspect(ctx, points)
	if err != nil {
		return err
	}
	return found.tell(c, f.json)
}

// files is what an option that may be given more than once names.
type files []string

// String implements flag.Value.
func (f *files) String() string { return strings.Join(*f, " ") }

// Set implements flag.Value.
func (f *files) Set(name string) error { *f = append(*f, name); return nil }

// mostOfCheckpoint is more bytes than a checkpoint has.
const mostOfCheckpoint = 1 << 16

func (f files) read() (points []keptPoint, err error) {
	for _, name := range f {
		signed, err := os.ReadFile(name)
		if err != nil || len(signed) > mostOfCheckpoint {
			return nil, mistake("%s is niet te lezen, of is geen controlepunt.", name)
		}
		points = append(points, keptPoint{name, signed})
	}
	return points, nil
}

// inspect opens the ledger at a place to look at all of it or, if another program has it open, at what can be read beside
// that, and remembers what came of it.
func (p place) inspect(ctx context.Context, kept []keptPoint) (found inspected, err error) {
	if err := p.mustExist(ctx); err != nil {
		return found, err
	}
	heads, err := p.openHeads(ctx)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, closeHeads(heads)) }()
	i := inspection{tiles: p.tiles(), heads: heads, kept: kept}
	closing, err := i.open(ctx, p)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, closing()) }()
	if found, err = i.run(ctx); err != nil {
		return found, err
	}
	return found, remember(ctx, heads, found.check())
}

func (i *inspection) open(ctx context.Context, p place) (closing func() error, err error) {
	m, err := open(ctx, p)
	if errors.Is(err, sqlite.ErrLocked) {
		log, err := p.readLog(ctx)
		if err != nil {
			return nil, err
		}
		i.log = log
		return log.Close, nil
	}
	if err != nil {
		return nil, err
	}
	i.log, i.set = m.log, m.set
	if err := m.catchUp(ctx); ctx.Err() != nil {
		return nil, errors.Join(err, m.close())
	} else if err != nil {
		i.stuck = true // on an event that nobody can read: it is named
	}
	return m.close, nil
}

// check is an inspection as the head keeps it.
func (i inspected) check() transparency.Check {
	return transparency.Check{What: "log", Size: i.Size, Root: i.Root, Good: i.result() == proof.Held}
}

// remember keeps that something was verified now. A head that is damaged keeps nothing: that was found, or will be.
func remember(ctx context.Context, heads transparency.Heads, done transparency.Check) error {
	done.At = time.Now().UTC()
	err := transparency.Record(ctx, heads, done)
	if errors.Is(err, transparency.ErrHeadDamaged) {
		return nil
	}
	return err
}

// inspectedSaid is an inspection as programs read it.
type inspectedSaid struct {
	Result proof.Result `json:"result"`
	Origin string       `json:"origin,omitzero"`
	Events int64        `json:"events"`
	Root   string       `json:"root"`
	Checks []looked     `json:"checks"`

	Projections []projected `json:"projections"`
}

// tell says what was found; whoever calls ends with the number that says it too.
func (i inspected) tell(c *call, asJSON bool) error {
	if asJSON {
		said := inspectedSaid{i.result(), i.Origin, i.Size, i.Root.String(), i.Looks, i.Projections}
		if err := json.NewEncoder(c.stdout).Encode(said); err != nil {
			return err
		}
	} else {
		i.write(c.stdout)
	}
	if i.result() == proof.Failed {
		return ending{verdict.Wrong, mistake("Er klopt iets niet.")}
	}
	return nil
}

func (i inspected) write(out io.Writer) {
	for _, l := range i.Looks {
		fmt.Fprintln(out, l.sentence())
	}
	for _, p := range i.Projections {
		fmt.Fprintf(out, "        %s %-10s %s, %s\n", map[bool]string{true: "✓", false: "✗"}[p.Whole], p.Name, inEvents(int64(p.Events)), p.Frontier)
	}
	fmt.Fprintf(out, "\n%s. De acht woorden:\n  %s\n", inEvents(i.Size), strings.Join(proof.Words(i.Root), " "))
}

// lookSentences is what each look says when it holds, and when there is nothing to look at.
var lookSentences = map[look]struct{ held, absent string }{
	lookFrames:      {"Elke gebeurtenis heeft haar vorm, en legt vast wat ze zegt.", ""},
	lookTiles:       {"Het logboek is wat het was toen het programma het las.", "Er is nog niets bewaard om het logboek mee te vergelijken. Dat begint met: signaalboek serve"},
	lookSignatures:  {"Elk controlepunt draagt de handtekening van dit signaalboek.", "Er werd nog niets ondertekend. Dat begint met: signaalboek serve"},
	lookPromises:    {"Het logboek is wat ondertekend werd.", "Zonder controlepunt is dat niet na te kijken."},
	lookKept:        {"Het logboek is wat anderen bewaarden.", "Er is geen controlepunt meegegeven dat iemand anders bewaarde. Heb je er een? Geef het met --checkpoint."},
	lookReleases:    {"Elke publicatie staat in het logboek waarmee ze bewezen werd.", "Bewijzen van publicaties zijn niet nagekeken: er zijn er geen, of het programma draait nu."},
	lookProjections: {"Elk overzicht verwerkte elke gebeurtenis, in die volgorde.", "De overzichten kijkt het programma na dat nu draait: zie /readyz."},
}

func (l looked) sentence() string {
	said := lookSentences[l.Look]
	switch l.Result {
	case proof.Failed:
		return "[FOUT]  Niet waar: " + strings.ToLower(said.held[:1]) + said.held[1:] + " Het eerste dat niet klopt: " + strings.TrimSuffix(l.Wrong, ".") + "."
	case proof.Absent:
		return "[-]     " + said.absent
	}
	return "[klopt] " + said.held
}
