package reference

// ehcRequest is a request for an assessment and what came of it.
type ehcRequest struct {
	id, pupil, source, outcome, team string
	received, outcomeDay             Date
	excepted                         bool
}

// ehcRequestsMade are the requests made to this authority: one a child and day, that of which the outcome came first. What
// moved in with a plan was made to another.
func (ref *Implementation) ehcRequestsMade() []ehcRequest {
	ofDay := map[string][]ehcRequest{}
	for _, row := range ref.tables["ehc_request"] {
		r := ehcRequest{
			row.id("request_id"), row.id("pupil_id"), requestSource(row.text("request_source")), ehcOutcome(row.text("request_outcome")),
			row.teamID("lead_officer_team"), row.date("received_date"), row.date("request_outcome_date"), row.answer("exception_applied") == yes,
		}
		if !r.received.Known() || row.answer("transferred_in") == yes {
			continue
		}
		child := "child " + r.pupil
		if r.pupil == "" {
			child = "request " + r.id
		}
		key := child + " on " + r.received.String()
		ofDay[key] = append(ofDay[key], r)
	}
	var made []ehcRequest
	for _, several := range ofDay {
		first := several[0]
		for _, r := range several[1:] {
			switch {
			case r.outcomeDay == first.outcomeDay:
				if r.id < first.id {
					first = r
				}
			case !first.outcomeDay.Known() || r.outcomeDay.Before(first.outcomeDay):
				first = r
			}
		}
		made = append(made, first)
	}
	return made
}

func (ref *Implementation) ehcRequests(p page, w window) {
	var inWindow []ehcRequest
	for _, r := range ref.ehcRequestsMade() {
		if w.has(r.received) {
			inWindow = append(inWindow, r)
		}
	}
	count(p, "childrens_ehcp_requests", inWindow, everyone, by("source", func(r ehcRequest) string { return r.source }))
	refused := func(r ehcRequest) bool { return r.outcome == "N" }
	agreed := func(r ehcRequest) bool { return r.outcome == "Y" || r.outcome == "H" }
	ratio(p, "childrens_ehcp_requests_refused_ratio", inWindow, func(r ehcRequest) bool { return refused(r) || agreed(r) }, refused)
}

// ehcDecisions judges the six weeks that the authority has to decide whether to assess. A request is judged on the day of its
// decision, or on the first day after the six weeks.
func (ref *Implementation) ehcDecisions(p page, w window) {
	var judged []bool // in time or not
	for _, r := range ref.ehcRequestsMade() {
		lastDay := r.received.Plus(ref.limits.EHCPDecision)
		overdueFrom := lastDay.Plus(1)
		written := r.outcomeDay
		if r.excepted {
			continue
		}
		inTime, on := false, overdueFrom
		switch {
		case r.outcome == "A":
		case r.outcome == "" && !written.Known():
		case !written.Known(), written.Before(r.received):
			continue // nobody knows when
		case r.outcome == "W":
			if !written.After(lastDay) {
				continue // withdrawn while there was time
			}
		case !written.After(lastDay):
			inTime, on = true, written
		}
		if w.has(on) {
			judged = append(judged, inTime)
		}
	}
	ratio(p, "childrens_ehcp_decision_on_time_ratio", judged, everyone, func(inTime bool) bool { return inTime })
}

// ehcAssessment is an assessment in progress.
type ehcAssessment struct {
	team                  string
	age                   int // days since the request
	excepted, planDecided bool
}

// ehcAssessmentsOpen counts the assessments that were agreed to and have led neither to a plan nor to a decision against one.
func (ref *Implementation) ehcAssessmentsOpen(p page, day Date) {
	var open []ehcAssessment
	for _, r := range ref.ehcRequestsMade() {
		last, assessed, excepted := ref.lastOutcome(r.id)
		agreed := r.outcome == "Y" || r.outcome == "H" || assessed && r.outcome != "W"
		who := ref.pupil(r.pupil)
		if !agreed || r.received.After(day) || r.outcomeDay.After(day) || who.born.Known() && who.born.Age(day) >= 26 || ref.planCameOf(r, day) {
			continue
		}
		said := !last.day.After(day) // by the day, or nobody knows when
		if (last.outcome == "N" || last.outcome == "W") && said {
			continue
		}
		open = append(open, ehcAssessment{r.team, r.received.Days(day), excepted, (last.outcome == "Y" || last.outcome == "H") && said})
	}
	byTeam := by("team", func(a ehcAssessment) string { return a.team })
	count(p, "childrens_ehcp_assessments_open", open, everyone, byTeam)
	count(p, "childrens_ehcp_assessments_overdue", open, func(a ehcAssessment) bool { return !a.excepted && a.age > ref.limits.EHCPIssue }, byTeam)
	count(p, "childrens_ehcp_assessments_undecided", open, func(a ehcAssessment) bool {
		return !a.excepted && !a.planDecided && a.age > ref.limits.EHCPPlanDecision
	}, byTeam)
}

// outcome is what an assessment came to, and when.
type outcome struct {
	id, outcome string
	day         Date
}

// lastOutcome is what the assessments of a request came to last. What has no day was before all that has one.
func (ref *Implementation) lastOutcome(request string) (last outcome, assessed, excepted bool) {
	for _, row := range ref.tables["ehc_assessment"] {
		if request == "" || row.id("request_id") != request {
			continue
		}
		excepted = excepted || row.answer("assessment_exception") == yes
		a := outcome{row.id("assessment_id"), ehcOutcome(row.text("assessment_outcome")), row.date("assessment_outcome_date")}
		switch {
		case !assessed:
			last = a
		case a.day == last.day:
			if a.id > last.id {
				last = a
			}
		case !last.day.Known() || a.day.After(last.day):
			last = a
		}
		assessed = true
	}
	return last, assessed, excepted
}

// planCameOf is true where by a day a plan of the request was issued, or one of the child since the request.
func (ref *Implementation) planCameOf(r ehcRequest, day Date) bool {
	for _, plan := range ref.ehcPlans() {
		if !plan.issued.Known() || plan.issued.After(day) {
			continue
		}
		if r.id != "" && plan.request == r.id || r.pupil != "" && plan.pupil == r.pupil && !plan.issued.Before(r.received) {
			return true
		}
	}
	return false
}
