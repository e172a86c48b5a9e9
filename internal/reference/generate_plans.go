package reference

import "fmt"

// ehcRequest makes a request, seldom two of one day, and follows it to its decision, assessments, plan and reviews.
func (g *generator) ehcRequest(id string) {
	received := g.near()
	if g.rarely(2) {
		received = g.before(span{days: 140}, span{days: 112}, span{days: 42}, span{months: 12})
	}
	request := g.newID()
	if !g.rarely(10) {
		g.writeRequest(request, id, received)
	}
	if g.rarely(8) {
		g.writeRequest(g.newID(), id, pick(g, received, received, received.Plus(1)))
	}
	for range g.IntN(3) {
		g.add("ehc_assessment", map[string]string{
			"assessment_id": g.newID(), "request_id": request, "assessment_exception": pick(g, "true", "false", "false", ""),
			"assessment_outcome":      pick(g, "Y", "Y", "N", "n", "A", "W", "H", "?", ""),
			"assessment_outcome_date": pick(g, "", g.day(g.after(received)), g.day(pick(g, g.days...).Plus(pick(g, -1, 0, 1)))),
		})
	}
	if g.rarely(3) {
		return
	}
	issued := pick(g, received.Plus(139+g.IntN(3)), received.PlusMonths(12).Plus(g.IntN(3)-1), g.after(received))
	if g.rarely(5) {
		issued = pick(g, g.days...).Plus(pick(g, -1, 0, 1))
	}
	g.ehcPlans(id, request, issued)
}

func (g *generator) writeRequest(request, id string, received Date) {
	decided := pick(g, received.Plus(41+g.IntN(3)), received.Plus(g.IntN(42)), g.after(received))
	if g.rarely(5) {
		decided = pick(g, g.days...).Plus(pick(g, -1, 0, 1))
	}
	g.add("ehc_request", map[string]string{
		"request_id": request, "pupil_id": pick(g, id, id, id, id, id, ""), "received_date": g.day(received),
		"request_source":       g.text("parent", "school", "Young person", "health", "social care", "vicar"),
		"request_outcome":      pick(g, "Y", "Y", "Y", "Y", "N", "n", "A", "W", "H", "?", ""),
		"request_outcome_date": pick(g, "", g.day(decided), g.day(decided), g.day(decided)),
		"exception_applied":    pick(g, "", "false", "false", "true"), "transferred_in": pick(g, "", "false", "false", "false", "true"),
		"lead_officer_team": pick(g, "SEN1", "SEN2", " SEN2", "0", ""),
	})
}

// ehcPlans makes a plan, sometimes ceased and started again, by its old request, none or another.
func (g *generator) ehcPlans(id, request string, issued Date) {
	holder := pick(g, id, id, id, id, id, "")
	named := pick(g, request, request, request, "")
	if g.rarely(8) {
		// Another plan of the same day, as after a correction.
		g.add("ehc_plan", map[string]string{"plan_id": g.newID(), "pupil_id": id, "start_date": issued.String(), "placement_type": "fe"})
	}
	for again := true; again; again = g.rarely(4) {
		planID, ceases := g.newID(), g.after(issued)
		g.add("ehc_plan", map[string]string{
			"plan_id": planID, "request_id": named, "pupil_id": holder,
			"start_date": g.day(issued), "cease_date": pick(g, "", g.day(ceases), g.ending(issued)), "transferred_in": pick(g, "false", "false", "", "true"),
			"placement_type": g.text("mainstream", "special", "independent", "ap", "fe", "ehe", "other", "none", "Special school"),
		})
		for rank := 1 + g.IntN(2); rank < 4 && !g.rarely(3); rank++ {
			g.add("ehc_plan_need", map[string]string{"plan_id": planID, "sen_type": pick(g, "ASD", "semh", "MLD", "XX", ""), "sen_type_rank": fmt.Sprint(rank)})
		}
		g.ehcReviews(planID, issued)
		issued = pick(g, ceases, ceases.Plus(1), ceases.Plus(2), g.after(issued), issued)
		named = pick(g, request, "", "", g.newID())
	}
}

func (g *generator) ehcReviews(planID string, issued Date) {
	for range g.IntN(4) {
		met := pick(g, issued.PlusMonths(12), g.near(), g.before(span{months: 12}, span{days: 28}))
		decided := pick(g, met.Plus(27+g.IntN(3)), met.Plus(g.IntN(60)-2))
		if g.rarely(4) {
			decided = pick(g, g.days...).Plus(pick(g, -1, 0, 1))
		}
		for again := true; again; again = g.rarely(8) {
			g.add("ehc_annual_review", map[string]string{
				"review_id": g.newID(), "plan_id": pick(g, planID, planID, planID, planID, "999999"), "due_date": issued.PlusMonths(12).String(), "meeting_date": g.day(met),
				"decision_date": pick(g, "", g.day(decided), g.day(decided)), "decision": pick(g, "", "C", "a", "E", "?"),
			})
		}
	}
}
