package synthetic

import "time"

// day is a civil date, counted from 1 January 1970.
type day int32

// never stands for a date that is not there.
const never day = -1 << 30

const (
	week   day = 7
	month  day = 30
	year   day = 365
	future day = 8 * year // of planned events beyond the last day
)

func dayOf(t time.Time) day {
	return day(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d day) time() time.Time       { return time.Unix(int64(d)*86400, 0).UTC() }
func (d day) weekday() time.Weekday { return d.time().Weekday() }

// months moves by calendar months; the 31st becomes the last day of a shorter
// month, as a review that is due in three months does.
func (d day) months(n int) day {
	t := d.time()
	last := time.Date(t.Year(), t.Month()+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return dayOf(last) - day(last.Day()-min(last.Day(), t.Day()))
}

// date is the form of the education and local tables.
func (d day) date() string {
	if d == never {
		return ""
	}
	return d.time().Format("2006-01-02")
}

// stamp is the form of a datetime column of the social care database.
func (d day) stamp() string {
	if d == never {
		return ""
	}
	return d.time().Format("2006-01-02") + " 00:00:00"
}

// calendar knows working days and school holidays over the years written.
type calendar struct {
	first   day
	workday []bool
	closed  []bool // schools shut
}

func newCalendar(first, last day) *calendar {
	size := int(last-first) + 1
	c := &calendar{first: first, workday: make([]bool, size), closed: make([]bool, size)}
	off := map[day]bool{}
	for y := first.time().Year(); y <= last.time().Year(); y++ {
		for _, holiday := range bankHolidays(y) {
			off[holiday] = true
		}
		for _, span := range schoolHolidays(y) {
			for d := max(span[0], first); d <= min(span[1], last); d++ {
				c.closed[d-first] = true
			}
		}
	}
	for i := range size {
		d := first + day(i)
		w := d.weekday()
		if w != time.Saturday && w != time.Sunday && !off[d] {
			c.workday[i] = true
		}
	}
	return c
}

func (c *calendar) clamp(d day) int {
	return int(min(max(d, c.first), c.first+day(len(c.workday))-1) - c.first)
}

func (c *calendar) working(d day) bool   { return c.workday[c.clamp(d)] }
func (c *calendar) schoolOut(d day) bool { return c.closed[c.clamp(d)] }

// next is d itself or the first working day after it.
func (c *calendar) next(d day) day {
	for !c.working(d) && d < c.first+day(len(c.workday))-1 {
		d++
	}
	return d
}

// plus moves n working days on; the day after d is the first.
func (c *calendar) plus(d day, n int) day {
	for n > 0 && d < c.first+day(len(c.workday))-1 {
		d++
		if c.working(d) {
			n--
		}
	}
	return d
}

func civil(y int, m time.Month, d int) day {
	return dayOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// bankHolidays are those of England that fall every year. The one-off days of
// royal occasions are left out: nobody reads this data to the day.
func bankHolidays(y int) []day {
	easter := easterSunday(y)
	monday := func(d day) day {
		for d.weekday() != time.Monday {
			d++
		}
		return d
	}
	onward := func(d day) day {
		switch d.weekday() {
		case time.Saturday:
			return d + 2
		case time.Sunday:
			return d + 1
		}
		return d
	}
	christmas, boxing := civil(y, 12, 25), civil(y, 12, 26)
	switch christmas.weekday() {
	case time.Friday:
		boxing += 2
	case time.Saturday:
		christmas, boxing = christmas+2, boxing+2
	case time.Sunday:
		christmas += 2
	}
	return []day{
		onward(civil(y, 1, 1)), easter - 2, easter + 1, monday(civil(y, 5, 1)),
		monday(civil(y, 5, 25)), monday(civil(y, 8, 25)), christmas, boxing,
	}
}

func schoolHolidays(y int) [][2]day {
	easter := easterSunday(y)
	return [][2]day{
		{civil(y, 1, 1), civil(y, 1, 3)}, {civil(y, 2, 13), civil(y, 2, 20)},
		{easter - 9, easter + 8}, {civil(y, 5, 25), civil(y, 5, 31)},
		{civil(y, 7, 22), civil(y, 9, 1)}, {civil(y, 10, 24), civil(y, 10, 31)},
		{civil(y, 12, 20), civil(y, 12, 31)},
	}
}

// easterSunday follows the anonymous Gregorian rule.
func easterSunday(y int) day {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return civil(y, time.Month(n/31), n%31+1)
}
