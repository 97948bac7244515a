// Signaalboek is a ledger of signals and policy advocacy for neighbourhood work.
//
//	signaalboek demo      a demonstration ledger, ready to click through
//	signaalboek serve     the ledger of a practice
//
// main wires the signals of the operating system; run does everything else, and is what tests run. Each sub-command has
// a file of its own; wire.go joins log, vault, projections and site.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // days are those of Brussels, also on a machine that does not know where that is
)

func main() {
	collectEarly()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "signaalboek: "+explain(err))
		os.Exit(exitCode(err))
	}
}

// collectEarly has garbage collected when there is half as much of it as of what lives, rather than as much. What lives
// is mostly rows without pointers, which cost the collector nothing, so this takes a fifth off the memory that a replay
// needs, in the same time. Who sets GOGC knows better.
func collectEarly() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}

// command is one sub-command.
type command struct {
	name    string
	summary string // in Dutch, for the list of commands
	run     func(ctx context.Context, c *call) error
}

// commands lists every sub-command, in the order in which they are shown.
func commands() []command {
	return []command{
		{"demo", "een demonstratie van Harelbeke starten, met verzonnen afloop", demo},
		{"serve", "het signaalboek van een praktijk starten", serve},
		{"user", "iemand toevoegen (user add ROL) of een nieuwe aanmeldlink maken (user link)", user},
		{"export", "gebeurtenissen uitschrijven (export events)", export},
		{"release", "publicaties opsommen (release list), of de bestanden van een uitschrijven (release export)", published},
		{"verify", "het hele signaalboek nakijken, of een publicatie met niets dan haar bestand (verify BESTAND)", verify},
		{"verify-release", "een publicatie opnieuw maken uit het logboek, en nakijken of ze klopt", verifyRelease},
		{"rebuild", "alle overzichten opnieuw opbouwen uit het logboek", rebuild},
		{"history", "tonen wat er ondertekend werd, of na een verlies opnieuw beginnen (history accept REDEN)", history},
		{"audit", "de geschiedenis zonder mensen uitschrijven, om ze elders na te kijken (audit export)", auditing},
		{"witness", "meetekenen als getuige (witness key, witness cosign), of een handtekening toevoegen (witness add)", witness},
		{"forget", "een tekst, een signaal of een kaart wissen, voorgoed", forget},
		{"rotate", "de kluis een nieuwe sleutel geven: oude kopieën openen dan niets meer", rotate},
		{"encrypt", "alles op de schijf versleutelen, van een signaalboek dat met --plain draaide", encrypt},
		{"decrypt", "alles op de schijf ontsleutelen, voor ander gereedschap of voor --plain", decrypt},
		{"backup", "een versleutelde reservekopie maken, ook terwijl het programma draait, of nakijken of je er een kunt terugzetten", backUp},
		{"restore", "reservekopieën terugzetten waar nog niets staat", restore},
		{"migrate", "een signaalboek verhuizen, van een map naar EventStoreDB en PostgreSQL of terug", migration},
		{"doctor", "nakijken of alles in orde is, en zeggen wat er scheelt", doctor},
		{"version", "de versie tonen", version},
	}
}

// call is one run of a sub-command: what it was given, and where it writes.
type call struct {
	name   string
	args   []string
	env    []string
	stdout io.Writer // what programs read
	stderr io.Writer // what people read
}

// run is the whole program. It returns after everything that it started has ended.
func run(ctx context.Context, args, env []string, stdout, stderr io.Writer) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(stderr)
		return flag.ErrHelp
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, &call{name: c.name, args: args[1:], env: env, stdout: stdout, stderr: stderr})
		}
	}
	usage(stderr)
	return mistake("Het bevel %q bestaat niet.", shownWord(args[0]))
}

func usage(w io.Writer) {
	fmt.Fprint(w, "Gebruik: signaalboek BEVEL [opties]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-14s  %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nDe opties van een bevel: signaalboek BEVEL --help\n")
}
