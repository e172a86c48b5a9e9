package reference

import (
	"maps"
	"time"
)

// school is a school as the national register has it.
type school struct {
	urn, phase, kind, status string
	opened, closed           Date
}

// inspection is one visit of the inspectors, with the areas it graded.
type inspection struct {
	id, framework, overall string
	started                Date
	safeguarding           answer
	areas                  map[string]string
}

// openSchools are the schools of the register that are open on a day. The day on which one closes is its last.
func (ref *Implementation) openSchools(day Date) []school {
	counted := map[string]bool{}
	var open []school
	for _, row := range ref.tables["school"] {
		s := school{
			row.id("urn"), schoolPhase(row.text("phase_group")), schoolType(row.text("type_group_code")),
			schoolStatus(row.text("establishment_status_code")), row.date("open_date"), row.date("close_date"),
		}
		switch {
		case s.urn == "" || counted[s.urn] || s.status == "proposed", s.status == "closed" && !s.closed.Known():
		case s.opened.After(day) || s.closed.Before(day):
		default:
			counted[s.urn] = true
			open = append(open, s)
		}
	}
	return open
}

func (s school) stateFunded() bool {
	switch s.kind {
	case "independent", "college", "other":
		return false
	}
	return true
}

// lineOf is a school and those it took over from, however far back.
func (ref *Implementation) lineOf(urn string) map[string]bool {
	line := map[string]bool{urn: true}
	for grew := true; grew; {
		grew = false
		for _, row := range ref.tables["school"] {
			before := row.id("predecessor_urn")
			if line[row.id("urn")] && before != "" && !line[before] {
				line[before], grew = true, true
			}
		}
	}
	return line
}

// inspectionsOf are those of a school and of the schools before it whose reports are out on a day.
func (ref *Implementation) inspectionsOf(urn string, day Date) []inspection {
	line := ref.lineOf(urn)
	var inspections []inspection
	for _, row := range ref.tables["school_inspection"] {
		report := inspection{
			id: row.id("inspection_id"), framework: inspectionFramework(row.text("framework")),
			overall: inspectionGrade(row.text("overall_effectiveness")), started: row.date("inspection_start_date"),
			safeguarding: row.answer("safeguarding_met"), areas: map[string]string{},
		}
		if !line[row.id("urn")] || !report.started.Known() || report.started.After(day) || row.date("publication_date").After(day) {
			continue
		}
		for _, graded := range ref.tables["school_inspection_grade"] {
			area, grade := inspectionArea(graded.text("area")), inspectionGrade(graded.text("grade"))
			if graded.id("inspection_id") == report.id && report.id != "" && area != "" {
				if before := report.areas[area]; before == "" || grade != "" && grade < before {
					report.areas[area] = grade
				}
			}
		}
		inspections = append(inspections, report)
	}
	return inspections
}

// latestInspection is the last to begin of those that meet a condition, and the one of the higher identifier where two
// began on one day.
func latestInspection(all []inspection, meets func(inspection) bool) (latest inspection, ok bool) {
	for _, report := range all {
		if !meets(report) {
			continue
		}
		if !ok || report.started.After(latest.started) || report.started == latest.started && report.id > latest.id {
			latest, ok = report, true
		}
	}
	return latest, ok
}

// lastOverallGrade is the grade of the world that ended in August 2024.
func lastOverallGrade(all []inspection) string {
	latest, ok := latestInspection(all, func(report inspection) bool {
		return report.overall != "" && !report.started.After(On(2024, time.August, 31)) && (report.framework == "EIF_OE" || report.framework == "")
	})
	if !ok {
		return "none"
	}
	return latest.overall
}

// schools counts the schools that are open on a day, and what was said about them in each of the three worlds of grades.
func (ref *Implementation) schools(p page, day Date) {
	open := ref.openSchools(day)
	byPhase := by("phase", func(s school) string { return s.phase })
	count(p, "childrens_schools", open, everyone, byPhase, split[school]{"type", func(s school) map[string]string {
		return map[string]string{"school_type": orUnknown(s.kind)}
	}})
	notMet := func(s school) bool {
		latest, ok := latestInspection(ref.inspectionsOf(s.urn, day), func(report inspection) bool {
			return report.framework == "RC2025" && report.safeguarding != notSaid
		})
		return ok && latest.safeguarding == no
	}
	count(p, "childrens_schools_safeguarding_not_met", open, notMet)
	overall := func(s school) string { return lastOverallGrade(ref.inspectionsOf(s.urn, day)) }
	graded := func(s school) bool { return s.stateFunded() && overall(s) != "none" }
	good := func(s school) bool { return overall(s) == "good" || overall(s) == "outstanding" }
	ratio(p, "childrens_schools_ofsted_good_ratio", open, graded, good, byPhase)
	for _, g := range groups(open, []split[school]{byPhase}) {
		for name, grade := range map[string]string{
			"outstanding": "outstanding", "good": "good", "requires improvement": "requires_improvement", "inadequate": "inadequate", "none": "none",
		} {
			labels := map[string]string{"grade": name}
			maps.Copy(labels, g.labels)
			p.put("childrens_schools_by_ofsted", g.by, labels, number(g.rows, func(s school) bool { return s.stateFunded() && overall(s) == grade }))
		}
	}
	ref.areas(p, day, open, "RC2025", "report_card_grade")
	ref.areas(p, day, open, "EIF_KJ", "key_judgement")
}

// areas counts schools by what their latest inspection of one framework said about each area.
func (ref *Implementation) areas(p page, day Date, open []school, framework, by string) {
	pairs := map[[2]string]float64{}
	for _, s := range open {
		latest, _ := latestInspection(ref.inspectionsOf(s.urn, day), func(report inspection) bool {
			return report.framework == framework && len(report.areas) > 0
		})
		for area, grade := range latest.areas {
			pairs[[2]string{area, orUnknown(grade)}]++
		}
	}
	for pair, n := range pairs {
		p.put("childrens_schools", by, map[string]string{"area": pair[0], "grade": pair[1]}, n)
	}
}
