package reference

import "slices"

// planTime is a child's time on a plan, be it one plan or several that overlap.
type planTime struct {
	person       string
	begun, ended Date // ended is no date while a plan is open for good
	earlierEnded Date // the last end of all plans before it
	repeated     bool
	plans        []plan // in the order of their starts
}

// planTimes are the times on a plan of this authority. A plan that starts while another of the child is open belongs to the
// same time.
func (ref *Implementation) planTimes() []planTime {
	var all []planTime
	for id, ofChild := range perPerson(ref.plans(), func(c plan) string { return c.person }) {
		slices.SortFunc(ofChild, func(a, b plan) int { return a.starts.number() - b.starts.number() })
		var times []planTime
		for i, c := range ofChild {
			if !c.starts.Known() {
				continue
			}
			fresh := len(times) == 0 || times[len(times)-1].begun != c.starts
			for _, earlier := range ofChild[:i] {
				if earlier.starts.Before(c.starts) && openOn(c.starts, earlier.starts, earlier.ends) {
					fresh = false
				}
			}
			if fresh {
				times = append(times, planTime{person: id, begun: c.starts, repeated: len(times) > 0, earlierEnded: lastEnd(ofChild[:i])})
			}
			current := &times[len(times)-1]
			current.plans = append(current.plans, c)
		}
		for _, t := range times {
			t.ended = lastEnd(t.plans)
			all = append(all, t)
		}
	}
	return all
}

// lastEnd is the latest end of plans, or no date where one has none.
func lastEnd(plans []plan) (last Date) {
	for _, c := range plans {
		if !c.starts.Known() {
			continue
		}
		if !c.ends.Known() {
			return Date{}
		}
		if !last.Known() || c.ends.After(last) {
			last = c.ends
		}
	}
	return last
}

// firstCategory is what was first recorded of the plan that the time began with.
func (t planTime) firstCategory() string {
	return firstOf(t.plans, func(c plan) Date { return c.starts }, func(c plan) string { return c.id }).first
}

// lastCategory is the latest category of the plan that ended last.
func (t planTime) lastCategory() string {
	var endedLast []plan
	for _, c := range t.plans {
		if c.ends == t.ended {
			endedLast = append(endedLast, c)
		}
	}
	return firstOf(endedLast, func(c plan) Date { return c.starts }, func(c plan) string { return c.id }).category
}

func (ref *Implementation) planTimesStarted(p page, w window) {
	var started []planTime
	for _, t := range ref.planTimes() {
		if w.has(t.begun) {
			started = append(started, t)
		}
	}
	count(p, "childrens_cp_plans_started", started, everyone, by("category", planTime.firstCategory))
	ratio(p, "childrens_cp_plans_repeat_recent_ratio", started, everyone, func(t planTime) bool {
		return t.repeated && t.earlierEnded.PlusMonths(ref.limits.PlanRepeatRecent).After(t.begun)
	})
}

func (ref *Implementation) planTimesEnded(p page, w window) {
	var ended []planTime
	for _, t := range ref.planTimes() {
		if w.has(t.ended) {
			ended = append(ended, t)
		}
	}
	count(p, "childrens_cp_plans_ended", ended, everyone, by("category", planTime.lastCategory))
	p.rate("childrens_cp_plans_ended_per_10k", number(ended, everyone), on(ref.populations.Children, w.ends), 10000)
	countBy(p, "childrens_cp_plans_ended", ended, by("length", func(t planTime) string { return ref.planLength(t.begun, t.ended) }))
	ratio(p, "childrens_cp_plans_ended_long_ratio", ended, everyone, func(t planTime) bool {
		return t.begun.Days(t.ended) > ref.limits.PlanLong
	})
}

// coreGroups judges the new plans whose time for a first core group ran out in the window while the child was on the plan.
func (ref *Implementation) coreGroups(p page, w window) {
	var owed []planTime
	for _, t := range ref.planTimes() {
		due := ref.coreGroupDue(t)
		if w.has(due) && (!t.ended.Known() || t.ended.After(due)) {
			owed = append(owed, t)
		}
	}
	ratio(p, "childrens_cp_core_groups_on_time_ratio", owed, everyone, func(t planTime) bool {
		for _, row := range ref.tables["core_group"] {
			met := row.date("meeting_date")
			if ref.isAboutOwnPlanOf(t.person, row.id("cp_plan_id")) && !met.Before(t.begun) && met.Known() && !met.After(ref.coreGroupDue(t)) {
				return true
			}
		}
		return false
	})
}

func (ref *Implementation) coreGroupDue(t planTime) Date {
	return ref.calendar.workingDayAfter(t.begun, ref.limits.PlanCoreGroup)
}

func (ref *Implementation) isAboutOwnPlanOf(person, planID string) bool {
	return planID != "" && slices.ContainsFunc(ref.plans(), func(c plan) bool { return c.id == planID && c.person == person })
}

// visitsInTime judges the times within which a child on a plan had to be seen: one runs from the start of the plan and from
// every day on which the child was seen, and counts in the window in which it runs out, unless the plan had ended by then.
func (ref *Implementation) visitsInTime(p page, w window) {
	visits := ref.planVisits()
	var kept []bool
	for _, t := range ref.planTimes() {
		seen := []Date{t.begun}
		for _, visit := range visits {
			within := visit.held.After(t.begun) && (!t.ended.Known() || !visit.held.After(t.ended))
			if visit.person == t.person && visit.seen == yes && visit.held.Known() && within && !slices.Contains(seen, visit.held) {
				seen = append(seen, visit.held)
			}
		}
		child := ref.person(t.person)
		for _, from := range seen {
			due := ref.calendar.workingDayAfter(from, ref.limits.PlanVisit)
			if !w.has(due) || t.ended.Known() && !due.Before(t.ended) || child.diedBy(due) || child.reached(18, due) {
				continue
			}
			kept = append(kept, slices.ContainsFunc(seen, func(next Date) bool { return next.After(from) && !next.After(due) }))
		}
	}
	ratio(p, "childrens_cp_visits_in_time_share_ratio", kept, everyone, func(inTime bool) bool { return inTime })
}
