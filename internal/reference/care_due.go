package reference

import (
	"maps"
	"slices"
)

// careDue says which visits to children in care and which reviews are overdue, due today or in the seven days after it.
func (ref *Implementation) careDue(p page, day Date) {
	children := ref.lookedAfter(day)
	byTeam := by("team", func(c inCare) string { return c.team })
	dueBands(p, "childrens_cla_visits_due", children, day, func(c inCare) Date { return ref.visitDue(c, day) }, byTeam)
	dueBands(p, "childrens_cla_reviews_due", children, day, func(c inCare) Date { return ref.nextReviewDue(c, day) }, byTeam)
	count(p, "childrens_cla_visits_recorded_late", children, func(c inCare) bool { return ref.careVisitRecordedLate(c, day) }, byTeam)
}

func dueBands(p page, family string, children []inCare, day Date, due func(inCare) Date, s split[inCare]) {
	for _, g := range groups(children, []split[inCare]{s}) {
		for name, within := range map[string]func(inCare) bool{
			"overdue": func(c inCare) bool { return due(c).Before(day) },
			"today":   func(c inCare) bool { return due(c) == day },
			"next_7":  func(c inCare) bool { return due(c).After(day) && !due(c).After(day.Plus(7)) },
		} {
			labels := map[string]string{"due": name}
			maps.Copy(labels, g.labels)
			p.put(family, g.by, labels, number(g.rows, within))
		}
	}
}

// nextReviewDue is the day by which the next review has to be held.
func (ref *Implementation) nextReviewDue(c inCare, day Date) Date {
	held := ref.reviewsInCare(c, day)
	switch len(held) {
	case 0:
		return ref.calendar.workingDayAfter(c.entered, ref.limits.CareFirstReview)
	case 1:
		return held[0].PlusMonths(ref.limits.CareSecondReview)
	default:
		return held[len(held)-1].PlusMonths(ref.limits.CareNextReview)
	}
}

// careVisitRecordedLate is true where the latest visit was made by the day it was due and first written down after it.
func (ref *Implementation) careVisitRecordedLate(c inCare, day Date) bool {
	since := ref.livesThereSince(c)
	ids := map[Date][]string{}
	for _, row := range ref.tables["ssd_cla_visits"] {
		visited, held := row.id("clav_person_id"), row.date("clav_cla_visit_date")
		if visited == "" {
			visited = ref.inCareAs(row.id("clav_cla_id"))
		}
		if visited == c.person && row.answer("clav_cla_visit_seen") == yes && held.Known() && !held.Before(since) && !held.After(day) {
			ids[held] = append(ids[held], row.id("clav_cla_visit_id"))
		}
	}
	var seen []Date
	for held := range ids {
		seen = append(seen, held)
	}
	if len(seen) == 0 {
		return false
	}
	slices.SortFunc(seen, func(a, b Date) int { return a.number() - b.number() })
	latest := seen[len(seen)-1]
	due := since.Plus(ref.limits.CareFirstVisit)
	if len(seen) > 1 {
		due = ref.visitDueAfter(c, since, seen[len(seen)-2], latest)
	}
	recorded := ref.firstRecorded(ids[latest])
	return !latest.After(due) && recorded.After(due)
}

func (ref *Implementation) firstRecorded(visits []string) (first Date) {
	for _, row := range ref.tables["visit_method"] {
		recorded := row.date("recorded_at")
		if visit := row.id("visit_id"); visit != "" && slices.Contains(visits, visit) && recorded.Known() && (!first.Known() || recorded.Before(first)) {
			first = recorded
		}
	}
	return first
}
