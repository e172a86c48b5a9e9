package reference

// reviewedPlan is what is known of the reviews of somebody whose plan is in force.
type reviewedPlan struct{ heldSince, lastReview Date }

// heldSince is the day since which somebody has had plans without a break.
func (plan ehcPlan) heldSince(all []ehcPlan) Date {
	since := plan
	for extended := true; extended; {
		extended = false
		for _, earlier := range all {
			if since.goesOnFrom(earlier) {
				since, extended = earlier, true
			}
		}
	}
	return since.issued
}

// ehcReviewsHeld judges whether the plans in force were reviewed within the last year.
func (ref *Implementation) ehcReviewsHeld(p page, day Date) {
	all := ref.ehcPlans()
	var people []reviewedPlan
	for _, plan := range ref.peopleWithPlans(all, day) {
		var last Date
		for _, row := range ref.tables["ehc_annual_review"] {
			met := row.date("meeting_date")
			if met.Known() && !met.After(day) && ref.isOf(row.id("plan_id"), plan, all) && (!last.Known() || met.After(last)) {
				last = met
			}
		}
		people = append(people, reviewedPlan{plan.heldSince(all), last})
	}
	due := func(r reviewedPlan) bool { return r.heldSince.PlusMonths(ref.limits.EHCPReview).Before(day) }
	inTime := func(r reviewedPlan) bool {
		return r.lastReview.Known() && !r.lastReview.PlusMonths(ref.limits.EHCPReview).Before(day)
	}
	ratio(p, "childrens_ehcp_reviews_on_time_ratio", people, due, inTime)
}

// isOf is true of the identifier of a plan of the same person.
func (ref *Implementation) isOf(id string, plan ehcPlan, all []ehcPlan) bool {
	for _, other := range all {
		if id != "" && other.id == id && other.issued.Known() && (id == plan.id || plan.pupil != "" && other.pupil == plan.pupil) {
			return true
		}
	}
	return false
}

// ehcReviewDecisions judges the four weeks that the authority has to decide after a review meeting.
func (ref *Implementation) ehcReviewDecisions(p page, w window) {
	type review struct {
		plan string
		met  Date
	}
	decided := map[review]Date{}
	for _, row := range ref.tables["ehc_annual_review"] {
		r, on := review{row.id("plan_id"), row.date("meeting_date")}, row.date("decision_date")
		if !r.met.Known() || on.Before(r.met) || !on.Known() && reviewDecision(row.text("decision")) != "" {
			continue
		}
		if earlier, counted := decided[r]; !counted || on.Known() && (!earlier.Known() || on.Before(earlier)) {
			decided[r] = on
		}
	}
	var judged []bool
	for r, on := range decided {
		overdueFrom := r.met.Plus(ref.limits.EHCPReviewDecision + 1)
		inTime := on.Known() && on.Before(overdueFrom)
		if inTime && w.has(on) || !inTime && w.has(overdueFrom) {
			judged = append(judged, inTime)
		}
	}
	ratio(p, "childrens_ehcp_review_decision_on_time_ratio", judged, everyone, func(inTime bool) bool { return inTime })
}
