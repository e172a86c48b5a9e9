package reference

// missing is an episode of a child missing education.
type missing struct {
	id, pupil, reason string
	starts            Date
	atHome            bool
}

// missingEducation counts the children of compulsory school age who get no suitable education, each since the first open
// episode. Whose education at home is unsuitable gets none, since when nobody wrote down, so since it began.
func (ref *Implementation) missingEducation(p page, day Date) {
	var open, children []missing
	for _, row := range ref.tables["cme_episode"] {
		e := missing{row.id("cme_id"), row.id("pupil_id"), missingReason(row.text("reason")), row.date("start_date"), false}
		if openOn(day, e.starts, row.date("end_date")) {
			open = append(open, e)
		}
	}
	for _, e := range ref.atHomeOn(day) {
		if e.unsuitable && !e.partTime {
			open = append(open, missing{e.id, e.pupil, "unsuitable_home_education", e.starts, true})
		}
	}
	for id, ofChild := range perPerson(open, func(e missing) string { return e.pupil }) {
		if !ref.pupil(id).ofSchoolAge(day) {
			continue
		}
		// Of two of one day the record that the child misses education goes before the one of home education.
		first := ofChild[0]
		for _, e := range ofChild[1:] {
			switch {
			case e.starts != first.starts:
				if e.starts.Before(first.starts) {
					first = e
				}
			case e.atHome != first.atHome:
				if first.atHome {
					first = e
				}
			case e.id < first.id:
				first = e
			}
		}
		children = append(children, first)
	}
	long := func(e missing) bool { return e.starts.Days(day) > ref.limits.MissingEducationLonger }
	count(p, "childrens_cme_children", children, everyone,
		by("reason", func(e missing) string { return e.reason }),
		by("year_group", func(e missing) string { return ref.yearGroup(e.pupil, day) }),
		by("social_care_status", func(e missing) string { return ref.knownStatusOf(e.pupil, day) }),
		by("duration_band", func(e missing) string {
			if long(e) {
				return "over 12 weeks"
			}
			return "up to 12 weeks"
		}))
	ratio(p, "childrens_cme_long_ratio", children, everyone, long)
}

// knownStatusOf is none of a child whom social care did not name, if it named any child at all.
func (ref *Implementation) knownStatusOf(id string, day Date) string {
	if status := ref.statusOf(id, day); status != "" {
		return status
	}
	for _, row := range ref.tables["pupil_social_care"] {
		if row.date("starts").Known() {
			return "none"
		}
	}
	return ""
}

// turn is the row that says why a child came into a state, or left it.
type turn struct {
	reason, school string
}

// absence is an episode out of school.
type absence struct {
	id, pupil, reason, endReason, school string
	starts, ends                         Date
}

func (ref *Implementation) homeEducationTurns(p page, w window) {
	var all []absence
	for _, row := range ref.tables["ehe_episode"] {
		if row.answer("flexi") != yes {
			all = append(all, absence{
				row.id("ehe_id"), row.id("pupil_id"), homeReason(row.text("primary_reason")), homeEnd(row.text("end_reason")),
				row.id("last_urn"), row.date("start_date"), row.date("end_date"),
			})
		}
	}
	started, ended := ref.turns(all, w)
	count(p, "childrens_ehe_started", started, everyone, by("reason", func(t turn) string { return t.reason }),
		by("school", func(t turn) string { return t.school }))
	count(p, "childrens_ehe_ended", ended, everyone, by("reason", func(t turn) string { return t.reason }))
}

func (ref *Implementation) missingEducationTurns(p page, w window) {
	var all []absence
	for _, row := range ref.tables["cme_episode"] {
		all = append(all, absence{
			row.id("cme_id"), row.id("pupil_id"), missingReason(row.text("reason")), missingEnd(row.text("end_reason")),
			"", row.date("start_date"), row.date("end_date"),
		})
	}
	started, ended := ref.turns(all, w)
	count(p, "childrens_cme_started", started, everyone, by("reason", func(t turn) string { return t.reason }))
	count(p, "childrens_cme_ended", ended, everyone, by("reason", func(t turn) string { return t.reason }))
}

// turns are the days of a window on which a child of school age was absent and had not been on the eve, and those on which
// one no longer was.
func (ref *Implementation) turns(all []absence, w window) (started, ended []turn) {
	for id, ofChild := range perPerson(all, func(a absence) string { return a.pupil }) {
		absent := func(day Date) bool {
			for _, a := range ofChild {
				if openOn(day, a.starts, a.ends) {
					return true
				}
			}
			return false
		}
		begun, over := map[Date][]absence{}, map[Date][]absence{}
		for _, a := range ofChild {
			if a.starts.Known() && openOn(a.starts, a.starts, a.ends) {
				begun[a.starts] = append(begun[a.starts], a)
				if a.ends.Known() {
					over[a.ends] = append(over[a.ends], a)
				}
			}
		}
		byID := func(a absence) string { return a.id }
		who := ref.pupil(id)
		for day, rows := range begun {
			if w.has(day) && !absent(day.Plus(-1)) && who.ofSchoolAge(day) {
				a := firstOf(rows, func(a absence) Date { return a.starts }, byID)
				started = append(started, turn{a.reason, a.school})
			}
		}
		for day, rows := range over {
			if w.has(day) && !absent(day) && who.ofSchoolAge(day.Plus(-1)) {
				a := firstOf(rows, func(a absence) Date { return a.starts }, byID)
				ended = append(ended, turn{a.endReason, a.school})
			}
		}
	}
	return started, ended
}
