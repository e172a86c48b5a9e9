package oracle

// leaver is a young person who left care, as last recorded.
type leaver struct {
	id, person                           string
	recorded                             Date // the latest date in the row
	eligibility                          string
	inTouch                              string
	accommodation, suitability, activity string
	age                                  string
}

// careLeavers are those aged 17 to 25 on a day, each by the row recorded last.
func (o *Oracle) careLeavers(day Date) []leaver {
	var rows []leaver
	for _, row := range o.council["ssd_care_leavers"] {
		l := leaver{
			id: row.id("clea_table_id"), person: row.id("clea_person_id"),
			eligibility: leaverEligibility(row.text("clea_care_leaver_eligibility")), inTouch: leaverContact(row.text("clea_care_leaver_in_touch")),
			accommodation: leaverHome(row.text("clea_care_leaver_accommodation")),
			suitability:   leaverSuitability(row.text("clea_care_leaver_accom_suitable")),
			activity:      leaverActivity(row.text("clea_care_leaver_activity")),
		}
		for _, column := range []string{"clea_care_leaver_latest_contact", "clea_pathway_plan_review_date"} {
			if recorded := row.date(column); recorded.Known() && !recorded.After(day) && (!l.recorded.Known() || recorded.After(l.recorded)) {
				l.recorded = recorded
			}
		}
		rows = append(rows, l)
	}
	var leavers []leaver
	for id, ofPerson := range perPerson(rows, func(l leaver) string { return l.person }) {
		who := o.person(id)
		latest := latestRow(ofPerson, who.reached(18, day))
		if latest.eligibility == "" || latest.eligibility == "none" || latest.inTouch == "DIED" || who.diedBy(day) {
			continue
		}
		switch {
		case !who.born.Known():
			latest.age = "unknown"
		case who.born.Age(day) < 17 || who.born.Age(day) > 25:
			continue
		case who.born.Age(day) < 19:
			latest.age = "17_18"
		case who.born.Age(day) < 22:
			latest.age = "19_21"
		default:
			latest.age = "22_25"
		}
		leavers = append(leavers, latest)
	}
	return leavers
}

// latestRow is the row with the latest date, one without any coming before all others. In law only a child is eligible or
// relevant: in the row of an adult the word was left behind, so that any other row goes before it.
func latestRow(rows []leaver, adult bool) leaver {
	var latest leaver
	leftBehind := func(l leaver) bool { return adult && (l.eligibility == "eligible" || l.eligibility == "relevant") }
	for i, l := range rows {
		better := l.recorded.After(latest.recorded) || l.recorded.Known() && !latest.recorded.Known() ||
			l.recorded == latest.recorded && l.id > latest.id
		if leftBehind(l) != leftBehind(latest) {
			better = leftBehind(latest)
		}
		if i == 0 || better {
			latest = l
		}
	}
	return latest
}

func (o *Oracle) leavers(p page, day Date) {
	all := o.careLeavers(day)
	var aged19to21 []leaver
	for _, l := range all {
		if l.age == "19_21" {
			aged19to21 = append(aged19to21, l)
		}
	}
	byAge := by("age_group", func(l leaver) string { return l.age })
	settledHere := func(l leaver) bool { return l.accommodation != "G" && l.accommodation != "H" && l.accommodation != "R" }
	suitable := func(l leaver) bool { return l.suitability == "1" }
	neet := func(l leaver) bool { return l.activity == "G4" || l.activity == "G5" || l.activity == "G6" }
	for _, share := range []struct {
		name         string
		lower, upper func(leaver) bool
	}{
		{"childrens_careleavers_accommodation_suitable_ratio", settledHere, suitable},
		{"childrens_careleavers_neet_ratio", everyone[leaver], neet},
	} {
		ratio(p, share.name, aged19to21, share.lower, share.upper)
		// Every age has its own share, though only 19 to 21 makes the indicator.
		for _, g := range groups(all, []split[leaver]{byAge})[1:] {
			within := number(g.rows, func(l leaver) bool { return share.lower(l) && share.upper(l) })
			p.share(share.name, g.by, g.labels, within, number(g.rows, share.lower))
		}
	}
	names := []string{"illness or disability", "other circumstances", "pregnancy or parenting"}
	bands(p, "childrens_careleavers_neet_by_reason", "reason", aged19to21, names, func(l leaver) string {
		for i, code := range []string{"G4", "G5", "G6"} {
			if l.activity == code {
				return names[i]
			}
		}
		return ""
	})
}
