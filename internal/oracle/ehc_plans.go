package oracle

// ehcPlan is an education, health and care plan of one person.
type ehcPlan struct {
	id, pupil, request, placement, need string
	issued, ceased                      Date
	movedIn                             bool
}

func (o *Oracle) ehcPlans() []ehcPlan {
	var all []ehcPlan
	for _, row := range o.council["ehc_plan"] {
		plan := ehcPlan{
			id: row.id("plan_id"), pupil: row.id("pupil_id"), request: row.id("request_id"),
			placement: ehcPlacement(row.text("placement_type")),
			issued:    row.date("start_date"), ceased: row.date("cease_date"), movedIn: row.answer("transferred_in") == yes,
		}
		for _, need := range o.council["ehc_plan_need"] {
			if rank, ranked := need.number("sen_type_rank"); ranked && rank == 1 && plan.id != "" && need.id("plan_id") == plan.id {
				plan.need = senType(need.text("sen_type"))
			}
		}
		all = append(all, plan)
	}
	return all
}

// ehcPlansOpen counts the people aged 0 to 25 with a plan in force, each by the plan issued last.
func (o *Oracle) ehcPlansOpen(p page, day Date) {
	var open, people []ehcPlan
	for _, plan := range o.ehcPlans() {
		who := o.pupil(plan.pupil)
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
	count(p, "childrens_ehcp_open", people, everyone,
		by("need", func(plan ehcPlan) string { return plan.need }),
		by("age", func(plan ehcPlan) string { return ehcAge(o.pupil(plan.pupil), day) }),
		by("placement_type", func(plan ehcPlan) string { return plan.placement }))
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

// issuedPlan is a final plan and what is known of the way to it.
type issuedPlan struct {
	received, issued Date
	excepted         bool
}

// ehcPlansIssued judges the final plans issued in a window, those that moved in left aside.
func (o *Oracle) ehcPlansIssued(p page, w window) {
	var inWindow []issuedPlan
	for _, plan := range o.ehcPlans() {
		if !w.has(plan.issued) || plan.movedIn {
			continue
		}
		issued := issuedPlan{issued: plan.issued}
		for _, row := range o.council["ehc_request"] {
			received := row.date("received_date")
			if plan.request != "" && row.id("request_id") == plan.request && !received.After(plan.issued) {
				issued.received = received
			}
		}
		for _, row := range o.council["ehc_assessment"] {
			if plan.request != "" && row.id("request_id") == plan.request && row.answer("assessment_exception") == yes {
				issued.excepted = true
			}
		}
		inWindow = append(inWindow, issued)
	}
	requested := func(i issuedPlan) bool { return i.received.Known() }
	inTime := func(i issuedPlan) bool { return i.received.Days(i.issued) <= o.limits.EHCPIssue }
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
