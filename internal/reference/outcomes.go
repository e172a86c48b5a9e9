package reference

// referralOutcomes says on how many referrals nothing was to be done. What came about a child on one day is one referral, and
// nothing was to be done on it if whoever wrote anything about it wrote that.
func (ref *Implementation) referralOutcomes(p page, w window) {
	rows := ref.tables["ssd_cin_episodes"]
	outcome := func(r referral) answer {
		said := notSaid
		for _, row := range rows {
			if row.id("cine_person_id") != r.person || row.date("cine_referral_date") != r.received {
				continue
			}
			switch row.answer("cine_referral_nfa") {
			case no:
				return no
			case yes:
				said = yes
			case notSaid:
			}
		}
		return said
	}
	var inWindow []referral
	for _, r := range ref.newReferrals() {
		if w.has(r.received) {
			inWindow = append(inWindow, r)
		}
	}
	ratio(p, "childrens_referrals_no_action_ratio", inWindow,
		func(r referral) bool { return outcome(r) != notSaid }, func(r referral) bool { return outcome(r) == yes },
		by("source", func(r referral) string { return r.source }))
}

// enquiriesEnded says how many of the enquiries that ended led to nothing more.
func (ref *Implementation) enquiriesEnded(p page, w window) {
	type ending struct {
		team     string
		noAction answer
	}
	var inWindow []ending
	for _, row := range ref.tables["ssd_s47_enquiry"] {
		if w.has(row.date("s47e_s47_end_date")) {
			inWindow = append(inWindow, ending{ref.team(row, "s47e_s47_completed_by_team"), row.answer("s47e_s47_nfa")})
		}
	}
	ratio(p, "childrens_s47_no_action_ratio", inWindow,
		func(e ending) bool { return e.noAction != notSaid }, func(e ending) bool { return e.noAction == yes },
		by("team", func(e ending) string { return e.team }))
}

// conferenceOutcomes says how many conferences agreed on a plan. Where one does not say, a plan that names the conference does;
// in a council where no plan names any, nothing does.
func (ref *Implementation) conferenceOutcomes(p page, w window) {
	ofConference := map[string]bool{}
	for _, row := range ref.tables["ssd_cp_plans"] {
		if id := row.id("cppl_icpc_id"); id != "" {
			ofConference[id] = true
		}
	}
	var inWindow []answer
	for _, row := range ref.tables["ssd_initial_cp_conference"] {
		if row.answer("icpc_icpc_transfer_in") == yes || !w.has(row.date("icpc_icpc_date")) {
			continue
		}
		toPlan := row.answer("icpc_icpc_outcome_cp_flag")
		switch {
		case toPlan != notSaid:
		case ofConference[row.id("icpc_icpc_id")]:
			toPlan = yes
		case len(ofConference) > 0:
			toPlan = no
		}
		inWindow = append(inWindow, toPlan)
	}
	ratio(p, "childrens_icpc_to_plan_ratio", inWindow,
		func(a answer) bool { return a != notSaid }, func(a answer) bool { return a == yes })
}
