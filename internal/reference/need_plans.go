package reference

// needPlan is a child in need plan of one child.
type needPlan struct {
	id, person, team string
	starts, ends     Date
}

func (ref *Implementation) needPlans() []needPlan {
	var all []needPlan
	for _, row := range ref.tables["ssd_cin_plans"] {
		all = append(all, needPlan{
			row.id("cinp_cin_plan_id"), row.id("cinp_person_id"), ref.team(row, "cinp_cin_plan_team"),
			row.date("cinp_cin_plan_start_date"), row.date("cinp_cin_plan_end_date"),
		})
	}
	return all
}

// onNeedPlan is a child on a child in need plan, and on no more than that, on a day.
type onNeedPlan struct {
	needPlan
	age, need string
}

// onlyNeedPlans are the children under 18 on such a plan and neither on a protection plan nor looked after, each once.
func (ref *Implementation) onlyNeedPlans(day Date) []onNeedPlan {
	moreThanThat := map[string]bool{}
	for _, child := range ref.onPlans(day) {
		moreThanThat[child.person] = true
	}
	for _, child := range ref.lookedAfter(day) {
		moreThanThat[child.person] = true
	}
	needs := map[string]string{}
	for _, child := range ref.openCases(day) {
		needs[child.person] = child.need
	}
	var open []needPlan
	for _, c := range ref.needPlans() {
		child := ref.person(c.person)
		if openOn(day, c.starts, c.ends) && !moreThanThat[c.person] && !child.diedBy(day) && !child.reached(18, day) {
			open = append(open, c)
		}
	}
	var children []onNeedPlan
	for id, ofChild := range perPerson(open, func(c needPlan) string { return c.person }) {
		first := firstOf(ofChild, func(c needPlan) Date { return c.starts }, func(c needPlan) string { return c.id })
		if team := ref.teamOf(id, day); team != "" {
			first.team = team
		}
		children = append(children, onNeedPlan{first, ref.person(id).ageBand(day), needs[id]})
	}
	return children
}

// seenInNeed are the days on which a child was seen as a child in need, with the visits of each: on the day it had an open
// child in need plan, and neither a protection plan of this authority nor an episode of care other than short breaks.
func (ref *Implementation) seenInNeed(person string) map[Date][]string {
	seenOn := map[Date][]string{}
	for _, row := range ref.tables["ssd_cin_visits"] {
		visited, held := row.id("cinv_person_id"), row.date("cinv_cin_visit_date")
		if visited == "" {
			visited = ref.needPlanOwner(row.id("cinv_cin_plan_id"))
		}
		if visited != person || row.answer("cinv_cin_visit_seen") != yes || !held.Known() {
			continue
		}
		inNeed, protected, inCare := false, false, false
		for _, c := range ref.needPlans() {
			inNeed = inNeed || c.person == person && openOn(held, c.starts, c.ends)
		}
		for _, c := range ref.plans() {
			protected = protected || c.person == person && openOn(held, c.starts, c.ends)
		}
		for _, e := range ref.careEpisodes() {
			inCare = inCare || e.person == person && openOn(held, e.starts, e.ends) && !ref.onlyShortBreaks(person, held)
		}
		if inNeed && !protected && !inCare {
			seenOn[held] = append(seenOn[held], row.id("cinv_cin_visit_id"))
		}
	}
	return seenOn
}

func (ref *Implementation) needPlanOwner(planID string) string {
	for _, c := range ref.needPlans() {
		if planID != "" && c.id == planID {
			return c.person
		}
	}
	return ""
}

func (ref *Implementation) childrenOnNeedPlans(p page, day Date) {
	children := ref.onlyNeedPlans(day)
	byTeam := by("team", func(c onNeedPlan) string { return c.team })
	count(p, "childrens_cin_plans_open", children, everyone, byTeam, by("age", func(c onNeedPlan) string { return c.age }))
	ratio(p, "childrens_cin_plans_long_ratio", children, everyone, func(c onNeedPlan) bool {
		return c.starts.PlusMonths(ref.limits.NeedPlanLong).Before(day)
	}, byTeam, by("need", func(c onNeedPlan) string { return c.need }))
	ref.needVisits(p, day, children, byTeam)
}

func (ref *Implementation) needVisits(p page, day Date, children []onNeedPlan, byTeam split[onNeedPlan]) {
	limit := ref.limits.NeedVisit
	lastSeen, late := map[string]Date{}, map[string]bool{}
	for _, c := range children {
		seenOn := ref.seenInNeed(c.person)
		for held := range seenOn {
			if !held.Before(c.starts) && !held.After(day) && (!lastSeen[c.person].Known() || held.After(lastSeen[c.person])) {
				lastSeen[c.person] = held
			}
		}
		late[c.person] = ref.recordedLate(seenOn, c.starts, day, limit)
	}
	olderThanLimit := func(c onNeedPlan) bool { return ref.calendar.workingDays(c.starts, day) > limit }
	inTime := func(c onNeedPlan) bool {
		seen := lastSeen[c.person]
		return seen.Known() && ref.calendar.workingDays(seen, day) <= limit
	}
	overdue := func(c onNeedPlan) bool { return olderThanLimit(c) && !inTime(c) }
	left := func(c onNeedPlan, until Date) int {
		from := lastSeen[c.person]
		if !from.Known() {
			from = c.starts
		}
		return limit - ref.calendar.workingDays(from, until)
	}
	ratio(p, "childrens_cin_visits_on_time_ratio", children, olderThanLimit, inTime, byTeam)
	count(p, "childrens_cin_visits_overdue", children, overdue, byTeam)
	countBands(p, "childrens_cin_visits_due", "due", children, []band[onNeedPlan]{
		{"overdue", overdue},
		{"today", func(c onNeedPlan) bool { return !overdue(c) && left(c, day) == 0 }},
		{"next_7", func(c onNeedPlan) bool {
			return !overdue(c) && left(c, day) > 0 && left(c, day.Plus(ref.limits.NeedVisitDueSoon)) <= 0
		}},
	}, byTeam)
	count(p, "childrens_cin_visits_recorded_late", children, func(c onNeedPlan) bool { return late[c.person] }, byTeam)
}

// unallocated counts the open cases that nobody named holds as an allocated worker.
func (ref *Implementation) unallocated(p page, day Date) {
	team := func(c inNeed) string {
		if c.team != "" {
			return c.team
		}
		return c.referral.team
	}
	count(p, "childrens_cin_unallocated", ref.openCases(day), func(c inNeed) bool {
		return ref.calendar.workingDays(c.received, day) > ref.limits.NeedAllocation && !ref.hasWorker(c.person, day)
	}, by("team", team))
}

func (ref *Implementation) hasWorker(person string, day Date) bool {
	for _, row := range ref.tables["ssd_involvements"] {
		if row.id("invo_person_id") == person && row.id("invo_professional_id") != "" &&
			involvementRole(row.text("invo_professional_role_id")) == "allocated" &&
			openOn(day, row.date("invo_involvement_start_date"), row.date("invo_involvement_end_date")) {
			return true
		}
	}
	return false
}
