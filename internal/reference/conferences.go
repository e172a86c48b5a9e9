package reference

// enquiry is a section 47 enquiry about one child, from its strategy discussion on.
type enquiry struct {
	id        string
	discussed Date
	team      string
}

func (ref *Implementation) enquiryRows() []enquiry {
	var all []enquiry
	for _, row := range ref.tables.rows("ssd_s47_enquiry", "s47e_s47_enquiry_id", "s47e_person_id", "s47e_s47_start_date",
		"s47e_s47_completed_by_team") {
		all = append(all, enquiry{row.id("s47e_s47_enquiry_id"), row.date("s47e_s47_start_date"), ref.team(row, "s47e_s47_completed_by_team")})
	}
	return all
}

func (ref *Implementation) enquiries(p page, w window) {
	var inWindow []enquiry
	for _, e := range ref.enquiryRows() {
		if w.has(e.discussed) {
			inWindow = append(inWindow, e)
		}
	}
	count(p, "childrens_s47_started", inWindow, everyone, by("team", func(e enquiry) string { return e.team }))
	p.rate("childrens_s47_started_per_10k", number(inWindow, everyone), on(ref.populations.Children, w.ends), 10000)
}

// conference is an initial child protection conference about one child.
type conference struct {
	conferred, discussed Date
	team                 string
}

func (ref *Implementation) conferences(p page, w window) {
	enquiries := ref.enquiryRows()
	var inWindow []conference
	for _, row := range ref.tables.rows("ssd_initial_cp_conference", "icpc_icpc_id", "icpc_person_id", "icpc_s47_enquiry_id",
		"icpc_icpc_date", "icpc_icpc_transfer_in", "icpc_icpc_team") {
		c := conference{conferred: row.date("icpc_icpc_date"), team: ref.team(row, "icpc_icpc_team")}
		if row.answer("icpc_icpc_transfer_in") == yes || !w.has(c.conferred) {
			continue
		}
		for _, e := range enquiries {
			if e.id != "" && e.id == row.id("icpc_s47_enquiry_id") {
				c.discussed = e.discussed
			}
		}
		inWindow = append(inWindow, c)
	}
	byTeam := by("team", func(c conference) string { return c.team })
	linked := func(c conference) bool { return c.discussed.Known() && !c.discussed.After(c.conferred) }
	inTime := func(c conference) bool {
		return ref.calendar.workingDays(c.discussed, c.conferred) <= ref.limits.Conference
	}
	count(p, "childrens_icpc_held", inWindow, everyone, byTeam)
	p.rate("childrens_icpc_held_per_10k", number(inWindow, everyone), on(ref.populations.Children, w.ends), 10000)
	ratio(p, "childrens_icpc_on_time_ratio", inWindow, linked, inTime, byTeam)
	count(p, "childrens_icpc_without_enquiry", inWindow, func(c conference) bool { return !linked(c) })
}
