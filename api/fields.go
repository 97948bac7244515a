package api

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/projections"
)

// What a form can hold that is not even a value.
var (
	errDay      = obstruct(http.StatusUnprocessableEntity, "day-unreadable")
	errDayEmpty = obstruct(http.StatusUnprocessableEntity, "day-empty")
	errNumber   = obstruct(http.StatusUnprocessableEntity, "number-unreadable")
	errCommand  = obstruct(http.StatusUnprocessableEntity, "form-command")
	errPeriod   = obstruct(http.StatusUnprocessableEntity, "period-backwards")
)

// fields reads a form into the parts of a command. The first thing that cannot be read stays in err, with its field;
// after that, what is read means nothing.
type fields struct {
	form web.Form
	err  error
}

func newFields(form web.Form) *fields { return &fields{form: form} }

func (f *fields) refuse(err error) {
	if f.err == nil {
		f.err = err
	}
}

// newCommand is the id of the command that a form will send. It begins with its time, and so do the ids of what the
// command will make: see domain.DeriveID.
func newCommand() domain.CommandID { return uuid.Must(uuid.NewV7()) }

// period is the days that a list is chosen by, both counted; either may be left open.
func (f *fields) period() projections.Period {
	period := projections.Period{From: f.day("from"), To: f.day("to")}
	if backwards(period) {
		f.refuse(errPeriod.at("/to"))
	}
	return period
}

// backwards reports whether a period ends before it begins.
func backwards(period projections.Period) bool {
	return !period.From.IsZero() && !period.To.IsZero() && period.To < period.From
}

// command is the id that was made when the form was first shown: sent twice, it is recorded once.
func (f *fields) command() domain.CommandID {
	id, err := uuid.Parse(f.form.Command)
	if err != nil || id == uuid.Nil {
		f.refuse(errCommand)
	}
	return id
}

// target is the stream that the form is about, at the revision that was looked at.
func (f *fields) target(stream domain.StreamID) ledger.Target {
	number, err := strconv.ParseInt(f.form.Revision, 10, 64)
	if err != nil {
		return ledger.Target{Stream: stream}
	}
	revision := domain.Revision(number)
	return ledger.Target{Stream: stream, Revision: &revision}
}

func (f *fields) text(name string) string { return strings.TrimSpace(f.form.Value(name)) }

func (f *fields) code(name string) domain.Code { return domain.Code(f.text(name)) }

func (f *fields) codes(name string) []domain.Code {
	var codes []domain.Code
	for _, value := range f.form.Values[name] {
		if value != "" {
			codes = append(codes, domain.Code(value))
		}
	}
	return codes
}

// lines is several short texts in one field, with a comma between them.
func (f *fields) lines(name string) []string {
	var lines []string
	for line := range strings.SplitSeq(f.text(name), ",") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func (f *fields) ticked(name string) bool { return f.text(name) != "" }

// day is a day; none if the field is empty.
func (f *fields) day(name string) domain.Date {
	day, err := web.ParseDay(f.form.Value(name))
	if err != nil {
		f.refuse(errDay.at("/" + name))
	}
	return day
}

// on is the day it happened. A form that does not ask is about today; one that does shows today, and whoever empties it
// has not said when.
func (f *fields) on() domain.Date {
	if f.form.Values.Has("on") && f.text("on") == "" {
		f.refuse(errDayEmpty.at("/on"))
	}
	return f.day("on")
}

// count is a number that must be there: what nobody filled in was not counted, which is not zero.
func (f *fields) count(name string) int {
	if f.text(name) == "" {
		f.refuse(errNumber.at("/" + name))
	}
	return f.number(name)
}

// number is a whole number; 0 if the field is empty.
func (f *fields) number(name string) int {
	text := f.text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		f.refuse(errNumber.at("/" + name))
	}
	return n
}
