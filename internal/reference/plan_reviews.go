package reference

import "slices"

// planReviews judges the reviews of every child on a plan: the first is due some months after the plan began, each later
// one some months after the one before it.
func (ref *Implementation) planReviews(p page, day Date) {
	children := ref.onPlans(day)
	byTeam := by("team", func(c onPlan) string { return c.team })
	longEnough := func(c onPlan) bool { return !c.starts.PlusMonths(ref.limits.PlanReviewFirst).After(day) }
	inTime := func(c onPlan) bool {
		due := c.starts.PlusMonths(ref.limits.PlanReviewFirst)
		for _, held := range ref.reviewsOfPlan(c.plan, day) {
			if held.After(due) {
				return false
			}
			due = held.PlusMonths(ref.limits.PlanReviewNext)
		}
		return !due.Before(day)
	}
	ratio(p, "childrens_cp_reviews_on_time_ratio", children, longEnough, inTime, byTeam)
}

// reviewsOfPlan are the days on which the plan was reviewed, in order. What is dated on the day the plan began is the
// conference that made it. A review that names no child is found by its plan.
func (ref *Implementation) reviewsOfPlan(c plan, day Date) []Date {
	var held []Date
	for _, row := range ref.tables["ssd_cp_reviews"] {
		reviewed, on := row.id("cppr_person_id"), row.date("cppr_cp_review_date")
		if reviewed == "" {
			reviewed = ref.planOwner(row.id("cppr_cp_plan_id"))
		}
		if reviewed == c.person && on.After(c.starts) && !on.After(day) {
			held = append(held, on)
		}
	}
	slices.SortFunc(held, func(a, b Date) int { return a.number() - b.number() })
	return held
}
