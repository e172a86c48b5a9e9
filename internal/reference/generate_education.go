package reference

import (
	"fmt"
	"time"
)

func (g *generator) education() {
	g.schools()
	g.marksOnly = g.rarely(5)
	for n := 1; n <= g.children; n++ {
		id := fmt.Sprint(n)
		if !g.rarely(20) {
			g.add("pupil", map[string]string{
				"fsm_eligible": pick(g, "true", "false", ""),
				"pupil_id":     id, "date_of_birth": g.pupilBirthday(), "sex": pick(g, "M", "F", "f", "m", "X", ""),
			})
		}
		g.enrolments(id)
	}
	for range g.children {
		g.ehcRequest(g.pupilID())
		g.homeEducation(g.pupilID())
		g.missesSchool(g.pupilID())
		g.knownToSocialCare(g.pupilID())
		g.exclusions(g.pupilID())
		g.attends(g.pupilID())
	}
}

func (g *generator) pupilID() string {
	switch g.IntN(50) {
	case 0:
		return fmt.Sprint(9000 + g.IntN(2))
	case 1:
		return pick(g, "SSD_PH", "-1", "0")
	}
	return fmt.Sprint(1 + g.IntN(g.children))
}

// pupilBirthday is near an end of school age or of a school year, or an age at which something changes.
func (g *generator) pupilBirthday() string {
	day := pick(g, g.days...)
	if g.rarely(12) {
		return pick(g, "", "1900-01-01", day.Plus(20).String())
	}
	step := pick(g, -1, 0, 1)
	switch g.IntN(7) {
	case 6:
		return On(day.Year-5, time.March, 31).String()
	case 0:
		return pick(g, On(day.Year-5, time.March, 31), On(day.Year-5, time.August, 31), On(day.Year-5, time.December, 31), On(day.Year-6, time.December, 31)).Plus(step).String()
	case 1:
		return On(day.Year-pick(g, 11, 12, 16, 17), time.August, 31).Plus(step).String()
	case 2:
		return On(day.Year-16, time.June, 24+g.IntN(7)).Plus(step).String()
	case 3:
		return day.PlusMonths(-12 * pick(g, 5, 11, 16, 20, 25, 26)).Plus(step).String()
	case 4:
		return On(pick(g, 2004, 2008, 2012, 2016, 2020), time.February, 29).String()
	default:
		return day.Plus(-g.IntN(19 * 365)).String()
	}
}

// day writes a date, seldom none: education's dates have no time of day.
func (g *generator) day(near Date) string {
	if g.rarely(30) {
		return pick(g, "", "1900-01-01", "9999-12-31", "2100-01-01")
	}
	return near.String()
}

func (g *generator) ending(start Date) string {
	if g.rarely(2) {
		return pick(g, "", "", "", "9999-12-31", "1900-01-01")
	}
	return g.day(g.end(start))
}

func (g *generator) enrolments(id string) {
	joined := g.past()
	if g.rarely(4) {
		joined = springCensus(pick(g, g.days...)).Plus(pick(g, -1, 0, 1))
	}
	if g.rarely(20) {
		id = pick(g, "SSD_PH", "-1", "0")
	}
	for range g.IntN(4) {
		columns := map[string]string{
			"enrolment_id": g.newID(), "pupil_id": id, "urn": fmt.Sprint(101 + pick(g, 2, 2, g.IntN(11))), "enrol_status": pick(g, "C", "C", "C", "c", "M", "S", "G", "F", "O", "Z", ""),
			"entry_date": g.day(joined), "leaving_date": g.ending(joined), "nc_year_actual": pick(g, "N1", "N2", "R", "3", "6", "7", "11", "12", "13", "X", ""),
			"sen_provision": pick(g, "N", "N", "K", "k", "E", "Z", ""),
		}
		if g.rarely(3) {
			columns["census_date"] = g.near().String()
		}
		g.add("pupil_enrolment", columns)
		joined = pick(g, joined, joined.Plus(1), g.after(joined))
	}
}

// homeEducation makes one or more spans at home, apart, adjoining or overlapping.
func (g *generator) homeEducation(id string) {
	starts := g.pastOr(span{}, span{months: 3}, span{months: 6}, span{months: 12})
	for again := true; again; again = g.rarely(4) {
		ends := g.after(starts)
		g.add("ehe_episode", map[string]string{
			"ehe_id": g.newID(), "pupil_id": id, "start_date": g.day(starts), "end_date": pick(g, "", "", g.day(ends), g.ending(starts)),
			"primary_reason":       g.text("religious", "lifestyle_choice", "Lifestyle choice", "mental_health", "other", "unknown", "a whim"),
			"known_to_social_care": pick(g, "none", "CIN", "cpp", "CLA", "ever", "never", "", "XX"),
			"end_reason":           g.text("returned_to_school", "moved away", "became_cme", "bored"), "last_urn": pick(g, "101", "102", "0", ""),
			"suitability": pick(g, "suitable", "suitable", "not_yet", "unsuitable", "Unsuitable", ""), "flexi": pick(g, "false", "false", "false", "true", ""),
		})
		starts = pick(g, starts, ends, ends, ends.Plus(1), g.after(starts))
	}
}

func (g *generator) missesSchool(id string) {
	if !g.rarely(3) {
		return
	}
	starts := g.pastOr(span{days: 84}, span{})
	for again := true; again; again = g.rarely(3) {
		ends := g.after(starts)
		g.add("cme_episode", map[string]string{
			"cme_id": g.newID(), "pupil_id": id, "start_date": g.day(starts), "end_date": pick(g, "", g.day(ends), g.ending(starts)),
			"reason":     g.text("no_school_place", "School application awaiting outcome", "other", "unsuitable_home_education", "gone fishing"),
			"end_reason": g.text("school_place_taken", "School place taken", "home_educated", "found"),
		})
		starts = pick(g, starts, ends, ends, ends.Plus(1), g.after(starts))
	}
}

func (g *generator) knownToSocialCare(id string) {
	for range g.IntN(3) {
		starts := g.past()
		g.add("pupil_social_care", map[string]string{
			"pupil_id": id, "status": pick(g, "CIN", "CPP", "CLA", "cla", "XX"), "starts": starts.String(), "ends": g.ending(starts),
		})
	}
}
