package synthetic

import "time"

// activityMonths is how far back the monthly activity of 16 and 17 year olds
// goes: three years answer every question asked, six would triple the file.
const activityMonths = 36

// writeActivity follows the young people of two academic years month by month.
// Who is not known follows the year: after September it is many, by the turn of
// the year few.
func (e *schooling) writeActivity() {
	last := e.asOf.time()
	for back := activityMonths - 1; back >= 0; back-- {
		month := time.Date(last.Year(), last.Month()-time.Month(back), 1, 0, 0, 0, 0, time.UTC)
		first := dayOf(month)
		unknown := map[time.Month]float64{9: 0.24, 10: 0.11, 11: 0.045, 12: 0.025, 1: 0.021, 2: 0.02, 8: 0.035}[month.Month()]
		if unknown == 0 {
			unknown = 0.022
		}
		for year := 12; year <= 13; year++ {
			cohort := e.cohorts[academicYear(first)-5-year-e.oldest]
			for _, p := range cohort {
				if p.here(first) {
					e.writeYoungPerson(p, first, year+4, unknown)
				}
			}
		}
	}
}

// writeYoungPerson derives the activity from the pupil, so that it stays from
// month to month and changes when it should.
func (e *schooling) writeYoungPerson(p *pupil, first day, age int, unknown float64) {
	fate := pupilFraction(p.id)
	marks := p.characteristics(first)
	if marks != "" {
		fate *= 0.4
	}
	code, since := 230, civil(p.birthYear+16, 9, 8)
	stage := float64(age-16) * 0.012
	switch {
	case fate < 0.024+stage:
		code = []int{619, 619, 619, 640, 615, 630, 680, 650, 610, 670}[p.id%10]
		since = first - day(p.id%200)
	case fate < 0.024+stage+unknown:
		code = []int{810, 810, 810, 820, 830}[p.id%5]
	case p.sixth:
		code = 210
	case fate > 0.93:
		code = []int{310, 310, 310, 330, 320}[p.id%5]
	case fate > 0.85:
		code = 220
	}
	offer := "offer"
	if fate < 0.05 {
		offer = "none"
	}
	e.out.write("yp_activity", itoa(p.id+1000000), itoa(p.id), itoa(age), "P", itoa(p.homeLA), itoa(code), since.date(),
		(first + 120).date(), offer, truth(p.plan != nil && p.plan.running(first)), marks, first.date())
}

// pupilFraction derives a number from 0 to 1 that stays the same for a pupil.
func pupilFraction(id int) float64 { return float64(uint32(id)*2654435761>>8%10000) / 10000 }

// characteristics are the codes of the return that mark a young person.
func (p *pupil) characteristics(on day) string {
	if knownAs(p, on) == "CLA" {
		return "110"
	}
	if p.child != nil {
		for _, sp := range p.child.spells {
			if sp.status == "CLA" && sp.ends != never && sp.ends <= on {
				return "160"
			}
		}
	}
	switch mark := pupilFraction(p.id * 7); {
	case mark < 0.02:
		return "140"
	case mark < 0.028:
		return "130"
	case mark < 0.036:
		return "170"
	case mark < 0.042:
		return "150"
	case mark < 0.047:
		return "120"
	case mark < 0.05:
		return "180"
	case mark < 0.052:
		return "190"
	}
	return ""
}
