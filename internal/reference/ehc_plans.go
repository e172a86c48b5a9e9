package reference

// ehcPlan is an education, health and care plan of one person.
type ehcPlan struct {
	id, pupil, request, placement, need string
	issued, ceased                      Date
	movedIn                             bool
}

func (ref *Implementation) ehcPlans() []ehcPlan {
	var all []ehcPlan
	for _, row := range ref.tables.rows("ehc_plan", "plan_id", "request_id", "pupil_id", "placement_type", "start_date", "cease_date", "transferred_in") {
		plan := ehcPlan{
			id: row.id("plan_id"), pupil: row.id("pupil_id"), request: row.id("request_id"),
			placement: ehcPlacement(row.text("placement_type")),
			issued:    row.date("start_date"), ceased: row.date("cease_date"), movedIn: row.answer("transferred_in") == yes,
		}
		for _, need := range ref.tables["ehc_plan_need"] {
			if rank, ranked := need.number("sen_type_rank"); ranked && rank == 1 && plan.id != "" && need.id("plan_id") == plan.id {
				plan.need = senType(need.text("sen_type"))
			}
		}
		all = append(all, plan)
	}
	return all
}

// ehcPlansOpen counts the people with a plan in force.
func (ref *Implementation) ehcPlansOpen(p page, day Date) {
	people := ref.peopleWithPlans(ref.ehcPlans(), day)
	count(p, "childrens_ehcp_open", people, everyone,
		by("need", func(plan ehcPlan) string { return plan.need }),
		by("age", func(plan ehcPlan) string { return ehcAge(ref.pupil(plan.pupil), day) }),
		by("placement_type", func(plan ehcPlan) string { return plan.placement }))
}

// peopleWithPlans are the people aged 0 to 25 with a plan in force, each by the plan issued last.
func (ref *Implementation) peopleWithPlans(all []ehcPlan, day Date) (people []ehcPlan) {
	var open []ehcPlan
	for _, plan := range all {
		who := ref.pupil(plan.pupil)
		if openOn(day, plan.issued, plan.ceased) && (!who.born.Known() || who.born.Age(day) < 26) {
			open = append(open, plan)
		}
	}
	for _, plans := range perPerson(open, func(plan ehcPlan) string { return plan.pupil }) {
		last := plans[0]
		for _, plan := range plans {
			if plan.issued.After(last.issued) || plan.issued == last.issued && plan.id > last.id {
				last = plan
			}
		}
		people = append(people, last)
	}
	// A plan that names nobody is somebody's all the same, and nobody else's.
	for _, plan := range open {
		if plan.pupil == "" {
			people = append(people, plan)
		}
	}
	return people
}

func ehcAge(who pupil, day Date) string {
	if !who.born.Known() {
		return ""
	}
	switch age := who.born.Age(day); {
	case age < 5:
		return "under 5"
	case age < 11:
		return "5 to 10"
	case age < 16:
		return "11 to 15"
	case age < 20:
		return "16 to 19"
	default:
		return "20 to 25"
	}
}

// comesBefore is true of two plans of which the first was issued first; of two of one day the one with the lower identifier.
func (plan ehcPlan) comesBefore(other ehcPlan) bool {
	return plan.issued.Before(other.issued) || plan.issued == other.issued && plan.id < other.id
}

// goesOnFrom is true where a plan is an earlier one of the same person, started again while that was in force, on the day it
// ceased or on the day after.
func (plan ehcPlan) goesOnFrom(earlier ehcPlan) bool {
	return plan.pupil != "" && plan.pupil == earlier.pupil && earlier.issued.Known() && earlier.comesBefore(plan) &&
		(!earlier.ceased.Known() || !earlier.ceased.Before(plan.issued.Plus(-1)))
}

// isNew is true of a plan that came of its own request. A request leads to one plan, and a plan without one is only new where
// it does not go on from another.
func (plan ehcPlan) isNew(all []ehcPlan) bool {
	for _, earlier := range all {
		switch {
		case plan.request == "":
			if plan.goesOnFrom(earlier) {
				return false
			}
		case earlier.request == plan.request && earlier.issued.Known() && earlier.comesBefore(plan):
			return false
		}
	}
	return !plan.movedIn
}

// issuedPlan is a final plan and what is known of the way to it.
type issuedPlan struct {
	received, issued Date
	excepted         bool
	need             string
}

// ehcPlansIssued judges the new final plans issued in a window.
func (ref *Implementation) ehcPlansIssued(p page, w window) {
	var inWindow []issuedPlan
	all := ref.ehcPlans()
	for _, plan := range all {
		if !w.has(plan.issued) || !plan.isNew(all) {
			continue
		}
		issued := issuedPlan{issued: plan.issued, need: plan.need}
		for _, row := range ref.tables["ehc_request"] {
			received := row.date("received_date")
			if plan.request != "" && row.id("request_id") == plan.request && !received.After(plan.issued) {
				issued.received = received
			}
		}
		for _, row := range ref.tables["ehc_assessment"] {
			if plan.request != "" && row.id("request_id") == plan.request && row.answer("assessment_exception") == yes {
				issued.excepted = true
			}
		}
		inWindow = append(inWindow, issued)
	}
	count(p, "childrens_ehcp_issued", inWindow, everyone, by("need", func(i issuedPlan) string { return i.need }))
	requested := func(i issuedPlan) bool { return i.received.Known() }
	inTime := func(i issuedPlan) bool { return i.received.Days(i.issued) <= ref.limits.EHCPIssue }
	ratio(p, "childrens_ehcp_issued_on_time_ratio", inWindow, func(i issuedPlan) bool { return requested(i) && !i.excepted }, inTime)
	ratio(p, "childrens_ehcp_issued_on_time_all_ratio", inWindow, requested, inTime)
	names := []string{"up to 20 weeks", "20 weeks to 1 year", "over 1 year", "unknown"}
	bands(p, "childrens_ehcp_issued_by_duration_band", "duration_band", inWindow, names, func(i issuedPlan) string {
		switch {
		case !requested(i):
			return "unknown"
		case inTime(i):
			return "up to 20 weeks"
		case !i.issued.After(i.received.PlusMonths(12)):
			return "20 weeks to 1 year"
		default:
			return "over 1 year"
		}
	})
}
