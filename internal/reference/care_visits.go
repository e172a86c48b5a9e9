package reference

// careVisits judges the statutory visits to each looked-after child: the first within a week of the placement's start,
// the next so many weeks after the one before, or months in a settled placement.
func (ref *Implementation) careVisits(p page, day Date) {
	children := ref.lookedAfter(day)
	byTeam := by("team", func(c inCare) string { return c.team })
	owesVisit := func(c inCare) bool { return ref.livesThereSince(c).Days(day) >= ref.limits.CareFirstVisit }
	inTime := func(c inCare) bool { return !ref.visitDue(c, day).Before(day) }
	ratio(p, "childrens_cla_visits_on_time_ratio", children, owesVisit, inTime, byTeam)
	count(p, "childrens_cla_visits_overdue", children, func(c inCare) bool { return owesVisit(c) && !inTime(c) }, byTeam)
}

// livesThereSince is the start of the placement; where none is recorded, the start of care.
func (ref *Implementation) livesThereSince(c inCare) Date {
	if c.placed.Known() {
		return c.placed
	}
	return c.entered
}

// visitDue is the last day on which the next visit is in time.
func (ref *Implementation) visitDue(c inCare, day Date) Date {
	since := ref.livesThereSince(c)
	seen := ref.lastSeenInCare(c, since, day)
	if !seen.Known() {
		return since.Plus(ref.limits.CareFirstVisit)
	}
	return ref.visitDueAfter(c, since, seen, day)
}

// visitDueAfter is the last day for the visit after one that saw the child, by the rules of a day.
func (ref *Implementation) visitDueAfter(c inCare, since, seen, day Date) Date {
	settled := (c.kind == "U1" || c.kind == "U4") && !since.PlusMonths(ref.limits.CareSettled).After(day)
	homeUnderInterimOrder := c.kind == "P1" && c.legal == "C1"
	switch {
	case settled:
		return seen.PlusMonths(ref.limits.CareVisitSettled)
	case homeUnderInterimOrder && ref.calendar.workingDays(c.entered, day) <= ref.limits.CareFirstReview:
		return seen.Plus(ref.limits.CareVisitHomeAtFirst)
	case homeUnderInterimOrder:
		return seen.Plus(ref.limits.CareVisitHome)
	default:
		return seen.Plus(ref.limits.CareVisit)
	}
}

// lastSeenInCare is the latest visit since a day at which the child was seen. A visit that names no child is found by the
// period of care.
func (ref *Implementation) lastSeenInCare(c inCare, since, day Date) (last Date) {
	for _, row := range ref.tables["ssd_cla_visits"] {
		visited, held := row.id("clav_person_id"), row.date("clav_cla_visit_date")
		if visited == "" {
			visited = ref.inCareAs(row.id("clav_cla_id"))
		}
		if visited != c.person || row.answer("clav_cla_visit_seen") != yes || !held.Known() || held.Before(since) || held.After(day) {
			continue
		}
		if !last.Known() || held.After(last) {
			last = held
		}
	}
	return last
}
