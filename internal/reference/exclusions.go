package reference

import "time"

// exclusion is a suspension or permanent exclusion that stands.
type exclusion struct {
	id, pupil, urn, school, phase string
	permanent                     bool
	began                         Date
	reasons                       []string
}

// exclusionsIn are those that began in a window and were neither cancelled nor ended by reinstating the pupil.
func (ref *Implementation) exclusionsIn(w window) []exclusion {
	var all []exclusion
	for _, row := range ref.tables["exclusion"] {
		kind, review := exclusionKind(row.text("category")), exclusionReview(row.text("review_outcome"))
		if kind == "" || row.answer("reinstated") == yes || review == "reinstated" || review == "cancelled" || !w.has(row.date("start_date")) {
			continue
		}
		e := exclusion{
			id: row.id("exclusion_id"), pupil: row.id("pupil_id"), urn: row.id("urn"), permanent: kind == "permanent", began: row.date("start_date"),
		}
		for _, reason := range []string{"reason_1", "reason_2", "reason_3"} {
			e.reasons = append(e.reasons, exclusionReason(row.text(reason)))
		}
		e.school, e.phase = ref.schoolOf(e)
		all = append(all, e)
	}
	return all
}

// schoolOf names the school of an exclusion and its phase. Sixth forms are secondary; a pupil of an all-through school is
// what the school year says.
func (ref *Implementation) schoolOf(e exclusion) (name, phase string) {
	for _, row := range ref.tables["school"] {
		if e.urn == "" || row.id("urn") != e.urn {
			continue
		}
		name, phase = row.text("establishment_name"), schoolPhase(row.text("phase_group"))
		switch phase {
		case "ap":
			phase = "alternative provision"
		case "post16":
			phase = "secondary"
		case "all_through":
			phase = ""
			if born := ref.pupil(e.pupil).born; born.Known() && schoolYearOf(e.began)-schoolYearOf(born)-5 < 7 {
				phase = "primary"
			} else if born.Known() {
				phase = "secondary"
			}
		}
		return name, phase
	}
	return "", ""
}

// schoolYearOf is the calendar year in which the school year of a day began.
func schoolYearOf(day Date) int {
	if day.Month < time.September {
		return day.Year - 1
	}
	return day.Year
}

// springCensus is the third Thursday of January that came last by a day.
func springCensus(day Date) Date {
	for year := day.Year; ; year-- {
		third := On(year, time.January, 15)
		for third.Weekday() != time.Thursday {
			third = third.Plus(1)
		}
		if !third.After(day) {
			return third
		}
	}
}

// exclusions counts suspensions and permanent exclusions, and those of a hundred pupils.
func (ref *Implementation) exclusions(p page, w window) {
	all := ref.exclusionsIn(w)
	permanent := func(e exclusion) bool { return e.permanent }
	suspension := func(e exclusion) bool { return !e.permanent }
	splits := []split[exclusion]{
		by("phase", func(e exclusion) string { return e.phase }),
		{"school", func(e exclusion) map[string]string {
			return map[string]string{"urn": orUnknown(e.urn), "school": orUnknown(e.school)}
		}},
	}
	count(p, "childrens_exclusions_permanent", all, permanent, splits...)
	count(p, "childrens_suspensions", all, suspension, splits...)
	suspended := map[string]bool{}
	for _, e := range all {
		if !e.permanent && e.pupil != "" {
			suspended[e.pupil] = true
		}
	}
	p.put("childrens_suspensions_pupils", "", nil, float64(len(suspended)))
	ref.exclusionReasons(p, all)
	ref.exclusionRates(p, w, all)
}

// exclusionReasons counts an exclusion under every reason it has, once each.
func (ref *Implementation) exclusionReasons(p page, all []exclusion) {
	given := map[string][2]float64{}
	for _, e := range all {
		of := map[string]bool{}
		for _, reason := range e.reasons {
			if reason != "" {
				of[reason] = true
			}
		}
		if len(of) == 0 {
			of["unknown"] = true
		}
		for reason := range of {
			n := given[reason]
			if e.permanent {
				n[0]++
			} else {
				n[1]++
			}
			given[reason] = n
		}
	}
	for reason, n := range given {
		p.put("childrens_exclusions_permanent", "reason", map[string]string{"reason": reason}, n[0])
		p.put("childrens_suspensions", "reason", map[string]string{"reason": reason}, n[1])
	}
}

func (ref *Implementation) exclusionRates(p page, w window, all []exclusion) {
	pupils := map[string]float64{}
	for phase, n := range ref.rolls(springCensus(w.ends)) {
		if phase == "school sixth form" {
			phase = "secondary"
		}
		pupils[phase] += n
		pupils[""] += n
	}
	events := map[string][2]float64{}
	for _, e := range all {
		for _, phase := range []string{"", orUnknown(e.phase)} {
			n := events[phase]
			if e.permanent {
				n[0]++
			} else {
				n[1]++
			}
			events[phase] = n
		}
	}
	for phase, n := range pupils {
		by, labels := "phase", map[string]string{"phase": phase}
		if phase == "" {
			by, labels = "", nil
		}
		p.put("childrens_exclusions_permanent_per_100_pupils", by, labels, events[phase][0]/n*100)
		p.put("childrens_suspensions_per_100_pupils", by, labels, events[phase][1]/n*100)
	}
}
