package reference

// outcomes writes what came of assessments, enquiries and conferences into the rows that are there.
func (g *generator) outcomes() {
	for _, row := range g.tables["ssd_cin_assessments"] {
		g.set(row, "cina_assessment_outcome_nfa", g.flag(pick(g, "Y", "N")))
		g.set(row, "cina_assessment_child_seen", g.flag("Y"))
	}
	for _, row := range g.tables["ssd_s47_enquiry"] {
		discussed := row.date("s47e_s47_start_date")
		if !discussed.Known() {
			discussed = g.near()
		}
		g.set(row, "s47e_s47_end_date", g.openEnd(discussed))
		g.set(row, "s47e_s47_nfa", g.flag(pick(g, "Y", "N")))
	}
	var conferences []string
	for _, row := range g.tables["ssd_initial_cp_conference"] {
		g.set(row, "icpc_icpc_outcome_cp_flag", pick(g, "", g.flag("Y"), g.flag("N")))
		conferences = append(conferences, row["icpc_icpc_id"])
	}
	if g.rarely(4) {
		return // a council that links no plan with a conference
	}
	for _, row := range g.tables["ssd_cp_plans"] {
		g.set(row, "cppl_icpc_id", pick(g, pick(g, conferences...), "", "-1", "999"))
	}
}

// helpSheets writes the sheet of early help assessments, and refers some children about the time at which help ended.
func (g *generator) helpSheets() {
	for _, row := range g.tables["ssd_early_help_episodes"] {
		for range g.IntN(3) {
			begun := g.pastOr(span{months: 1}, span{days: 30}, span{})
			g.add("early_help_assessment", map[string]string{
				"episode_id": row["earl_episode_id"], "started": g.day(begun), "completed": pick(g, g.day(g.after(begun)), g.day(g.near()), ""),
				"level": g.text("2", "3", "Level 4", "targeted", "very high"), "agency": g.text("LAEH", "SCHPRI", "Voluntary sector", "Tuesday club"),
			})
		}
		if g.rarely(8) {
			row["earl_episode_end_reason"] = pick(g, "STEPUP", "step-up")
		}
		ended := row.date("earl_episode_end_date")
		if !ended.Known() || g.rarely(3) {
			continue
		}
		received := ended.Plus(pick(g, -31, -30, -29, -15, -14, -1, 0, 1, 30, 31, 60, 61, 89, 90, 91))
		g.add("ssd_cin_episodes", map[string]string{
			"cine_referral_id": g.newID(), "cine_person_id": row["earl_person_id"], "cine_referral_date": g.stamp(received),
			"cine_close_date": g.openEnd(received), "cine_referral_nfa": g.flag("N"), "cine_referral_team": g.teamID(),
		})
	}
}

// decisions writes the front door's sheet: none, one or more decisions on a referral, now and then on one that is not there.
func (g *generator) decisions() {
	for _, row := range g.tables["ssd_cin_episodes"] {
		receipt := row.date("cine_referral_date")
		if !receipt.Known() {
			receipt = pick(g, g.days...)
		}
		for range pick(g, 0, 1, 1, 1, 2) {
			from := receipt.Plus(pick(g, 0, 0, 0, 0, -1, 1))
			taken := g.calendar.workingDayAfter(from, g.IntN(4)).Plus(pick(g, 0, 0, 0, 1, -1))
			g.add("frontdoor_decision", map[string]string{
				"referral_id": pick(g, row["cine_referral_id"], row["cine_referral_id"], row["cine_referral_id"], "999", "-1"),
				"received_at": pick(g, g.stamp(from), g.stamp(from), ""), "decided_at": pick(g, g.stamp(taken), g.stamp(taken), g.stamp(taken), g.noDate()),
			})
		}
	}
}

// set writes a column; what is empty is NULL.
func (g *generator) set(row Row, column, text string) {
	if text != "" {
		row[column] = text
	}
}
