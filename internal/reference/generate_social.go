package reference

func (g *generator) frontDoor() {
	sources := []string{"6", "2A", "1A", "5B", "10", "Schools", "police", "Health services - GP", "Housing (LA or association)", "99"}
	for range g.children {
		g.add("ssd_contacts", map[string]string{
			"cont_contact_id": g.newID(), "cont_person_id": g.personID(), "cont_contact_date": g.stamp(g.near()),
			"cont_contact_source_code": g.text(sources...), "cont_contact_source_desc": g.text("Police", "Schools", "Anonymous"),
		})
	}
	for range g.children * 3 / 2 {
		g.referralsOf(g.personID(), sources)
	}
}

// referralsOf makes one or more referrals of a child, the later ones about as long after the first as it takes to count.
func (g *generator) referralsOf(id string, sources []string) {
	received := g.past()
	for range 1 + g.IntN(3) {
		closed := g.after(received)
		g.add("ssd_cin_episodes", map[string]string{
			"cine_referral_id": g.newID(), "cine_person_id": id, "cine_referral_date": g.stamp(received),
			"cine_close_date": pick(g, g.stamp(closed), g.noDate()), "cine_referral_nfa": g.flag("N"),
			"cine_cin_primary_need_code": pick(g, "N1", "N2", "n4", "N0", "NX", ""),
			"cine_referral_source_code":  g.text(sources...), "cine_referral_source_desc": g.text("Police", "Schools", "Anonymous"),
			"cine_referral_team": g.teamID(),
		})
		yearOn := received.PlusMonths(12)
		received = pick(g, received, closed, yearOn, yearOn.Plus(1), yearOn.Plus(-1), g.after(received))
	}
}

func (g *generator) help() {
	for range g.children {
		starts := g.pastOr(span{months: 24}, span{})
		g.add("ssd_early_help_episodes", map[string]string{
			"earl_episode_id": g.newID(), "earl_person_id": g.personID(), "earl_episode_start_date": g.stamp(starts),
			"earl_episode_end_date":     g.openEnd(starts),
			"earl_episode_reason":       g.text("Parenting support", "SEND support", "Young carer", "send", "wants a key worker"),
			"earl_episode_end_reason":   g.text("OUTMET", "DISENG", "CONSWD", "DECLIN", "Family disengaged", "NFA", "ZZ9"),
			"earl_episode_organisation": g.text("LAEH", "SCHPRI", "HEALTH", "Family hub", "Tuesday club"),
		})
	}
}

func (g *generator) assessing() {
	for range g.children * 3 / 2 {
		begun := g.pastOr(span{workingDays: 45}, span{workingDays: 35}, span{})
		authorised := g.stamp(g.after(begun))
		if g.rarely(3) {
			authorised = g.noDate()
		}
		g.add("ssd_cin_assessments", map[string]string{
			"cina_assessment_id": g.newID(), "cina_person_id": g.personID(), "cina_assessment_start_date": g.stamp(begun),
			"cina_assessment_auth_date": authorised, "cina_assessment_team": g.teamID(),
		})
	}
}

func (g *generator) protection() {
	for range g.children {
		id, discussed := g.personID(), g.near()
		enquiry := g.newID()
		g.add("ssd_s47_enquiry", map[string]string{
			"s47e_s47_enquiry_id": enquiry, "s47e_person_id": id, "s47e_s47_start_date": g.stamp(discussed),
			"s47e_s47_completed_by_team": g.teamID(),
		})
		g.add("ssd_initial_cp_conference", map[string]string{
			"icpc_icpc_id": g.newID(), "icpc_person_id": id, "icpc_s47_enquiry_id": pick(g, enquiry, enquiry, enquiry, "", "-1", "999"),
			"icpc_icpc_date": g.stamp(g.after(discussed)), "icpc_icpc_transfer_in": g.flag("N"), "icpc_icpc_team": g.teamID(),
		})
	}
	for range g.children {
		g.plansOf(g.personID())
	}
}

// plansOf makes one or more plans of a child, apart, adjoining or overlapping, with visits and reviews.
func (g *generator) plansOf(id string) {
	starts := g.pastOr(span{workingDays: 10}, span{workingDays: 5}, span{workingDays: 20}, span{months: 3}, span{days: 729}, span{})
	if g.rarely(4) {
		starts = g.milestoneDay()
	}
	for range 1 + g.IntN(2) {
		planID, ends := g.newID(), g.after(starts)
		ended := pick(g, g.stamp(ends), g.noDate())
		g.add("ssd_cp_plans", map[string]string{
			"cppl_cp_plan_id": planID, "cppl_person_id": id, "cppl_cp_plan_start_date": g.stamp(starts),
			"cppl_cp_plan_end_date": ended, "cppl_cp_plan_ola": pick(g, "N", "N", "N", "", "", "Y", "n", "0"),
			"cppl_cp_plan_latest_category":  g.text("Neglect", "NEG", "Emotional abuse", "emo", "Multiple: Neglect, Emotional abuse", "Sexual abuse", "Physical"),
			"cppl_cp_plan_initial_category": g.text("Neglect", "Emotional abuse"),
		})
		g.planVisits(id, planID, starts)
		g.planReviewsOf(id, planID, starts)
		g.coreGroups(planID, starts)
		g.courtOrders(id, starts)
		starts = pick(g, starts, starts.Plus(1), ends, ends, g.after(starts))
	}
}

func (g *generator) planVisits(id, planID string, starts Date) {
	for range g.IntN(4) {
		held := pick(g, g.near(), g.after(starts), starts, g.before(span{workingDays: 10}, span{workingDays: 5}, span{workingDays: 20}, span{}))
		visit := g.newID()
		g.visitNote(visit, held)
		if !g.rarely(4) {
			g.needVisit(visit, id, "", held)
		}
		g.add("ssd_cp_visits", map[string]string{
			"cppv_cp_visit_id": visit, "cppv_cp_visit_seen_alone": g.flag("Y"), "cppv_person_id": pick(g, id, id, id, ""), "cppv_cp_plan_id": pick(g, planID, planID, ""),
			"cppv_cp_visit_date": g.stamp(held), "cppv_cp_visit_seen": g.flag("Y"),
		})
	}
}

func (g *generator) planReviewsOf(id, planID string, starts Date) {
	held := starts
	for _, months := range []int{3, 6, 6, 6, 6}[:g.IntN(6)] {
		held = held.PlusMonths(months).Plus(pick(g, -20, -3, -1, -1, 0, 0, 1))
		g.planReview(id, planID, held)
	}
	if g.rarely(3) {
		// The next one is due on a day that is looked at, or was due on the eve.
		g.planReview(id, planID, pick(g, g.days...).PlusMonths(-6).Plus(pick(g, -1, 0, 0, 1)))
	}
	if g.rarely(4) {
		g.planReview(id, planID, pick(g, starts, pick(g, g.days...)))
	}
}

func (g *generator) planReview(id, planID string, held Date) {
	g.add("ssd_cp_reviews", map[string]string{
		"cppr_cp_review_id": g.newID(), "cppr_person_id": pick(g, id, id, id, ""), "cppr_cp_plan_id": pick(g, planID, planID, planID, ""),
		"cppr_cp_review_date": g.stamp(held), "cppr_cp_review_quorate": g.text("Yes", "Yes", "No", "Y", "quorate", "Inquorate", "n"),
	})
}

func (g *generator) needPlans() {
	for range g.children {
		id, planID, starts := g.personID(), g.newID(), g.pastOr(span{workingDays: 20}, span{months: 12}, span{})
		g.add("ssd_cin_plans", map[string]string{
			"cinp_cin_plan_id": planID, "cinp_person_id": id, "cinp_cin_plan_start_date": g.stamp(starts),
			"cinp_cin_plan_end_date": g.openEnd(starts), "cinp_cin_plan_team": g.teamID(),
		})
		g.needVisits(id, planID, starts)
	}
}
