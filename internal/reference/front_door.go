package reference

// contact is a contact about one child.
type contact struct {
	received Date
	source   string
}

func (ref *Implementation) contacts(p page, w window) {
	var inWindow []contact
	for _, row := range ref.tables.rows("ssd_contacts", "cont_contact_id", "cont_person_id", "cont_contact_date",
		"cont_contact_source_code") {
		c := contact{row.date("cont_contact_date"), referralSource(row.text("cont_contact_source_code"))}
		if w.has(c.received) {
			inWindow = append(inWindow, c)
		}
	}
	count(p, "childrens_contacts", inWindow, everyone, by("source", func(c contact) string { return c.source }))
}

// referral is a referral of one child and the case that follows it.
type referral struct {
	id, person, source, team, need string
	received, closed               Date
	accepted                       bool
}

func (r referral) openOn(day Date) bool { return r.accepted && openOn(day, r.received, r.closed) }

func (ref *Implementation) referralRows() []referral {
	var all []referral
	for _, row := range ref.tables["ssd_cin_episodes"] {
		all = append(all, referral{
			id: row.id("cine_referral_id"), person: row.id("cine_person_id"),
			source: referralSource(row.text("cine_referral_source_code")), team: ref.team(row, "cine_referral_team"),
			need:     primaryNeed(row.text("cine_cin_primary_need_code")),
			received: row.date("cine_referral_date"), closed: row.date("cine_close_date"),
			accepted: row.answer("cine_referral_nfa") != yes,
		})
	}
	return all
}

// newReferrals are those that count: of what came about a child on one day the first, and nothing that came while an
// earlier case of the child was open.
func (ref *Implementation) newReferrals() []referral {
	var counted []referral
	for _, ofChild := range perPerson(ref.referralRows(), func(r referral) string { return r.person }) {
		perDay := map[Date][]referral{}
		for _, r := range ofChild {
			perDay[r.received] = append(perDay[r.received], r)
		}
		for day, sameDay := range perDay {
			alreadyOpen := false
			for _, earlier := range ofChild {
				if earlier.received.Before(day) && earlier.openOn(day) {
					alreadyOpen = true
				}
			}
			if day.Known() && !alreadyOpen {
				counted = append(counted, firstOf(sameDay, func(r referral) Date { return r.received }, func(r referral) string { return r.id }))
			}
		}
	}
	return counted
}

func (ref *Implementation) referrals(p page, w window) {
	all := ref.newReferrals()
	var inWindow []referral
	for _, r := range all {
		if w.has(r.received) {
			inWindow = append(inWindow, r)
		}
	}
	byTeam := by("team", func(r referral) string { return r.team })
	count(p, "childrens_referrals", inWindow, everyone, by("source", func(r referral) string { return r.source }), byTeam)
	p.rate("childrens_referrals_per_10k", number(inWindow, everyone), on(ref.populations.Children, w.ends), 10000)
	repeat := func(r referral) bool {
		for _, earlier := range all {
			if earlier.person == r.person && earlier.received.Before(r.received) &&
				!earlier.received.PlusMonths(ref.limits.ReferralRepeat).Before(r.received) {
				return true
			}
		}
		return false
	}
	ratio(p, "childrens_referrals_repeat_ratio", inWindow, everyone, repeat, byTeam)
}
