package domain

import (
	"strconv"
	"time"
)

// The refusals of a day that something is planned for.
var (
	ErrNoPlannedDay = Refuse(Invalid, "planned-day-missing")
	ErrPlannedDay   = Refuse(Invalid, "planned-day-implausible")
)

// The days that something can be planned for. Others are slips of the pen, such as 0206 or 2062 for 2026.
const (
	firstPlannedYear  = 2000
	yearsPlannedAhead = 5
)

// CheckPlannedDay refuses, at pointer, no day and a day that cannot be meant by somebody who plans on a day. Days that
// are past can: calendars are filled in afterwards, too.
func CheckPlannedDay(day, on Date, pointer string) error {
	if day.IsZero() {
		return ErrNoPlannedDay.At(pointer)
	}
	lastYear := on.Year() + yearsPlannedAhead
	if day < DateOf(firstPlannedYear, time.January, 1) || day.Year() > lastYear {
		return ErrPlannedDay.At(pointer).Naming("first", strconv.Itoa(firstPlannedYear)).Naming("last", strconv.Itoa(lastYear))
	}
	return nil
}
