package reference

import "strconv"

// atHome is an episode of home education of one child.
type atHome struct {
	id, pupil, reason, known string
	starts                   Date
	partTime, unsuitable     bool
}

// homeEducated counts the children of compulsory school age whom their parents educate at home.
func (ref *Implementation) homeEducated(p page, day Date) {
	var children []atHome
	for _, latest := range ref.atHomeOn(day) {
		if !latest.partTime && !latest.unsuitable && !ref.missesEducation(latest.pupil, day) && ref.pupil(latest.pupil).ofSchoolAge(day) {
			children = append(children, latest)
		}
	}
	count(p, "childrens_ehe_children", children, everyone,
		by("reason", func(e atHome) string { return e.reason }),
		by("sex", func(e atHome) string { return ref.pupil(e.pupil).sex }),
		by("year_group", func(e atHome) string { return ref.yearGroup(e.pupil, day) }),
		by("social_care_status", func(e atHome) string { return ref.socialCareStatus(e, day) }),
		by("duration_band", func(e atHome) string { return timeAtHome(e.starts, day) }))
	p.rate("childrens_ehe_per_pupil_ratio", number(children, everyone), on(ref.populations.Children5To15, day), 1)
}

// atHomeOn is what the records say of home education on a day: of several open ones of a child the one that began last.
func (ref *Implementation) atHomeOn(day Date) []atHome {
	var open, latest []atHome
	for _, row := range ref.tables["ehe_episode"] {
		e := atHome{
			row.id("ehe_id"), row.id("pupil_id"), homeReason(row.text("primary_reason")), educationStatus(row.text("known_to_social_care")),
			row.date("start_date"), row.answer("flexi") == yes, homeSuitability(row.text("suitability")) == "unsuitable",
		}
		if openOn(day, e.starts, row.date("end_date")) {
			open = append(open, e)
		}
	}
	for _, ofChild := range perPerson(open, func(e atHome) string { return e.pupil }) {
		latest = append(latest, lastOf(ofChild, func(e atHome) Date { return e.starts }, func(e atHome) string { return e.id }))
	}
	return latest
}

func timeAtHome(starts, day Date) string {
	switch {
	case !starts.PlusMonths(24).After(day):
		return "2 years and over"
	case !starts.PlusMonths(12).After(day):
		return "1 to 2 years"
	case !starts.PlusMonths(6).After(day):
		return "6 to 12 months"
	case !starts.PlusMonths(3).After(day):
		return "3 to 6 months"
	default:
		return "under 3 months"
	}
}

func (ref *Implementation) missesEducation(id string, day Date) bool {
	for _, row := range ref.tables["cme_episode"] {
		if id != "" && row.id("pupil_id") == id && openOn(day, row.date("start_date"), row.date("end_date")) {
			return true
		}
	}
	return false
}

func (ref *Implementation) yearGroup(id string, day Date) string {
	year, known := ref.pupil(id).year(day)
	switch {
	case !known:
		return ""
	case year == 0:
		return "R"
	default:
		return strconv.Itoa(year)
	}
}

// socialCareStatus is what social care does on the day, else that it once did something, else what the record says.
func (ref *Implementation) socialCareStatus(e atHome, day Date) string {
	if status := ref.statusOf(e.pupil, day); status != "" {
		return status
	}
	return e.known
}

// statusOf is what social care does for a pupil on a day, "ever" if it only did before, or "".
func (ref *Implementation) statusOf(id string, day Date) string {
	now, before := map[string]bool{}, false
	for _, row := range ref.tables["pupil_social_care"] {
		starts, status := row.date("starts"), educationStatus(row.text("status"))
		if row.id("pupil_id") != id || !starts.Known() || starts.After(day) {
			continue
		}
		if openOn(day, starts, row.date("ends")) {
			now[status] = true
		} else {
			before = true
		}
	}
	for _, status := range []string{"CLA", "CPP", "CIN"} {
		if now[status] {
			return status
		}
	}
	if before {
		return "ever"
	}
	return ""
}
