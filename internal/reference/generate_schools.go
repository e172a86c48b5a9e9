package reference

import (
	"fmt"
	"time"
)

// schools are on the register: open, closed, proposed, with successors, and inspected in three worlds of grades.
func (g *generator) schools() {
	for n, phase := range []string{"primary", "secondary", "all_through", "special", "ap", "nursery", "post16", "Primary", "academy", ""} {
		columns := map[string]string{
			"urn": fmt.Sprint(101 + n), "phase_group": phase, "establishment_name": pick(g, "Oak", "Elm", " ", ""), "type_group_code": pick(g, "4", "10", "11", "5", "3", "1", "9", "77", ""),
			"establishment_status_code": pick(g, "1", "1", "1", "1", "2", "3", "4", ""),
		}
		if g.rarely(3) {
			columns["open_date"] = g.day(g.pastOr(span{}))
		}
		if g.rarely(3) {
			columns["close_date"] = g.day(g.pastOr(span{}))
		}
		if g.rarely(3) {
			columns["predecessor_urn"] = fmt.Sprint(101 + g.IntN(11))
		}
		g.add("school", columns)
		for range g.IntN(4) {
			began := g.inspectionBegins()
			framework := pick(g, "EIF_OE", "EIF_OE", "eif_oe", "EIF_KJ", "RC2025", "RC2025", "CIF", "")
			g.inspection(fmt.Sprint(101+n), framework, began)
			if g.rarely(3) {
				g.inspection(fmt.Sprint(101+n), framework, pick(g, began, began.Plus(-g.IntN(600))))
			}
		}
	}
}

func (g *generator) inspectionBegins() Date {
	if g.rarely(3) {
		return pick(g, On(2024, time.August, 31), On(2024, time.September, 1), On(2022, time.May, 4))
	}
	return g.pastOr(span{})
}

func (g *generator) inspection(urn, framework string, began Date) {
	id := g.newID()
	columns := map[string]string{
		"inspection_id": id, "urn": urn, "framework": framework,
		"inspection_start_date": g.day(began), "overall_effectiveness": pick(g, "1", "2", "3", "4", "", "5"),
		"safeguarding_met": pick(g, "true", "true", "false", ""),
	}
	if !g.rarely(4) {
		columns["publication_date"] = g.day(began.Plus(pick(g, -1, 0, 20, 45)))
	}
	g.add("school_inspection", columns)
	for _, area := range []string{"inclusion", "achievement", "Inclusion", "early_years", "quality_of_education", "happiness"} {
		if g.rarely(3) {
			g.add("school_inspection_grade", map[string]string{
				"inspection_id": id, "area": area, "grade": pick(g, "1", "2", "3", "4", "expected_standard", "Exceptional", "Z", ""),
			})
		}
	}
}
