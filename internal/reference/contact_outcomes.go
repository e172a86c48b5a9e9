package reference

import "slices"

// contactsWithOutcome says on how many contacts nothing was to be done, of those on which anything was decided.
func (ref *Implementation) contactsWithOutcome(p page, w window) {
	var inWindow []string
	for _, row := range ref.tables["ssd_contacts"] {
		text := row["cont_contact_outcome_json"]
		decided := anyFlagged(text, "NEW_REFERRAL_FLAG", "EXISTING_REFERRAL_FLAG", "CP_ENQUIRY_FLAG", "NFA_FLAG",
			"NON_AGENCY_ADOPTION_FLAG", "PRIVATE_FOSTERING_FLAG", "ADVICE_FLAG", "MISSING_FLAG", "OLA_CP_FLAG", "OTHER_OUTCOMES_EXIST_FLAG")
		if w.has(row.date("cont_contact_date")) && decided == yes {
			inWindow = append(inWindow, text)
		}
	}
	ratio(p, "childrens_contacts_no_action_ratio", inWindow, everyone, func(text string) bool { return flagged(text, "NFA_FLAG") == yes })
}

// contactsReferred says how many contacts became referrals: by what was decided, or, where that is not written down, because a
// referral followed.
func (ref *Implementation) contactsReferred(p page, w window) {
	type became struct {
		source   string
		referred bool
	}
	referrals := ref.newReferrals()
	var inWindow []became
	for _, row := range ref.tables["ssd_contacts"] {
		contacted, person := row.date("cont_contact_date"), row.id("cont_person_id")
		if !w.has(contacted) {
			continue
		}
		c := became{referralSource(row.text("cont_contact_source_code")), false}
		switch flagged(row["cont_contact_outcome_json"], "NEW_REFERRAL_FLAG") {
		case yes:
			c.referred = true
		case no:
		case notSaid:
			c.referred = slices.ContainsFunc(referrals, func(r referral) bool {
				days := contacted.Days(r.received)
				return r.person == person && days >= 0 && days <= ref.limits.ContactReferral
			})
		}
		inWindow = append(inWindow, c)
	}
	ratio(p, "childrens_contacts_to_referral_ratio", inWindow, everyone, func(c became) bool { return c.referred },
		by("source", func(c became) string { return c.source }))
}

// factors says at how many assessments each factor was found. An assessment may have several lists; a factor counts once.
func (ref *Implementation) factors(p page, w window) {
	lists := map[string][]string{}
	for _, row := range ref.tables["ssd_assessment_factors"] {
		id := row.id("cinf_assessment_id")
		lists[id] = append(lists[id], listed(row["cinf_assessment_factors_json"], assessmentFactor)...)
	}
	var inWindow []string
	for _, a := range ref.assessments() {
		if a.id == "" || !w.has(a.authorised) {
			continue
		}
		slices.Sort(lists[a.id])
		inWindow = append(inWindow, slices.Compact(lists[a.id])...)
	}
	countBy(p, "childrens_assessments", inWindow, by("factor", func(factor string) string { return factor }))
}

func assessmentFactor(text string) string {
	var words []word
	for _, code := range []string{
		"1A", "1B", "1C", "2A", "2B", "2C", "3A", "3B", "3C", "4A", "4B", "4C", "5A", "5B", "5C", "6A", "6B", "6C", "7A", "8B", "8C", "8D",
		"8E", "8F", "9A", "10A", "11A", "12A", "13A", "14A", "15A", "16A", "17A", "18B", "18C", "19B", "19C", "20", "21", "22A", "23A", "24A",
	} {
		words = append(words, word{code, code})
	}
	return coded(text, words)
}
