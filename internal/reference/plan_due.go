package reference

import "maps"

// band is one band of a measure: its name and who is in it. Bands may overlap.
type band[T any] struct {
	name string
	has  func(T) bool
}

// countBands publishes how many rows are in each band, in all and under every label, nought where none is.
func countBands[T any](p page, family, label string, rows []T, bands []band[T], splits ...split[T]) {
	for _, g := range groups(rows, splits) {
		for _, b := range bands {
			labels := map[string]string{label: b.name}
			maps.Copy(labels, g.labels)
			p.put(family, g.by, labels, number(g.rows, b.has))
		}
	}
}

// plansDue says which visits and reviews of children on a plan are overdue or due, and which plans come to a check.
func (ref *Implementation) plansDue(p page, day Date) {
	children := ref.onPlans(day)
	byTeam := by("team", func(c onPlan) string { return c.team })
	ref.planVisitsDue(p, day, children, byTeam)
	ref.planReviewsDue(p, day, children, byTeam)
	ref.planMilestones(p, day, children, byTeam)
	before := by("proceedings", func(c onPlan) string {
		if codes, _ := ref.legalStatusesOn(c.person, day); codes["C1"] {
			return "interim order"
		}
		return "none"
	})
	for _, g := range groups(children, []split[onPlan]{before})[1:] {
		long := number(g.rows, func(c onPlan) bool { return c.starts.Days(day) > ref.limits.PlanLong })
		p.share("childrens_cp_plans_open_long_ratio", g.by, g.labels, long, number(g.rows, everyone))
	}
}

func (ref *Implementation) planVisitsDue(p page, day Date, children []onPlan, byTeam split[onPlan]) {
	limit := ref.limits.PlanVisit
	from := func(c onPlan) Date {
		if c.lastSeen.Known() {
			return c.lastSeen
		}
		return c.starts
	}
	overdue := func(c onPlan) bool {
		return ref.calendar.workingDays(c.starts, day) >= limit && (!c.lastSeen.Known() || ref.calendar.workingDays(c.lastSeen, day) > limit)
	}
	countBands(p, "childrens_cp_visits_due", "due", children, []band[onPlan]{
		{"overdue", overdue},
		{"today", func(c onPlan) bool { return !overdue(c) && ref.calendar.workingDays(from(c), day) >= limit }},
		{"next_7", func(c onPlan) bool {
			return !overdue(c) && ref.calendar.workingDays(from(c), day) < limit &&
				ref.calendar.workingDays(from(c), day.Plus(ref.limits.PlanVisitDueSoon)) >= limit
		}},
	}, byTeam)
	visits := ref.planVisits()
	count(p, "childrens_cp_visits_recorded_late", children, func(c onPlan) bool {
		seenOn := map[Date][]string{}
		for _, visit := range visits {
			if visit.person == c.person && visit.seen == yes && visit.held.Known() {
				seenOn[visit.held] = append(seenOn[visit.held], visit.id)
			}
		}
		return ref.recordedLate(seenOn, c.starts, day, limit)
	}, byTeam)
}

func (ref *Implementation) planReviewsDue(p page, day Date, children []onPlan, byTeam split[onPlan]) {
	due := func(c onPlan) Date {
		held := ref.reviewsOfPlan(c.plan, day)
		if len(held) == 0 {
			return c.starts.PlusMonths(ref.limits.PlanReviewFirst)
		}
		return held[len(held)-1].PlusMonths(ref.limits.PlanReviewNext)
	}
	countBands(p, "childrens_cp_reviews_due", "due", children, []band[onPlan]{
		{"overdue", func(c onPlan) bool { return due(c).Before(day) }},
		{"today", func(c onPlan) bool { return due(c) == day }},
		{"next_7", func(c onPlan) bool {
			return due(c).After(day) && !due(c).After(day.Plus(ref.limits.PlanReviewDueSoon))
		}},
	}, byTeam)
}

func (ref *Implementation) planMilestones(p page, day Date, children []onPlan, byTeam split[onPlan]) {
	var past, reaching []band[onPlan]
	for name, months := range map[string]int{
		"9m": ref.limits.PlanMilestone9, "12m": ref.limits.PlanMilestone12, "15m": ref.limits.PlanMilestone15, "18m": ref.limits.PlanMilestone18,
	} {
		past = append(past, band[onPlan]{name, func(c onPlan) bool { return c.starts.PlusMonths(months).Before(day) }})
		reaching = append(reaching, band[onPlan]{name, func(c onPlan) bool {
			check := c.starts.PlusMonths(months)
			return !check.Before(day) && !check.After(day.Plus(ref.limits.PlanMilestoneSoon))
		}})
	}
	countBands(p, "childrens_cp_plans_past_milestone", "milestone", children, past, byTeam)
	countBands(p, "childrens_cp_plans_reaching_milestone", "milestone", children, reaching, byTeam)
}

// planReviewsHeld counts the reviews of a window, one for each child and day of a plan but its first. Where the records of
// a day differ on whether enough came, they did not.
func (ref *Implementation) planReviewsHeld(p page, w window) {
	type conference struct {
		person string
		held   Date
	}
	said := map[conference]answer{}
	for _, row := range ref.tables["ssd_cp_reviews"] {
		c := conference{row.id("cppr_person_id"), row.date("cppr_cp_review_date")}
		if c.person == "" {
			c.person = ref.planOwner(row.id("cppr_cp_plan_id"))
		}
		if !w.has(c.held) || !ref.reviewedPlan(c.person, c.held) {
			continue
		}
		if quorate := quorateCode(row.text("cppr_cp_review_quorate")); said[c] == notSaid || quorate == no {
			said[c] = quorate
		}
	}
	var answers []answer
	for _, a := range said {
		answers = append(answers, a)
	}
	ratio(p, "childrens_cp_reviews_quorate_ratio", answers, func(a answer) bool { return a != notSaid }, func(a answer) bool { return a == yes })
}

// reviewedPlan is true where a plan of this authority had started before the day and had not ended before it.
func (ref *Implementation) reviewedPlan(person string, day Date) bool {
	for _, c := range ref.plans() {
		if person != "" && c.person == person && c.starts.Before(day) && (!c.ends.Known() || !day.After(c.ends)) {
			return true
		}
	}
	return false
}
