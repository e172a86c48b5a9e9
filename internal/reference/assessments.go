package reference

// assessment is a social work assessment of one child.
type assessment struct {
	id, person        string
	begun, authorised Date
	team              string
	notInNeed, seen   answer
}

func (ref *Implementation) assessments() []assessment {
	var all []assessment
	for _, row := range ref.tables.rows("ssd_cin_assessments", "cina_assessment_id", "cina_person_id", "cina_assessment_start_date",
		"cina_assessment_auth_date", "cina_assessment_team", "cina_assessment_outcome_nfa", "cina_assessment_child_seen") {
		all = append(all, assessment{
			row.id("cina_assessment_id"), row.id("cina_person_id"), row.date("cina_assessment_start_date"),
			row.date("cina_assessment_auth_date"), ref.team(row, "cina_assessment_team"),
			row.answer("cina_assessment_outcome_nfa"), row.answer("cina_assessment_child_seen"),
		})
	}
	return all
}

func (ref *Implementation) assessmentsCompleted(p page, w window) {
	var inWindow, measured []assessment
	started := func(a assessment) bool { return a.begun.Known() && !a.begun.After(a.authorised) }
	for _, a := range ref.assessments() {
		if w.has(a.authorised) {
			inWindow = append(inWindow, a)
			if started(a) {
				measured = append(measured, a)
			}
		}
	}
	length := func(a assessment) int { return ref.calendar.workingDays(a.begun, a.authorised) }
	byTeam := by("team", func(a assessment) string { return a.team })
	count(p, "childrens_assessments_completed", inWindow, everyone, byTeam)
	inTime := func(a assessment) bool { return length(a) <= ref.limits.AssessmentLength }
	ratio(p, "childrens_assessments_on_time_ratio", inWindow, started, inTime, byTeam)
	names := []string{
		"same day", "1 to 10", "11 to 20", "21 to 30", "31 to 40", "41 to 45", "46 to 50", "51 to 60", "61 and over",
	}
	bands(p, "childrens_assessments_completed_by_duration_band", "duration_band", measured, names, func(a assessment) string {
		for i, upTo := range []int{0, 10, 20, 30, 40, 45, 50, 60} {
			if length(a) <= upTo {
				return names[i]
			}
		}
		return names[len(names)-1]
	})
}

// assessmentsFound is what the assessments authorised in a window came to. What nobody wrote down is neither yes nor no.
func (ref *Implementation) assessmentsFound(p page, w window) {
	var inWindow []assessment
	for _, a := range ref.assessments() {
		if w.has(a.authorised) {
			inWindow = append(inWindow, a)
		}
	}
	byTeam := by("team", func(a assessment) string { return a.team })
	length := func(a assessment) (float64, bool) {
		return float64(a.begun.Days(a.authorised) * 24 * 60 * 60), a.begun.Known() && !a.begun.After(a.authorised)
	}
	workdays := func(a assessment) (float64, bool) {
		return float64(ref.calendar.workingDays(a.begun, a.authorised)), a.begun.Known() && !a.begun.After(a.authorised)
	}
	middle(p, "childrens_assessments_duration_median_seconds", inWindow, length, byTeam)
	middle(p, "childrens_assessments_duration_median_workdays", inWindow, workdays, byTeam)
	ratio(p, "childrens_assessments_not_in_need_ratio", inWindow,
		func(a assessment) bool { return a.notInNeed != notSaid }, func(a assessment) bool { return a.notInNeed == yes }, byTeam)
	visible := func(a assessment) bool { return a.seen != notSaid && !ref.person(a.person).unborn(a.authorised) }
	ratio(p, "childrens_assessments_child_seen_ratio", inWindow, visible, func(a assessment) bool { return a.seen == yes }, byTeam)
}

func (ref *Implementation) assessmentsOpen(p page, day Date) {
	var open []assessment
	for _, a := range ref.assessments() {
		if openOn(day, a.begun, a.authorised) {
			a.team = ref.teamOf(a.person, day)
			open = append(open, a)
		}
	}
	overdue := func(a assessment) bool { return ref.calendar.workingDays(a.begun, day) > ref.limits.AssessmentLength }
	byTeam := by("team", func(a assessment) string { return a.team })
	count(p, "childrens_assessments_overdue", open, overdue, byTeam)
	ratio(p, "childrens_assessments_overdue_ratio", open, everyone, overdue, byTeam)
	names := []string{"under 35", "35 to 39", "40 to 45", "over 45"}
	bandsBy(p, "childrens_assessments_open", "band", open, names, func(a assessment) string {
		switch age := ref.calendar.workingDays(a.begun, day); {
		case age < 35:
			return names[0]
		case age < 40:
			return names[1]
		case age <= 45:
			return names[2]
		default:
			return names[3]
		}
	}, byTeam)
}
