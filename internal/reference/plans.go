package reference

// plan is a child protection plan of one child.
type plan struct {
	id, person   string
	starts, ends Date
	category     string // the latest
	first        string // as first recorded
}

// plans are those of this authority. A row that names no authority belongs to this one.
func (ref *Implementation) plans() []plan {
	var own []plan
	for _, row := range ref.tables["ssd_cp_plans"] {
		if row.answer("cppl_cp_plan_ola") == yes {
			continue
		}
		latest, first := planCategory(row.text("cppl_cp_plan_latest_category")), planCategory(row.text("cppl_cp_plan_initial_category"))
		if first == "" {
			first = latest
		}
		own = append(own, plan{
			row.id("cppl_cp_plan_id"), row.id("cppl_person_id"),
			row.date("cppl_cp_plan_start_date"), row.date("cppl_cp_plan_end_date"), latest, first,
		})
	}
	return own
}

// plansStarted counts the starts of a child's time on a plan: of several on one day the first, and none while another
// plan of the child is open.
func (ref *Implementation) plansStarted(p page, w window) {
	var inWindow, repeated []plan
	for _, ofChild := range perPerson(ref.plans(), func(c plan) string { return c.person }) {
		perDay := map[Date][]plan{}
		for _, c := range ofChild {
			perDay[c.starts] = append(perDay[c.starts], c)
		}
		for day, sameDay := range perDay {
			alreadyOpen, before := false, false
			for _, earlier := range ofChild {
				if earlier.starts.Before(day) {
					before = true
					alreadyOpen = alreadyOpen || openOn(day, earlier.starts, earlier.ends)
				}
			}
			if !w.has(day) || alreadyOpen {
				continue
			}
			inWindow = append(inWindow, sameDay[0])
			if before {
				repeated = append(repeated, sameDay[0])
			}
		}
	}
	p.share("childrens_cp_plans_repeat_ratio", "", nil, number(repeated, everyone), number(inWindow, everyone))
}

// onPlan is a child on a child protection plan on a day.
type onPlan struct {
	plan
	lastSeen Date // the latest visit within the plan at which the child was seen
	age      string
	team     string
	length   string
}

// onPlans are the children on a plan on a day: each once, under 18 as far as is known, and alive.
func (ref *Implementation) onPlans(day Date) []onPlan {
	var open []plan
	for _, c := range ref.plans() {
		child := ref.person(c.person)
		if openOn(day, c.starts, c.ends) && !child.diedBy(day) && !child.reached(18, day) {
			open = append(open, c)
		}
	}
	var children []onPlan
	for id, ofChild := range perPerson(open, func(c plan) string { return c.person }) {
		first := firstOf(ofChild, func(c plan) Date { return c.starts }, func(c plan) string { return c.id })
		children = append(children, onPlan{
			first, ref.lastSeenOnPlan(first, day), ref.person(id).ageBand(day), ref.teamOf(id, day), ref.planLength(first.starts, day),
		})
	}
	return children
}

// lastSeenOnPlan looks for the latest visit since the plan began. A visit that names no child is found by its plan.
func (ref *Implementation) lastSeenOnPlan(c plan, day Date) (last Date) {
	for _, row := range ref.tables["ssd_cp_visits"] {
		visited, held := row.id("cppv_person_id"), row.date("cppv_cp_visit_date")
		if visited == "" {
			visited = ref.planOwner(row.id("cppv_cp_plan_id"))
		}
		if visited != c.person || row.answer("cppv_cp_visit_seen") != yes || held.Before(c.starts) || held.After(day) {
			continue
		}
		if !last.Known() || held.After(last) {
			last = held
		}
	}
	return last
}

// planOwner is the child whose plan it is.
func (ref *Implementation) planOwner(planID string) string {
	for _, row := range ref.tables["ssd_cp_plans"] {
		if planID != "" && row.id("cppl_cp_plan_id") == planID {
			return row.id("cppl_person_id")
		}
	}
	return ""
}

func (ref *Implementation) planLength(starts, day Date) string {
	switch {
	case starts.Days(day) > ref.limits.PlanLong:
		return "2 years and over"
	case !starts.PlusMonths(12).After(day):
		return "1 to 2 years"
	case !starts.PlusMonths(6).After(day):
		return "6 to 12 months"
	case !starts.PlusMonths(3).After(day):
		return "3 to 6 months"
	default:
		return "under 3 months"
	}
}

func (ref *Implementation) childrenOnPlans(p page, day Date) {
	children := ref.onPlans(day)
	limit := ref.limits.PlanVisit
	byTeam := by("team", func(c onPlan) string { return c.team })
	since := func(from Date) int { return ref.calendar.workingDays(from, day) }
	owesVisit := func(c onPlan) bool { return since(c.starts) >= limit }
	seenInTime := func(c onPlan) bool { return c.lastSeen.Known() && since(c.lastSeen) <= limit }
	overdue := func(c onPlan) bool { return owesVisit(c) && !seenInTime(c) }
	dueSoon := func(c onPlan) bool {
		from := c.lastSeen
		if !from.Known() {
			from = c.starts
		}
		return !overdue(c) && ref.calendar.workingDays(from, day.Plus(ref.limits.PlanVisitDueSoon)) >= limit
	}
	count(p, "childrens_cp_plans_open", children, everyone, byTeam,
		by("category", func(c onPlan) string { return c.category }), by("age", func(c onPlan) string { return c.age }))
	p.rate("childrens_cp_plans_open_per_10k", number(children, everyone), on(ref.populations.Children, day), 10000)
	ratio(p, "childrens_cp_visits_on_time_ratio", children, owesVisit, seenInTime, byTeam)
	count(p, "childrens_cp_visits_overdue", children, overdue, byTeam)
	count(p, "childrens_cp_visits_due_soon", children, dueSoon, byTeam)
	old := func(c onPlan) bool { return c.starts.Days(day) > ref.limits.PlanLong }
	ratio(p, "childrens_cp_plans_open_long_ratio", children, everyone, old, byTeam)
	countBy(p, "childrens_cp_plans_open", children, by("length", func(c onPlan) string { return c.length }))
}
