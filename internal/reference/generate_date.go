package reference

import "time"

// awkward are days on which calendars differ.
func awkward() []Date {
	days := []Date{
		On(2022, time.June, 1), On(2022, time.June, 3), On(2022, time.June, 6), On(2022, time.September, 16), On(2022, time.September, 19),
		On(2022, time.September, 20), On(2023, time.May, 5), On(2023, time.May, 8), On(2023, time.May, 9), On(2022, time.December, 27),
		On(2024, time.February, 28), On(2024, time.February, 29), On(2024, time.March, 1), On(2025, time.February, 28), On(2020, time.February, 29),
		On(2024, time.March, 31), On(2024, time.October, 27), On(2025, time.March, 30), On(2025, time.October, 26), On(2026, time.March, 29),
		On(2023, time.April, 6), On(2023, time.April, 11), On(2024, time.March, 28), On(2024, time.April, 2), On(2025, time.April, 17),
		On(2025, time.April, 22), On(2026, time.April, 2), On(2026, time.April, 7), On(2021, time.August, 31), On(2023, time.November, 30),
	}
	return days
}

// backs are how long before a day a limit begins: in days, in months and in working days.
func backs() (days, months, workingDays []int) {
	return []int{0, 6, 7, 8, 27, 28, 29, 41, 42, 43, 83, 84, 85, 111, 112, 113, 139, 140, 141, 365, 729, 730, 731},
		[]int{1, 3, 6, 9, 12, 24}, []int{5, 9, 10, 11, 14, 15, 16, 19, 20, 21, 44, 45, 46}
}

// near is a date about which an indicator could be in doubt.
func (g *generator) near() Date {
	anchor := pick(g, g.days...)
	if g.rarely(4) {
		w := live(pick(g, month, quarter, financialYear, twelveMonths, yearToDate), anchor)
		anchor = pick(g, w.starts, w.ends)
	}
	days, months, workingDays := backs()
	step := pick(g, -1, 0, 0, 1)
	switch g.IntN(12) {
	case 0, 1:
		return anchor.Plus(-pick(g, days...) + step)
	case 2, 3:
		return anchor.PlusMonths(-pick(g, months...)).Plus(step)
	case 4, 5:
		return g.workingDaysBefore(anchor, pick(g, workingDays...)).Plus(step)
	case 6:
		return pick(g, awkward()...).Plus(step)
	case 7:
		return anchor.Plus(step)
	case 8:
		return anchor.Plus(g.IntN(60)) // the future, seen from that day
	default:
		return anchor.Plus(-g.IntN(1200))
	}
}

// past is a date near a limit that no day looked at lies before, as far as one try finds it.
func (g *generator) past() Date {
	day := g.near()
	if !day.Before(g.days[0]) && !g.rarely(6) {
		return g.days[0].Plus(-g.IntN(900))
	}
	return day
}

func (g *generator) workingDaysBefore(day Date, n int) Date {
	for n > 0 {
		if g.calendar.isWorkingDay(day) {
			n--
		}
		day = day.Plus(-1)
	}
	return day
}

// after is a date that follows another by about as much as a limit allows; seldom it lies before.
func (g *generator) after(start Date) Date {
	days, months, workingDays := backs()
	step := pick(g, -1, 0, 0, 1)
	switch g.IntN(9) {
	case 8:
		return start
	case 0, 1:
		return start.Plus(pick(g, days...) + step)
	case 2, 3:
		return start.PlusMonths(pick(g, months...)).Plus(step)
	case 4, 5:
		return g.calendar.workingDayAfter(start, pick(g, workingDays...)).Plus(step)
	case 6:
		return g.near()
	default:
		return start.Plus(g.IntN(500) - 10)
	}
}

// stamp writes a date as a case system does: with or without a time of day, rarely as something that means no date.
func (g *generator) stamp(day Date) string {
	if g.rarely(40) {
		return g.noDate()
	}
	switch g.IntN(8) {
	case 0:
		return day.String() + " 23:30:00"
	case 1:
		return day.String() + " 00:30:00"
	case 2:
		return day.String() + " 09:15:27.123"
	case 3:
		return day.String() + " 00:00:00"
	default:
		return day.String()
	}
}

func (g *generator) noDate() string {
	return pick(g, "", "", "", "1900-01-01", "1900-01-02", "9999-12-31", "2100-01-01", "1753-01-01 00:00:00", "9999-12-31 23:59:59")
}

// openEnd is no end more often than an end.
func (g *generator) openEnd(start Date) string {
	if g.rarely(2) {
		return g.noDate()
	}
	return g.stamp(g.end(start))
}

// end is a date after another, or about a day that is looked at.
func (g *generator) end(start Date) Date {
	if g.rarely(3) {
		return g.before(span{})
	}
	return g.after(start)
}

// span is a length of time; one of its parts is set.
type span struct{ days, months, workingDays int }

// before is a date such a length of time before a day that is looked at, give or take a day.
func (g *generator) before(spans ...span) Date {
	day, s := pick(g, g.days...), pick(g, spans...)
	return g.workingDaysBefore(day.PlusMonths(-s.months).Plus(-s.days), s.workingDays).Plus(pick(g, -1, 0, 0, 1))
}

// pastOr is a date of the past, or one such a length of time before a day that is looked at.
func (g *generator) pastOr(spans ...span) Date {
	if g.rarely(2) {
		return g.past()
	}
	return g.before(spans...)
}
