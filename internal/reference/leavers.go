package reference

// leaver is a young person who left care, as last recorded.
type leaver struct {
	id, person                           string
	recorded                             Date // the latest date in the row
	eligibility                          string
	inTouch                              string
	accommodation, suitability, activity string
	contacted, reviewed                  Date
	age                                  string
}

// careLeavers are those aged 17 to 25 on a day, each by the row recorded last.
func (ref *Implementation) careLeavers(day Date) []leaver {
	var rows []leaver
	for _, row := range ref.tables["ssd_care_leavers"] {
		l := leaver{
			id: row.id("clea_table_id"), person: row.id("clea_person_id"),
			eligibility: leaverEligibility(row.text("clea_care_leaver_eligibility")), inTouch: leaverContact(row.text("clea_care_leaver_in_touch")),
			accommodation: leaverHome(row.text("clea_care_leaver_accommodation")),
			suitability:   leaverSuitability(row.text("clea_care_leaver_accom_suitable")),
			activity:      leaverActivity(row.text("clea_care_leaver_activity")),
			contacted:     row.date("clea_care_leaver_latest_contact"), reviewed: row.date("clea_pathway_plan_review_date"),
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
		who := ref.person(id)
		latest := latestRow(ofPerson, who.reached(18, day))
		if latest.eligibility == "none" || latest.inTouch == "DIED" || who.diedBy(day) {
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
