package reference

// workerTurn is a time for which a child's case stood with one social worker.
type workerTurn struct {
	id, worker, reason string
	starts             Date
}

// turnsInYear are the times of the twelve months up to a day, of those who carry cases rather than lend their name.
func (ref *Implementation) turnsInYear(id string, day Date) []workerTurn {
	var turns []workerTurn
	first := startOfTwelveMonths(day)
	for _, row := range ref.tables["ssd_involvements"] {
		starts, ends := row.date("invo_involvement_start_date"), row.date("invo_involvement_end_date")
		written := row.id("invo_professional_id")
		if row.id("invo_person_id") != id || written == "" || involvementRole(row.text("invo_professional_role_id")) != "allocated" {
			continue
		}
		if !starts.Known() || starts.After(day) || ends.Known() && (!ends.After(first) || !ends.After(starts)) {
			continue
		}
		who := ref.workerKey(written)
		if !ref.holdsNothing(who) {
			turns = append(turns, workerTurn{row.id("invo_involvements_id"), who, changeReason(row.text("invo_worker_change_reason")), starts})
		}
	}
	return turns
}

// holdsNothing is true of a manager, a reviewing officer or an inbox.
func (ref *Implementation) holdsNothing(key string) bool {
	for _, row := range ref.tables["ssd_professionals"] {
		if row.id("prof_professional_id") == key && holdsInNameOnly(row.text("prof_professional_job_title")) {
			return true
		}
	}
	return false
}

func (ref *Implementation) careWorkers(p page, day Date) {
	type served struct {
		inCare
		workers int
		reason  string
	}
	var children []served
	for _, c := range ref.lookedAfter(day) {
		turns := ref.turnsInYear(c.person, day)
		different := map[string]bool{}
		for _, t := range turns {
			different[t.worker] = true
		}
		latest := lastOf(turns, func(t workerTurn) Date { return t.starts }, func(t workerTurn) string { return t.id })
		children = append(children, served{c, len(different), latest.reason})
	}
	byTeam := by("team", func(s served) string { return s.team })
	ratio(p, "childrens_cla_social_worker_changed_ratio", children, everyone, func(s served) bool { return s.workers >= 2 }, byTeam)
	ratio(p, "childrens_cla_social_worker_many_ratio", children, everyone, func(s served) bool { return s.workers >= 3 }, byTeam)
	for _, g := range groups(children, []split[served]{by("reason", func(s served) string { return s.reason })})[1:] {
		p.put("childrens_cla_social_worker_changed", g.by, g.labels, number(g.rows, func(s served) bool { return s.workers >= 2 }))
	}
}
