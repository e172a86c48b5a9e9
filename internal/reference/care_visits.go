package reference

// careVisits judges the statutory visits to each looked-after child: the first within a week of the placement's start,
// the next so many weeks after the one before, or months in a settled placement.
func (o *Oracle) careVisits(p page, day Date) {
	children := o.lookedAfter(day)
	byTeam := by("team", func(c inCare) string { return c.team })
	owesVisit := func(c inCare) bool { return o.livesThereSince(c).Days(day) >= o.limits.CareFirstVisit }
	inTime := func(c inCare) bool { return !o.visitDue(c, day).Before(day) }
	ratio(p, "childrens_cla_visits_on_time_ratio", children, owesVisit, inTime, byTeam)
	count(p, "childrens_cla_visits_overdue", children, func(c inCare) bool { return owesVisit(c) && !inTime(c) }, byTeam)
}

// livesThereSince is the start of the placement; where none is recorded, the start of care.
func (o *Oracle) livesThereSince(c inCare) Date {
	if c.placed.Known() {
		return c.placed
	}
	return c.entered
}

// visitDue is the last day on which the next visit is in time.
func (o *Oracle) visitDue(c inCare, day Date) Date {
	since := o.livesThereSince(c)
	seen := o.lastSeenInCare(c, since, day)
	if !seen.Known() {
		return since.Plus(o.limits.CareFirstVisit)
	}
	return o.visitDueAfter(c, since, seen, day)
}

// visitDueAfter is the last day for the visit after one that saw the child, by the rules of a day.
func (o *Oracle) visitDueAfter(c inCare, since, seen, day Date) Date {
	settled := (c.kind == "U1" || c.kind == "U4") && !since.PlusMonths(o.limits.CareSettled).After(day)
	homeUnderInterimOrder := c.kind == "P1" && c.legal == "C1"
	switch {
	case settled:
		return seen.PlusMonths(o.limits.CareVisitSettled)
	case homeUnderInterimOrder && o.calendar.workingDays(c.entered, day) <= o.limits.CareFirstReview:
		return seen.Plus(o.limits.CareVisitHomeAtFirst)
	case homeUnderInterimOrder:
		return seen.Plus(o.limits.CareVisitHome)
	default:
		return seen.Plus(o.limits.CareVisit)
	}
}

// lastSeenInCare is the latest visit since a day at which the child was seen. A visit that names no child is found by the
// period of care.
func (o *Oracle) lastSeenInCare(c inCare, since, day Date) (last Date) {
	for _, row := range o.council["ssd_cla_visits"] {
		visited, held := row.id("clav_person_id"), row.date("clav_cla_visit_date")
		if visited == "" {
			visited = o.inCareAs(row.id("clav_cla_id"))
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
