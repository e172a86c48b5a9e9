package reference

// care makes children looked after: periods of one or more episodes, placements, legal statuses, visits and reviews.
func (g *generator) care() {
	for range g.children {
		g.careOf(g.personID())
	}
}

func (g *generator) careOf(id string) {
	careID, entered := g.newID(), g.pastOr(span{workingDays: 20}, span{days: 7}, span{}, span{months: 12}, span{months: 30})
	if g.rarely(25) {
		careID = pick(g, "", "SSD_PH")
	}
	starts := entered
	for range 1 + g.IntN(3) {
		ends := g.after(starts)
		ended := g.stamp(ends)
		if g.rarely(2) {
			ended = g.noDate()
		}
		g.add("ssd_cla_episodes", map[string]string{
			"clae_cla_episode_id": g.newID(), "clae_person_id": id, "clae_cla_id": careID,
			"clae_cla_episode_start_date": g.stamp(starts), "clae_cla_episode_ceased_date": ended,
			"clae_cla_episode_start_reason": g.text("S", "S", "S", "L", "P", "B", "T", "U", "S - Started to be looked after"),
			"clae_cla_episode_ceased_reason": g.text("X1", "X1", "X1", "E4A", "E4B", "E11", "E45", "E46", "E47", "E48", "E2", "E3", "E41", "E5", "E6",
				"E7", "E8", "E9", "E12", "E13", "E14", "E15", "E16", "E17", "Died", "e11 - adopted", "X1 - Episode ceases"),
			"clae_cla_primary_need_code": pick(g, "N1", "N1", "N2", "N8", "n5", "NX", ""),
			"clae_entered_care_date":     pick(g, entered.String(), entered.String(), entered.String(), "", g.stamp(entered.Plus(pick(g, -1, 0, 0, 0, 1)))),
		})
		starts = pick(g, ends, ends, ends.Plus(1))
	}
	g.legalStatuses(id, entered)
	g.placements(id, careID, entered)
	g.careVisits(id, careID, entered)
	g.careReviews(id, careID, entered)
}

func (g *generator) legalStatuses(id string, entered Date) {
	for range g.IntN(3) {
		g.add("ssd_legal_status", map[string]string{
			"lega_legal_status_id": g.newID(), "lega_person_id": id,
			"lega_legal_status":            g.text("C1", "C1", "C2", "c1", "V2", "V4", "V3", "V1", "V4", "J1", "J2", "J3", "L1", "L2", "L3", "D1", "E1", "C2 - Full care order", "V3 - short break", "Special guardianship order"),
			"lega_legal_status_start_date": g.stamp(entered), "lega_legal_status_end_date": g.openEnd(entered),
		})
	}
}

func (g *generator) placements(id, careID string, entered Date) {
	starts := pick(g, entered, g.before(span{months: 12}, span{days: 7}, span{months: 24}))
	for range g.IntN(6) {
		ends := g.openEnd(starts)
		if g.rarely(8) {
			ends = pick(g, g.stamp(starts), g.stamp(starts.Plus(1)))
		}
		g.add("ssd_cla_placement", map[string]string{
			"clap_cla_placement_distance": pick(g, "3.2", "20", "20.1", "45", "999.9", ""),
			"clap_cla_placement_postcode": pick(g, "XX1 1AA", "XX2 1AA", "xx31AA", "XX4 1AA", "XX91AA", ""),
			"clap_cla_placement_id":       g.newID(), "clap_cla_id": careID, "clap_person_id": pick(g, id, id, id, ""),
			"clap_cla_placement_type": g.text("U1", "U4", "U4", "U4", "U6", "U2", "U3", "U5", "K1", "K2", "P1", "P1", "P1", "P1", "P1", "P2", "P3",
				"A3", "A4", "A5", "A6", "T0", "T1", "T2", "T3", "T4", "R1", "R2", "R3", "R5", "S1", "H5", "Z1", "U4 - Long term"),
			"clap_cla_placement_start_date": g.stamp(starts), "clap_cla_placement_end_date": ends,
		})
		starts = pick(g, starts, g.after(starts), g.near(), g.before(span{months: 12}, span{days: 7}, span{}, span{months: 24}))
	}
}

func (g *generator) careVisits(id, careID string, entered Date) {
	for range g.IntN(5) {
		g.add("ssd_cla_visits", map[string]string{
			"clav_cla_visit_id": g.newID(), "clav_cla_id": pick(g, careID, careID, careID, ""), "clav_person_id": pick(g, id, id, id, ""),
			"clav_cla_visit_date": g.stamp(pick(g, g.near(), g.after(entered), g.before(span{days: 42}, span{months: 3}, span{days: 7}, span{days: 28}, span{}))), "clav_cla_visit_seen": g.flag("Y"),
		})
	}
}

func (g *generator) careReviews(id, careID string, entered Date) {
	if g.rarely(4) {
		g.careReview(id, careID, pick(g, g.days...).PlusMonths(-pick(g, 3, 6)).Plus(pick(g, -1, 0, 0, 1)))
	}
	if g.rarely(4) {
		// Held late, or on the day of entry: whether it counts depends on when it fell due.
		g.careReview(id, careID, pick(g, entered, g.before(span{months: 6}, span{months: 12}).Plus(5), g.before(span{months: 18})))
	}
	held := g.calendar.workingDayAfter(entered, 20)
	for i := range g.IntN(6) {
		held = held.Plus(pick(g, -3, -1, 0, 0, 0, 1))
		g.careReview(id, careID, held)
		held = held.PlusMonths(pick(g, []int{3, 6}[min(i, 1)], 6))
	}
}

func (g *generator) careReview(id, careID string, held Date) {
	g.add("ssd_cla_reviews", map[string]string{
		"clar_cla_review_id": g.newID(), "clar_cla_id": careID, "clar_cla_person_id": pick(g, id, id, id, ""),
		"clar_cla_review_date": g.stamp(held), "clar_cla_review_cancelled": g.flag("N"),
		"clar_cla_review_participation": g.text("PN0", "PN1", "PN7", "PN6 - Child does not attend but conveys views"),
	})
}
