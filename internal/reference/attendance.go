package reference

// attendance is a pupil with sessions to attend in a window.
type attendance struct {
	pupil, phase, school               string
	possible, authorised, unauthorised float64
	last                               Date
	lastPossible                       float64
}

// closedMonth ends a running window with the last end of a month by the day, since attendance is counted by the month.
func closedMonth(kind string, day Date) window {
	for kind == schoolToDate && day.Plus(1).Day != 1 {
		day = day.Plus(-1)
	}
	return live(kind, day)
}

// session is what one row says about sessions: a summary, or one mark.
type session struct {
	pupil, urn                         string
	day                                Date
	possible, authorised, unauthorised float64
}

// sessions are the summaries, or the marks of a council that has no summaries.
func (ref *Implementation) sessions() []session {
	var all []session
	for _, row := range ref.tables["attendance_summary"] {
		s := session{pupil: row.id("pupil_id"), urn: row.id("urn"), day: row.date("period_end")}
		s.possible, _ = row.count("sessions_possible")
		s.authorised, _ = row.count("sessions_authorised")
		s.unauthorised, _ = row.count("sessions_unauthorised")
		all = append(all, s)
	}
	if len(all) > 0 {
		return all
	}
	for _, row := range ref.tables["attendance_session"] {
		s := session{pupil: row.id("pupil_id"), urn: row.id("urn"), day: row.date("session_date"), possible: 1}
		switch attendanceMark(row.text("code")) {
		case "", "not_possible":
			continue
		case "authorised":
			s.authorised = 1
		case "unauthorised":
			s.unauthorised = 1
		}
		all = append(all, s)
	}
	return all
}

// count is a whole number, and false where there is none: systems write -1 for none.
func (r Row) count(column string) (float64, bool) {
	n, known := r.number(column)
	return n, known && n != -1
}

// attending are the pupils of 5 to 15 at the start of the school year who had sessions to attend in a window.
func (ref *Implementation) attending(w window) []attendance {
	pupils := map[string]*attendance{}
	for _, s := range ref.sessions() {
		phase, stateFunded := ref.schoolPhaseOf(s.urn)
		if s.pupil == "" || s.possible <= 0 || !w.has(s.day) || !stateFunded || !ref.aged5To15(s.pupil, w) {
			continue
		}
		p := pupils[s.pupil]
		if p == nil {
			p = &attendance{pupil: s.pupil}
			pupils[s.pupil] = p
		}
		authorised := min(max(s.authorised, 0), s.possible)
		p.possible += s.possible
		p.authorised += authorised
		p.unauthorised += min(max(s.unauthorised, 0), s.possible-authorised)
		later := s.day.After(p.last) || s.day == p.last && s.possible > p.lastPossible ||
			s.day == p.last && s.possible == p.lastPossible && phaseOrder(phase) > phaseOrder(p.school)
		if !p.last.Known() || later {
			p.last, p.lastPossible, p.school = s.day, s.possible, phase
		}
	}
	var all []attendance
	for _, p := range pupils {
		p.phase = ref.attendedPhase(*p, w)
		all = append(all, *p)
	}
	return all
}

// phaseOrder settles which of two schools of one week a pupil attended last.
func phaseOrder(phase string) int {
	for n, name := range []string{"nursery", "primary", "secondary", "post16", "all_through", "special", "ap"} {
		if name == phase {
			return n + 1
		}
	}
	return 0
}

func (ref *Implementation) schoolPhaseOf(urn string) (phase string, stateFunded bool) {
	for _, row := range ref.tables["school"] {
		if urn != "" && row.id("urn") == urn {
			return schoolPhase(row.text("phase_group")), school{kind: schoolType(row.text("type_group_code"))}.stateFunded()
		}
	}
	return "", true
}

// yearIn is the school year of a pupil in the school year that a window is part of.
func (ref *Implementation) yearIn(id string, w window) (int, bool) {
	born := ref.pupil(id).born
	return schoolYearOf(w.starts) - schoolYearOf(born) - 5, born.Known()
}

func (ref *Implementation) aged5To15(id string, w window) bool {
	year, known := ref.yearIn(id, w)
	return !known || year >= 1 && year <= 11
}

func (ref *Implementation) attendedPhase(p attendance, w window) string {
	year, known := ref.yearIn(p.pupil, w)
	switch p.school {
	case "ap":
		return "alternative provision"
	case "post16":
		return "secondary"
	case "all_through":
		switch {
		case !known:
			return ""
		case year < 7:
			return "primary"
		default:
			return "secondary"
		}
	default:
		return p.school
	}
}

// attendance gives absence, and those who are away for a tenth or half of their sessions.
func (ref *Implementation) attendance(p page, w window) {
	all := ref.attending(w)
	for _, g := range groups(all, []split[attendance]{by("phase", func(a attendance) string { return a.phase })}) {
		ref.absence(p, g.by, g.labels, g.rows)
	}
	members := map[string][]attendance{}
	for _, a := range all {
		for group := range ref.pupilGroups(a.pupil, w) {
			members[group] = append(members[group], a)
		}
	}
	for group, rows := range members {
		ref.absence(p, "group", map[string]string{"pupil_group": group}, rows)
	}
}

func (ref *Implementation) absence(p page, by string, labels map[string]string, rows []attendance) {
	possible, authorised, unauthorised, persistent, severe := 0.0, 0.0, 0.0, 0.0, 0.0
	for _, a := range rows {
		possible += a.possible
		authorised += a.authorised
		unauthorised += a.unauthorised
		missed := (a.authorised + a.unauthorised) * 100
		if missed >= a.possible*float64(ref.limits.PersistentAbsence) {
			persistent++
		}
		if missed >= a.possible*float64(ref.limits.SevereAbsence) {
			severe++
		}
	}
	p.share("childrens_attendance_absence_ratio", by, labels, authorised+unauthorised, possible)
	p.share("childrens_attendance_authorised_ratio", by, labels, authorised, possible)
	p.share("childrens_attendance_unauthorised_ratio", by, labels, unauthorised, possible)
	p.share("childrens_attendance_persistent_ratio", by, labels, persistent, float64(len(rows)))
	p.share("childrens_attendance_severe_ratio", by, labels, severe, float64(len(rows)))
}

// pupilGroups are the groups that a pupil belonged to at some time in a window.
func (ref *Implementation) pupilGroups(id string, w window) map[string]bool {
	of := map[string]bool{}
	during := func(starts, ends Date) bool {
		return starts.Known() && !starts.After(w.ends) && (!ends.Known() || ends.After(w.starts))
	}
	for _, row := range ref.tables["pupil_enrolment"] {
		name := map[string]string{"K": "SEN support", "E": "EHC plan"}[senProvision(row.text("sen_provision"))]
		if row.id("pupil_id") == id && name != "" && during(row.date("entry_date"), row.date("leaving_date")) {
			of[name] = true
		}
	}
	for _, row := range ref.tables["pupil"] {
		if row.id("pupil_id") == id && row.answer("fsm_eligible") == yes {
			of["free school meals"] = true
		}
	}
	for _, row := range ref.tables["pupil_social_care"] {
		name := map[string]string{"CLA": "looked after", "CPP": "child protection plan", "CIN": "child in need"}[educationStatus(row.text("status"))]
		if row.id("pupil_id") == id && name != "" && during(row.date("starts"), row.date("ends")) {
			of[name] = true
		}
	}
	return of
}
