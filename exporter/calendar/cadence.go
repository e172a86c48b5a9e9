package calendar

import (
	"fmt"
	"time"
)

// AtCadence is the window of a kind relative to a day, in data that arrive by the week or the month: the cadence. A snapshot
// or a running kind ends with the last week or month that ended by the day, so that the days until the next one share a
// key. Any other kind is as [Calendar.At] gives it.
//
// AtCadence panics on a cadence whose windows do not follow one another.
func (c *Calendar) AtCadence(kind Kind, asOf time.Time, cadence Kind) Period {
	asOf = civilDate(asOf)
	open, contiguous := c.windowAround(cadence, asOf)
	if !contiguous {
		panic(fmt.Sprintf("calendar: data do not arrive by %q", cadence))
	}
	p := c.At(kind, asOf)
	if p.Ends.Equal(asOf) && open.ends.After(asOf) {
		p = c.At(kind, open.starts.AddDate(0, 0, -1))
		p.AsOf = asOf
	}
	return p
}
