package reference

import "time"

// careHealth publishes what is known of the health of children who have been in care for a year.
func (ref *Implementation) careHealth(p page, day Date) {
	children := ref.lookedAfter(day)
	yearInCare := func(c inCare) bool { return !c.entered.PlusMonths(12).After(day) }
	ratio(p, "childrens_cla_health_assessed_ratio", children, yearInCare, func(c inCare) bool {
		needed := 1
		if born := ref.person(c.person).born; born.Known() && !ref.person(c.person).reached(5, day) {
			needed = 2
		}
		return ref.checksInYear(c.person, "assessment", day) >= needed
	})
	ratio(p, "childrens_cla_dental_checked_ratio", children, yearInCare, func(c inCare) bool {
		return ref.checksInYear(c.person, "dental", day) > 0
	})
	ratio(p, "childrens_cla_immunised_ratio", children, yearInCare, func(c inCare) bool { return ref.immunised(c.person) })
	ref.difficulties(p, children, yearInCare, day)
}

// checksInYear is on how many days of the last twelve months a child was examined in such a way.
func (ref *Implementation) checksInYear(id, kind string, day Date) int {
	year := window{starts: startOfTwelveMonths(day), ends: day}
	days := map[Date]bool{}
	for _, row := range ref.tables["ssd_cla_health"] {
		if row.id("clah_person_id") == id && healthCheck(row.text("clah_health_check_type")) == kind &&
			checkStatus(row.text("clah_health_check_status")) == "completed" && year.has(row.date("clah_health_check_date")) {
			days[row.date("clah_health_check_date")] = true
		}
	}
	return len(days)
}

// immunised follows the latest note; one without a date goes last, and of two as late the worse holds.
func (ref *Implementation) immunised(id string) bool {
	var latest Date
	noteRead, good := false, false
	for _, row := range ref.tables["ssd_cla_immunisations"] {
		if row.id("clai_person_id") != id {
			continue
		}
		noted, well := row.date("clai_immunisations_status_date"), row.answer("clai_immunisations_status") == yes
		switch {
		case !noteRead || noted.After(latest) || noted.Known() && !latest.Known():
			noteRead, latest, good = true, noted, well
		case noted == latest:
			good = good && well
		}
	}
	return good
}

func (ref *Implementation) difficulties(p page, children []inCare, yearInCare func(inCare) bool, day Date) {
	eligible, scored, sum := 0.0, 0.0, 0.0
	for _, c := range children {
		who := ref.person(c.person)
		if !who.reached(4, day) || who.reached(17, day) || !yearInCare(c) {
			continue
		}
		eligible++
		if score, known := ref.latestScore(c.person, day); known {
			scored, sum = scored+1, sum+score
		}
	}
	p.share("childrens_cla_sdq_completed_ratio", "", nil, scored, eligible)
	if scored > 0 {
		p.put("childrens_cla_sdq_score_mean", "", nil, sum/scored)
	}
}

// latestScore is that of the latest questionnaire of the last twelve months with a score from 0 to 40.
func (ref *Implementation) latestScore(id string, day Date) (score float64, known bool) {
	type answered struct {
		id    string
		on    Date
		score float64
	}
	year := window{starts: startOfTwelveMonths(day), ends: day}
	var all []answered
	for _, row := range ref.tables["ssd_sdq_scores"] {
		points, written := row.number("csdq_sdq_score")
		if row.id("csdq_person_id") == id && year.has(row.date("csdq_sdq_completed_date")) && written && points >= 0 && points <= 40 {
			all = append(all, answered{row.id("csdq_table_id"), row.date("csdq_sdq_completed_date"), points})
		}
	}
	last := lastOf(all, func(a answered) Date { return a.on }, func(a answered) string { return a.id })
	return last.score, len(all) > 0
}

// unaccompanied counts the children in care who are recorded as having come alone to seek asylum.
func (ref *Implementation) unaccompanied(p page, day Date) {
	count(p, "childrens_cla_uasc_open", ref.lookedAfter(day), func(c inCare) bool {
		for _, row := range ref.tables["ssd_immigration_status"] {
			if row.id("immi_person_id") == c.person && cameAlone(row.text("immi_immigration_status")) &&
				openOn(day, row.date("immi_immigration_status_start_date"), row.date("immi_immigration_status_end_date")) {
				return true
			}
		}
		return false
	})
}

// fromLondon is the moment that a local time of the clock on the wall names.
func fromLondon(wall time.Time) time.Time {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // the zones come with Go or the machine
	}
	return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), london)
}
