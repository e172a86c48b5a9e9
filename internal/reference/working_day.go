package reference

import "time"

// bankHolidays are those of England and Wales as the government published them, year by year and day by day. Before the
// first year and after the last no weekday is a holiday here: no span that comes near a limit reaches there.
func bankHolidays() map[Date]bool {
	holidays := map[Date]bool{}
	add := func(year int, month time.Month, days ...int) {
		for _, day := range days {
			holidays[On(year, month, day)] = true
		}
	}
	for year, days := range map[int][][]int{
		2012: {{1, 2}, {4, 6, 9}, {5, 7}, {6, 4, 5}, {8, 27}, {12, 25, 26}},
		2013: {{1, 1}, {3, 29}, {4, 1}, {5, 6, 27}, {8, 26}, {12, 25, 26}},
		2014: {{1, 1}, {4, 18, 21}, {5, 5, 26}, {8, 25}, {12, 25, 26}},
		2015: {{1, 1}, {4, 3, 6}, {5, 4, 25}, {8, 31}, {12, 25, 28}},
		2016: {{1, 1}, {3, 25, 28}, {5, 2, 30}, {8, 29}, {12, 26, 27}},
		2017: {{1, 2}, {4, 14, 17}, {5, 1, 29}, {8, 28}, {12, 25, 26}},
		2018: {{1, 1}, {3, 30}, {4, 2}, {5, 7, 28}, {8, 27}, {12, 25, 26}},
		2019: {{1, 1}, {4, 19, 22}, {5, 6, 27}, {8, 26}, {12, 25, 26}},
		2020: {{1, 1}, {4, 10, 13}, {5, 8, 25}, {8, 31}, {12, 25, 28}}, // 8 May: 75 years since the war in Europe ended
		2021: {{1, 1}, {4, 2, 5}, {5, 3, 31}, {8, 30}, {12, 27, 28}},
		2022: {{1, 3}, {4, 15, 18}, {5, 2}, {6, 2, 3}, {8, 29}, {9, 19}, {12, 26, 27}}, // jubilee in June, the Queen's funeral
		2023: {{1, 2}, {4, 7, 10}, {5, 1, 8, 29}, {8, 28}, {12, 25, 26}},               // 8 May: coronation
		2024: {{1, 1}, {3, 29}, {4, 1}, {5, 6, 27}, {8, 26}, {12, 25, 26}},
		2025: {{1, 1}, {4, 18, 21}, {5, 5, 26}, {8, 25}, {12, 25, 26}},
		2026: {{1, 1}, {4, 3, 6}, {5, 4, 25}, {8, 31}, {12, 25, 28}},
		2027: {{1, 1}, {3, 26, 29}, {5, 3, 31}, {8, 30}, {12, 27, 28}},
		2028: {{1, 3}, {4, 14, 17}, {5, 1, 29}, {8, 28}, {12, 25, 26}},
	} {
		for _, month := range days {
			add(year, time.Month(month[0]), month[1:]...)
		}
	}
	return holidays
}

// calendar knows which days are working days.
type calendar struct{ holidays map[Date]bool }

func newCalendar() calendar { return calendar{bankHolidays()} }

func (c calendar) isWorkingDay(day Date) bool {
	weekday := day.Weekday()
	return weekday != time.Saturday && weekday != time.Sunday && !c.holidays[day]
}

// workingDays counts the working days after one date up to and including another, so that the day after the first is
// day 1. It is negative where the second is earlier.
func (c calendar) workingDays(from, until Date) int {
	if until.Before(from) {
		return -c.workingDays(until, from)
	}
	n := 0
	for day := from; day.Before(until); {
		day = day.Plus(1)
		if c.isWorkingDay(day) {
			n++
		}
	}
	return n
}

// workingDayAfter is the date on which the nth working day after a date falls.
func (c calendar) workingDayAfter(from Date, n int) Date {
	day := from
	for n > 0 {
		day = day.Plus(1)
		if c.isWorkingDay(day) {
			n--
		}
	}
	return day
}
