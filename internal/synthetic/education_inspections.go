package synthetic

// The grades of a school came in three worlds: an overall grade until August
// 2024, key judgements until November 2025, a report card since.
func (e *schooling) writeInspections() {
	var latest day
	for _, sc := range e.schools {
		last := e.asOf
		if sc.closed != never {
			last = sc.closed
		}
		for d := e.asOf - 8*year + e.rng.days(0, 4*year); d < last-20; d += e.rng.days(3*year, 4*year+200) {
			if on := e.cal.next(d); !e.cal.schoolOut(on) && on > sc.opened {
				e.inspect(sc, on)
				latest = max(latest, on)
			}
		}
	}
	if first := e.reportCardsFrom(); latest < first && e.asOf > first+90 {
		e.inspectOpenSchool(first)
	}
}

// reportCardsFrom is the first day of the inspections that give a report card.
func (e *schooling) reportCardsFrom() day { return civil(2025, 11, 10) }

// inspectOpenSchool gives a small council, of which no school happened to be inspected since a day, one inspection, so
// that no indicator of a demonstration is without rows.
func (e *schooling) inspectOpenSchool(since day) {
	on := e.cal.next(e.asOf - 60)
	for e.cal.schoolOut(on) && on < e.asOf-20 {
		on = e.cal.next(on + 1)
	}
	for _, sc := range e.schools {
		if sc.closed == never && sc.opened < on && on > since && !e.cal.schoolOut(on) {
			e.inspect(sc, on)
			return
		}
	}
}

func (e *schooling) inspect(sc *school, on day) {
	id := itoa(e.number("inspection", 1000))
	kind := pick(e.rng, []weighted[string]{{62, "graded"}, {33, "ungraded"}, {5, "monitoring"}})
	framework, areas := "EIF_OE", []string{"quality_of_education", "behaviour_and_attitudes", "personal_development", "leadership_and_management"}
	level := pick(e.rng, []weighted[int]{{15, 1}, {75, 2}, {8, 3}, {2, 4}})
	overall := itoa(level)
	grade := func() string {
		return itoa(min(4, max(1, level+pick(e.rng, []weighted[int]{{1, -1}, {7, 0}, {1, 1}}))))
	}
	switch {
	case on >= e.reportCardsFrom():
		framework, overall, kind = "RC2025", "", "graded"
		areas = []string{"inclusion", "curriculum_and_teaching", "achievement", "attendance_and_behaviour", "personal_development_and_wellbeing", "leadership_and_governance"}
		grade = func() string {
			return pick(e.rng, []weighted[string]{{4, "exceptional"}, {34, "strong_standard"}, {55, "expected_standard"}, {6, "needs_attention"}, {1, "urgent_improvement"}})
		}
	case on >= civil(2024, 9, 1):
		framework, overall = "EIF_KJ", ""
	}
	concern := ""
	if level == 4 && framework != "RC2025" {
		concern = pick(e.rng, []weighted[string]{{1, "SM"}, {2, "SWK"}})
	}
	if kind != "graded" {
		overall, concern = "", ""
	}
	e.out.write("school_inspection", id, itoa(sc.urn), "1"+leftPad(e.number("inspectionNumber", 200000), 7), framework, kind,
		on.date(), (on + e.rng.days(20, 45)).date(), overall, truth(!e.rng.chance(0.015)), concern)
	if kind != "graded" {
		return
	}
	if sc.phase == "primary" || sc.phase == "nursery" {
		areas = append(areas, "early_years")
	}
	if sc.sixth {
		areas = append(areas, map[bool]string{true: "post_16", false: "sixth_form"}[framework == "RC2025"])
	}
	for _, area := range areas {
		e.out.write("school_inspection_grade", id, area, grade())
	}
}
