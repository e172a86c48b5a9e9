package calendar

import (
	"fmt"
	"time"
)

// AtCadence is the period of a kind as seen on a day in data that come by the week
// or the month, whichever closes says. A snapshot or a running kind ends with
// the last week or month that ended by the day: the days until the next one
// closes share its key. Any other kind is the one that [Calendar.At] gives.
//
// AtClose panics where closes is no kind of windows that follow one another.
func (c *Calendar) AtCadence(kind Kind, asOf time.Time, cadence Kind) Period {
	asOf = civilDate(asOf)
	open, contiguous := c.windowAround(cadence, asOf)
	if !contiguous {
		panic(fmt.Sprintf("period: data do not come by %q", cadence))
	}
	p := c.At(kind, asOf)
	if p.Ends.Equal(asOf) && open.ends.After(asOf) {
		p = c.At(kind, open.starts.AddDate(0, 0, -1))
		p.AsOf = asOf
	}
	return p
}
