package reference

import "time"

// visitNote writes how and when a visit was written down, if anybody did; now and then twice.
func (g *generator) visitNote(visit string, held Date) {
	for range pick(g, 0, 1, 1, 1, 1, 2) {
		recorded := pick(g, held, held, held.Plus(1), held.Plus(-1), g.calendar.workingDayAfter(held, 1+g.IntN(12)), g.near())
		g.add("visit_method", map[string]string{
			"visit_id": pick(g, visit, visit, visit, visit, " "+visit, "999"), "recorded_at": g.stamp(recorded),
			"method": g.text("face_to_face", "face_to_face", "virtual", "attempted", "Face to face", "Video call", "telephone"),
		})
	}
}

// needVisits makes visits to a child in need, about as far apart as they may be.
func (g *generator) needVisits(id, planID string, starts Date) {
	for range g.IntN(5) {
		held := pick(g, g.near(), g.after(starts), starts, g.before(span{workingDays: 20}, span{workingDays: 10}, span{workingDays: 16}, span{}))
		visit := g.newID()
		g.visitNote(visit, held)
		g.needVisit(visit, id, planID, held)
	}
}

// needVisit writes a visit among those to children in need, where some systems file visits of every kind.
func (g *generator) needVisit(visit, id, planID string, held Date) {
	if planID != "" && !g.rarely(4) {
		planID = ""
	}
	if planID != "" {
		id = pick(g, id, "")
	}
	g.add("ssd_cin_visits", map[string]string{
		"cinv_cin_visit_id": visit, "cinv_person_id": id, "cinv_cin_plan_id": planID, "cinv_cin_visit_date": g.stamp(held),
		"cinv_cin_visit_seen": g.flag("Y"),
	})
}

// coreGroups writes the meetings on a plan, the first about as late as it may be.
func (g *generator) coreGroups(planID string, starts Date) {
	met := g.calendar.workingDayAfter(starts, pick(g, 5, 9, 10, 10, 11)).Plus(pick(g, -1, 0, 0, 1))
	for range g.IntN(3) {
		g.add("core_group", map[string]string{"cp_plan_id": pick(g, planID, planID, planID, "-1", "999"), "meeting_date": pick(g, met, starts, g.near()).String()})
		met = g.after(met)
	}
}

// courtOrders puts some children on a plan before a court.
func (g *generator) courtOrders(id string, starts Date) {
	if g.rarely(3) {
		began := pick(g, starts, g.near(), pick(g, g.days...))
		g.add("ssd_legal_status", map[string]string{
			"lega_legal_status_id": g.newID(), "lega_person_id": id, "lega_legal_status": g.text("C1", "C1", "Interim care order", "C1 - Interim", "C2"),
			"lega_legal_status_start_date": g.stamp(began), "lega_legal_status_end_date": g.openEnd(began),
		})
	}
}

// seenAloneFrom is an age at which somebody known here changes age, so that birthdays decide.
func (g *generator) seenAloneFrom() int { return pick(g, 1, 4, 5, 10) }

// milestoneDay is a start of a plan that comes to a check about now.
func (g *generator) milestoneDay() Date {
	day := pick(g, g.days...).Plus(pick(g, 0, 0, 30))
	if g.rarely(8) {
		day = On(2025, time.February, 28)
	}
	return day.PlusMonths(-pick(g, 9, 12, 15, 18)).Plus(pick(g, -1, 0, 0, 1))
}
