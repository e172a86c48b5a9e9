package reference

import (
	"strconv"
	"time"
)

// pupil is what is known about a pupil, be it nothing because no row names them.
type pupil struct {
	born Date
	sex  string
}

func (ref *Implementation) pupil(id string) pupil {
	for _, row := range ref.tables["pupil"] {
		if id != "" && row.id("pupil_id") == id {
			return pupil{row.date("date_of_birth"), pupilSex(row.text("sex"))}
		}
	}
	return pupil{}
}

// ofSchoolAge is true of a child of compulsory school age on a day (Education Act 1996, section 8), and of a child whose
// birthday nobody knows. It begins on the 31 March, 31 August or 31 December on or next after the fifth birthday, and ends
// with the last Friday of June of the school year in which the child turns 16.
func (p pupil) ofSchoolAge(day Date) bool {
	if !p.born.Known() {
		return true
	}
	begins := p.birthday(5)
	for !isTermly(begins) {
		begins = begins.Plus(1)
	}
	sixteen := p.birthday(16)
	year := sixteen.Year
	if sixteen.Month >= time.September {
		year++
	}
	ends := On(year, time.June, 30)
	for ends.Weekday() != time.Friday {
		ends = ends.Plus(-1)
	}
	return !day.Before(begins) && !day.After(ends)
}

func isTermly(day Date) bool {
	switch day.Month {
	case time.March, time.August, time.December:
		return day.Day == 31
	}
	return false
}

// birthday is the day on which somebody turns so old. In a common year one of 29 February is 1 March.
func (p pupil) birthday(age int) Date {
	day := On(p.born.Year+age, p.born.Month, p.born.Day)
	if day.Day > lastOfMonth(day.Year, day.Month) {
		return On(day.Year, time.March, 1)
	}
	return day
}

// year is the school year that a child is in by date of birth on a day, 0 for reception, and false where it is not known.
// Who is four on 31 August begins reception the next day.
func (p pupil) year(day Date) (int, bool) {
	if !p.born.Known() {
		return 0, false
	}
	eve := On(day.Year, time.August, 31)
	if day.Month < time.September {
		eve = On(day.Year-1, time.August, 31)
	}
	if p.born.After(eve) {
		return -5, true
	}
	return p.born.Age(eve) - 4, true
}

// enrolment is a pupil's time on the roll of one school.
type enrolment struct {
	id, pupil, urn, yearGroup string
	joined, census            Date
}

// pupilsOnRoll counts pupils by the phase of the school at which they are registered, or mainly registered.
func (ref *Implementation) pupilsOnRoll(p page, day Date) {
	total := 0.0
	for phase, n := range ref.rolls(day) {
		p.put("childrens_pupils", "phase", map[string]string{"phase": phase}, n)
		total += n
	}
	p.put("childrens_pupils", "", nil, total)
}

// rolls are the pupils on the rolls of a day by phase.
func (ref *Implementation) rolls(day Date) map[string]float64 {
	var onRoll []enrolment
	for _, row := range ref.tables["pupil_enrolment"] {
		status := enrolmentStatus(row.text("enrol_status"))
		if status != "" && status != "C" && status != "M" || !openOn(day, row.date("entry_date"), row.date("leaving_date")) {
			continue
		}
		onRoll = append(onRoll, enrolment{
			row.id("enrolment_id"), row.id("pupil_id"), row.id("urn"), row.text("nc_year_actual"), row.date("entry_date"), row.date("census_date"),
		})
	}
	phases := map[string]float64{}
	for id, ofPupil := range perPerson(onRoll, func(e enrolment) string { return e.pupil }) {
		phases[orUnknown(ref.phaseOf(latestEnrolment(ofPupil), ref.pupil(id), day))]++
	}
	return phases
}

// latestEnrolment is the one that began last: the school before it did not close its record. A school that gives a record
// for each census gives the last one last.
func latestEnrolment(rows []enrolment) enrolment {
	latest := rows[0]
	for _, e := range rows[1:] {
		switch {
		case e.joined != latest.joined:
			if e.joined.After(latest.joined) {
				latest = e
			}
		case e.census != latest.census:
			if !latest.census.Known() || e.census.After(latest.census) {
				latest = e
			}
		case e.id > latest.id:
			latest = e
		}
	}
	return latest
}

func (ref *Implementation) phaseOf(e enrolment, who pupil, day Date) string {
	school := ""
	for _, row := range ref.tables["school"] {
		if e.urn != "" && row.id("urn") == e.urn {
			school = schoolPhase(row.text("phase_group"))
		}
	}
	year, known := who.year(day)
	if !known {
		year, known = writtenYear(e.yearGroup)
	}
	switch school {
	case "secondary", "all_through":
		switch {
		case !known:
			return "" // a pupil of a secondary school may be in the sixth form
		case year >= 12:
			return "school sixth form"
		case year >= 7 || school == "secondary":
			return "secondary"
		default:
			return "primary"
		}
	case "post16":
		return "school sixth form"
	case "ap":
		return "alternative provision"
	default:
		return school
	}
}

// writtenYear is the school year as the census writes it.
func writtenYear(text string) (int, bool) {
	switch text {
	case "N1", "N2", "R":
		return 0, true
	}
	year, err := strconv.Atoi(text)
	return year, err == nil
}
