package pursuit

import "signaalboek/domain"

// Step is the step itself. An event that embeds a step answers with it, so that projections take the steps of signals
// and of recommendations alike, through interface{ Step() Step }.
func (e Scheduled) Step() Step         { return e }
func (e Unscheduled) Step() Step       { return e }
func (e Discussed) Step() Step         { return e }
func (e WentUnanswered) Step() Step    { return e }
func (e Decided) Step() Step           { return e }
func (e PromiseKept) Step() Step       { return e }
func (e PromiseBroken) Step() Step     { return e }
func (e PublicActionTaken) Step() Step { return e }
func (e CarriedOut) Step() Step        { return e }
func (e FedBack) Step() Step           { return e }

// These steps are outcomes: Owe has them owed to every setting that raised the thing. Being put on an agenda, sent
// along or brought into public debate is none: nobody answered.

// Owe has the outcome of a discussion owed.
func (Discussed) Owe(d *Debts, e domain.Entry) { d.Outcome(e.Stream, e.Position, e.Meta.On) }

// Owe has the silence owed: no answer is an outcome too.
func (WentUnanswered) Owe(d *Debts, e domain.Entry) { d.Outcome(e.Stream, e.Position, e.Meta.On) }

// Owe has the decision owed.
func (Decided) Owe(d *Debts, e domain.Entry) { d.Outcome(e.Stream, e.Position, e.Meta.On) }

// Owe has the kept promise owed.
func (PromiseKept) Owe(d *Debts, e domain.Entry) { d.Outcome(e.Stream, e.Position, e.Meta.On) }

// Owe has the broken promise owed.
func (PromiseBroken) Owe(d *Debts, e domain.Entry) { d.Outcome(e.Stream, e.Position, e.Meta.On) }

// Owe has what came about owed.
func (CarriedOut) Owe(d *Debts, e domain.Entry) { d.Outcome(e.Stream, e.Position, e.Meta.On) }

// Owe pays: one feedback tells a setting everything that came of it before.
func (f FedBack) Owe(d *Debts, e domain.Entry) { d.Told(e.Stream, f.Setting) }
