package oracle

import "strconv"

// atHome is an episode of home education of one child.
type atHome struct {
	id, pupil, reason, known string
	starts                   Date
	partTime, unsuitable     bool
}

// homeEducated counts the children of compulsory school age whom their parents educate at home.
func (o *Oracle) homeEducated(p page, day Date) {
	var open []atHome
	for _, row := range o.council["ehe_episode"] {
		e := atHome{
			row.id("ehe_id"), row.id("pupil_id"), homeReason(row.text("primary_reason")), educationStatus(row.text("known_to_social_care")),
			row.date("start_date"), row.answer("flexi") == yes, homeSuitability(row.text("suitability")) == "unsuitable",
		}
		if openOn(day, e.starts, row.date("end_date")) && !o.missesEducation(e.pupil, day) && o.pupil(e.pupil).ofSchoolAge(day) {
			open = append(open, e)
		}
	}
	var children []atHome
	for _, ofChild := range perPerson(open, func(e atHome) string { return e.pupil }) {
		latest := lastOf(ofChild, func(e atHome) Date { return e.starts }, func(e atHome) string { return e.id })
		if !latest.partTime && !latest.unsuitable {
			children = append(children, latest)
		}
	}
	count(p, "childrens_ehe_children", children, everyone,
		by("reason", func(e atHome) string { return e.reason }),
		by("sex", func(e atHome) string { return o.pupil(e.pupil).sex }),
		by("year_group", func(e atHome) string { return o.yearGroup(e.pupil, day) }),
		by("social_care_status", func(e atHome) string { return o.socialCareStatus(e, day) }))
	p.rate("childrens_ehe_per_pupil_ratio", number(children, everyone), on(o.populations.Children5To15, day), 1)
}

func (o *Oracle) missesEducation(id string, day Date) bool {
	for _, row := range o.council["cme_episode"] {
		if id != "" && row.id("pupil_id") == id && openOn(day, row.date("start_date"), row.date("end_date")) {
			return true
		}
	}
	return false
}

func (o *Oracle) yearGroup(id string, day Date) string {
	year, known := o.pupil(id).year(day)
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
func (o *Oracle) socialCareStatus(e atHome, day Date) string {
	now, before := map[string]bool{}, false
	for _, row := range o.council["pupil_social_care"] {
		starts, status := row.date("starts"), educationStatus(row.text("status"))
		if row.id("pupil_id") != e.pupil || !starts.Known() || starts.After(day) {
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
	return e.known
}

// missing is an episode of a child missing education.
type missing struct {
	id, pupil, reason string
	starts            Date
}

// missingEducation counts the children of compulsory school age on no school's roll, each since the first open episode.
func (o *Oracle) missingEducation(p page, day Date) {
	var open []missing
	for _, row := range o.council["cme_episode"] {
		e := missing{row.id("cme_id"), row.id("pupil_id"), missingReason(row.text("reason")), row.date("start_date")}
		if openOn(day, e.starts, row.date("end_date")) && o.pupil(e.pupil).ofSchoolAge(day) {
			open = append(open, e)
		}
	}
	var children []missing
	for _, ofChild := range perPerson(open, func(e missing) string { return e.pupil }) {
		children = append(children, firstOf(ofChild, func(e missing) Date { return e.starts }, func(e missing) string { return e.id }))
	}
	count(p, "childrens_cme_children", children, everyone,
		by("reason", func(e missing) string { return e.reason }),
		by("duration_band", func(e missing) string {
			if e.starts.Days(day) > o.limits.MissingEducationLonger {
				return "over 12 weeks"
			}
			return "up to 12 weeks"
		}))
}
