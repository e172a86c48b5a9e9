package reference

// inNeed is a child with an open case on a day.
type inNeed struct {
	referral
	team, age string
}

func (o *Oracle) openCases(day Date) []inNeed {
	var open []referral
	for _, r := range o.referralRows() {
		child := o.person(r.person)
		if r.openOn(day) && !child.diedBy(day) && !child.reached(o.limits.InNeedOldest, day) {
			open = append(open, r)
		}
	}
	var children []inNeed
	for id, ofChild := range perPerson(open, func(r referral) string { return r.person }) {
		first := firstOf(ofChild, func(r referral) Date { return r.received }, func(r referral) string { return r.id })
		children = append(children, inNeed{first, o.teamOf(id, day), o.person(id).ageBand(day)})
	}
	return children
}

// caseStatus is the most intensive work that a child's case has on a day.
func (o *Oracle) caseStatus(id string, day Date, onPlan, lookedAfter map[string]bool) string {
	switch {
	case lookedAfter[id]:
		return "CLA"
	case onPlan[id]:
		return "CP"
	case o.hasNeedPlan(id, day):
		return "CIN plan"
	case o.isBeingAssessed(id, day):
		return "assessment"
	default:
		return "other"
	}
}

func (o *Oracle) hasNeedPlan(id string, day Date) bool {
	for _, row := range o.council["ssd_cin_plans"] {
		if row.id("cinp_person_id") == id && openOn(day, row.date("cinp_cin_plan_start_date"), row.date("cinp_cin_plan_end_date")) {
			return true
		}
	}
	return false
}

func (o *Oracle) isBeingAssessed(id string, day Date) bool {
	for _, a := range o.assessments() {
		if a.person == id && openOn(day, a.begun, a.authorised) {
			return true
		}
	}
	return false
}

func (o *Oracle) childrenInNeed(p page, day Date) {
	children := o.openCases(day)
	count(p, "childrens_cin_open", children, everyone, by("need", func(c inNeed) string { return c.need }),
		by("age", func(c inNeed) string { return c.age }), by("team", func(c inNeed) string { return c.team }))
	onPlan, lookedAfter := map[string]bool{}, map[string]bool{}
	for _, child := range o.onPlans(day) {
		onPlan[child.person] = true
	}
	for _, child := range o.lookedAfter(day) {
		lookedAfter[child.person] = true
	}
	countBy(p, "childrens_cin_open", children, by("case_status", func(c inNeed) string {
		return o.caseStatus(c.person, day, onPlan, lookedAfter)
	}))
	p.rate("childrens_cin_open_per_10k", number(children, everyone), on(o.populations.Children, day), 10000)
}
