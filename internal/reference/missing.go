package reference

import "time"

// timeMissing is a time that a child was missing, or away while somebody knew where.
type timeMissing struct {
	id, person        string
	went, back        Date
	away              bool
	from              string // care or home
	offered, accepted string
	backAt            time.Time // on the clock on the wall
	backKnown         bool
}

// readAbsences gives those of children under 18. What nobody says was an absence with a known place counts as missing.
func (ref *Implementation) readAbsences() []timeMissing {
	var all []timeMissing
	for _, row := range ref.tables.rows("ssd_missing", "miss_table_id") {
		a := timeMissing{
			id: row.id("miss_table_id"), person: row.id("miss_person_id"),
			went: row.date("miss_missing_episode_start_date"), back: row.date("miss_missing_episode_end_date"),
			away: absenceKind(row.text("miss_missing_episode_type")) == "away", from: "home",
			offered: interviewAnswer(row.text("miss_missing_rhi_offered")), accepted: interviewAnswer(row.text("miss_missing_rhi_accepted")),
		}
		a.backAt, a.backKnown = row.clock("miss_missing_episode_end_date")
		child := ref.person(a.person)
		if a.person == "" || !a.went.Known() || child.diedBy(a.went) || child.reached(18, a.went) {
			continue
		}
		if ref.inCareOn(a.person, a.went) {
			a.from = "care"
		}
		all = append(all, a)
	}
	return all
}

func (ref *Implementation) missing(p page, w window) {
	var began, returned []timeMissing
	for _, a := range ref.careOnRecord().absences {
		if w.has(a.went) {
			began = append(began, a)
		}
		if w.has(a.back) && !a.away {
			returned = append(returned, a)
		}
	}
	fromWhere := by("missing_from", func(a timeMissing) string { return a.from })
	missing, away := func(a timeMissing) bool { return !a.away }, func(a timeMissing) bool { return a.away }
	count(p, "childrens_missing_episodes", began, missing, fromWhere)
	count(p, "childrens_missing_away_episodes", began, away, fromWhere)
	children := func(which func(timeMissing) bool) float64 {
		different := map[string]bool{}
		for _, a := range began {
			if which(a) {
				different[a.person] = true
			}
		}
		return float64(len(different))
	}
	p.put("childrens_missing_children", "", nil, children(missing))
	p.put("childrens_missing_away_children", "", nil, children(away))
	for _, from := range []string{"care", "home"} {
		p.put("childrens_missing_children", "missing_from", map[string]string{"missing_from": from},
			children(func(a timeMissing) bool { return !a.away && a.from == from }))
	}
	ratio(p, "childrens_missing_interview_offered_ratio", returned,
		func(a timeMissing) bool { return a.offered != "NA" }, func(a timeMissing) bool { return a.offered == "Y" })
	ratio(p, "childrens_missing_interview_accepted_ratio", returned,
		func(a timeMissing) bool { return a.offered == "Y" }, func(a timeMissing) bool { return a.accepted == "Y" })
}
