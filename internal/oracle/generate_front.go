package oracle

// outcomes writes what came of assessments, enquiries and conferences into the rows that are there.
func (g *generator) outcomes() {
	for _, row := range g.council["ssd_cin_assessments"] {
		g.set(row, "cina_assessment_outcome_nfa", g.flag(pick(g, "Y", "N")))
		g.set(row, "cina_assessment_child_seen", g.flag("Y"))
	}
	for _, row := range g.council["ssd_s47_enquiry"] {
		discussed := row.date("s47e_s47_start_date")
		if !discussed.Known() {
			discussed = g.near()
		}
		g.set(row, "s47e_s47_end_date", g.openEnd(discussed))
		g.set(row, "s47e_s47_nfa", g.flag(pick(g, "Y", "N")))
	}
	var conferences []string
	for _, row := range g.council["ssd_initial_cp_conference"] {
		g.set(row, "icpc_icpc_outcome_cp_flag", pick(g, "", g.flag("Y"), g.flag("N")))
		conferences = append(conferences, row["icpc_icpc_id"])
	}
	if g.rarely(4) {
		return // a council that links no plan with a conference
	}
	for _, row := range g.council["ssd_cp_plans"] {
		g.set(row, "cppl_icpc_id", pick(g, pick(g, conferences...), "", "-1", "999"))
	}
}

// set writes a column; what is empty is NULL.
func (g *generator) set(row Row, column, text string) {
	if text != "" {
		row[column] = text
	}
}
