package reference

import (
	"slices"
	"strings"
)

// planVisit is a visit to a child under a child protection plan.
type planVisit struct {
	id, person  string
	held        Date
	seen, alone answer
}

// planVisits are all visits. One that names no child is found by its plan.
func (ref *Implementation) planVisits() []planVisit {
	var all []planVisit
	for _, row := range ref.tables.rows("ssd_cp_visits", "cppv_cp_visit_id", "cppv_person_id", "cppv_cp_plan_id", "cppv_cp_visit_date",
		"cppv_cp_visit_seen", "cppv_cp_visit_seen_alone") {
		visit := planVisit{
			row.id("cppv_cp_visit_id"), row.id("cppv_person_id"), row.date("cppv_cp_visit_date"),
			row.answer("cppv_cp_visit_seen"), row.answer("cppv_cp_visit_seen_alone"),
		}
		if visit.person == "" {
			visit.person = ref.planOwner(row.id("cppv_cp_plan_id"))
		}
		all = append(all, visit)
	}
	return all
}

// ownPlanOn is true of a child on a plan of this authority on a day, the days it starts and ends among them.
func (ref *Implementation) ownPlanOn(person string, day Date) bool {
	return slices.ContainsFunc(ref.plans(), func(c plan) bool {
		return person != "" && c.person == person && c.starts.Known() && day.Known() && !day.Before(c.starts) &&
			(!c.ends.Known() || !day.After(c.ends))
	})
}

// visitsUnderPlan are those held in a window while the child was on a plan.
func (ref *Implementation) visitsUnderPlan(w window) []planVisit {
	var held []planVisit
	for _, visit := range ref.planVisits() {
		if w.has(visit.held) && ref.ownPlanOn(visit.person, visit.held) {
			held = append(held, visit)
		}
	}
	return held
}

func (ref *Implementation) planVisitsHeld(p page, w window) {
	visits := ref.visitsUnderPlan(w)
	oldEnough := func(v planVisit) bool {
		born := ref.person(v.person).born
		return v.seen == yes && born.Known() && !born.After(v.held) && born.Age(v.held) >= ref.limits.PlanSeenAloneAge
	}
	ratio(p, "childrens_cp_visits_seen_alone_ratio", visits, oldEnough, func(v planVisit) bool { return v.alone == yes },
		by("team", func(v planVisit) string { return ref.teamOf(v.person, v.held) }))
	ratio(p, "childrens_cp_visits_virtual_ratio", visits,
		func(v planVisit) bool {
			return slices.Contains([]string{"face_to_face", "virtual"}, ref.visitMethod(v.id))
		},
		func(v planVisit) bool { return ref.visitMethod(v.id) == "virtual" })
	countBy(p, "childrens_cp_visits", visits, by("method", func(v planVisit) string { return ref.visitMethod(v.id) }))
}

// visitMethod is how a visit took place by the latest entry of the sheet; of entries of one day the word first in the
// alphabet holds, so that the answer is the same every time.
func (ref *Implementation) visitMethod(visit string) string {
	type entry struct {
		method   string
		recorded Date
	}
	var entries []entry
	for _, row := range ref.tables["visit_method"] {
		if visit != "" && row.id("visit_id") == visit {
			entries = append(entries, entry{visitMethodCode(row.text("method")), row.date("recorded_at")})
		}
	}
	if len(entries) == 0 {
		return ""
	}
	return slices.MinFunc(entries, func(a, b entry) int {
		switch {
		case a.recorded != b.recorded && (!b.recorded.Known() || a.recorded.After(b.recorded)):
			return -1
		case a.recorded != b.recorded:
			return 1
		case a.method == "" || b.method == "":
			return len(b.method) - len(a.method)
		}
		return strings.Compare(a.method, b.method)
	}).method
}

// recordedLate is true where the latest of the days on which a child was seen lies no more than the limit after the one
// before, or after the start where that is later, but was written down when more had passed.
func (ref *Implementation) recordedLate(seenOn map[Date][]string, starts, day Date, limit int) bool {
	var last, before Date
	for held := range seenOn {
		if !held.Before(starts) && !held.After(day) && (!last.Known() || held.After(last)) {
			last = held
		}
	}
	if !last.Known() {
		return false
	}
	before = starts
	for held := range seenOn {
		if held.After(before) && held.Before(last) {
			before = held
		}
	}
	recorded := ref.firstRecorded(seenOn[last])
	return ref.calendar.workingDays(before, last) <= limit && recorded.Known() && ref.calendar.workingDays(before, recorded) > limit
}
