package synthetic

import (
	"strconv"
	"time"
)

// writeAttendance rolls a pupil's sessions up by week, for as many academic
// years as the profile asks for.
func (e *schooling) writeAttendance(p *pupil, list []stint, dice rng) {
	if e.AttendanceYears == 0 {
		return
	}
	share := pick(dice, []weighted[float64]{{77, 0.034}, {16, 0.11}, {5, 0.23}, {2, 0.62}})
	if p.child != nil && len(p.child.spells) > 0 {
		share *= 1.25
	}
	for _, st := range list {
		for y := e.now - e.AttendanceYears + 1; y <= e.now; y++ {
			monday := civil(y, 9, 1)
			for monday.weekday() != time.Monday {
				monday++
			}
			for ; monday < civil(y+1, 7, 22) && monday+4 <= e.asOf; monday += week {
				if st.from <= monday && monday+4 < st.to && p.ncYear(monday) <= 11 && p.ncYear(monday) >= 0 {
					e.writeWeek(p, st.school, monday, y, share, dice)
				}
			}
		}
	}
}

func (e *schooling) writeWeek(p *pupil, where *school, monday day, y int, share float64, dice rng) {
	days := 0
	for d := monday; d < monday+5; d++ {
		if e.cal.working(d) && !e.cal.schoolOut(d) {
			days++
		}
	}
	if days == 0 {
		return
	}
	missed := 0
	if dice.chance(min(1, share*3)) {
		missed = min(2*days, dice.roundRandomly(min(share/min(1, share*3), 1)*float64(2*days)))
		missed = dice.between(max(0, 2*missed-2*days), min(2*days, 2*missed))
	}
	outside := 0
	for range missed {
		if dice.chance(0.32) {
			outside++
		}
	}
	term := "autumn"
	switch m := monday.time().Month(); {
	case m <= 3 || m == 4 && monday < easterSunday(y+1):
		term = "spring"
	case m <= 8:
		term = "summer"
	}
	e.out.write("attendance_summary", itoa(p.id), itoa(where.urn), monday.date(), (monday + 4).date(), strconv.Itoa(y)+"/"+strconv.Itoa(y+1), term,
		itoa(2*days), itoa(missed-outside), itoa(outside), "")
}
