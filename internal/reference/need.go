package reference

// inNeed is a child with an open case on a day.
type inNeed struct {
	referral
	team, age string
}

func (ref *Implementation) openCases(day Date) []inNeed {
	var open []referral
	for _, r := range ref.referralRows() {
		child := ref.person(r.person)
		if r.openOn(day) && !child.diedBy(day) && !child.reached(ref.limits.InNeedOldest, day) {
			open = append(open, r)
		}
	}
	var children []inNeed
	for id, ofChild := range perPerson(open, func(r referral) string { return r.person }) {
		first := firstOf(ofChild, func(r referral) Date { return r.received }, func(r referral) string { return r.id })
		children = append(children, inNeed{first, ref.teamOf(id, day), ref.person(id).ageBand(day)})
	}
	return children
}

// caseStatus is the most intensive work that a child's case has on a day.
func (ref *Implementation) caseStatus(id string, day Date, onPlan, lookedAfter map[string]bool) string {
	switch {
	case lookedAfter[id]:
		return "CLA"
	case onPlan[id]:
		return "CP"
	case ref.hasNeedPlan(id, day):
		return "CIN plan"
	case ref.isBeingAssessed(id, day):
		return "assessment"
	default:
		return "other"
	}
}

func (ref *Implementation) hasNeedPlan(id string, day Date) bool {
	for _, row := range ref.tables["ssd_cin_plans"] {
		if row.id("cinp_person_id") == id && openOn(day, row.date("cinp_cin_plan_start_date"), row.date("cinp_cin_plan_end_date")) {
			return true
		}
	}
	return false
}

func (ref *Implementation) isBeingAssessed(id string, day Date) bool {
	for _, a := range ref.assessments() {
		if a.person == id && openOn(day, a.begun, a.authorised) {
			return true
		}
	}
	return false
}

func (ref *Implementation) childrenInNeed(p page, day Date) {
	children := ref.openCases(day)
	count(p, "childrens_cin_open", children, everyone, by("need", func(c inNeed) string { return c.need }),
		by("age", func(c inNeed) string { return c.age }), by("team", func(c inNeed) string { return c.team }))
	onPlan, lookedAfter := map[string]bool{}, map[string]bool{}
	for _, child := range ref.onPlans(day) {
		onPlan[child.person] = true
	}
	for _, child := range ref.lookedAfter(day) {
		lookedAfter[child.person] = true
	}
	countBy(p, "childrens_cin_open", children, by("case_status", func(c inNeed) string {
		return ref.caseStatus(c.person, day, onPlan, lookedAfter)
	}))
	p.rate("childrens_cin_open_per_10k", number(children, everyone), on(ref.populations.Children, day), 10000)
}
