package reference

// worker is somebody who holds open cases on a day.
type worker struct {
	key    string // the case system's number
	label  string // what stands on the page of workers
	fte    float64
	hasFTE bool
	team   string
	cases  []heldCase
}

// heldCase is a child with an open case and the kind of work it has.
type heldCase struct {
	person, team, status string
	since                Date // the day of the allocation
}

// workers are those to whom open cases are allocated, managers, reviewing officers and inboxes left out.
func (ref *Implementation) workers(day Date) []worker {
	held := map[string][]heldCase{}
	for id, status := range ref.openCaseStatuses(day) {
		a, allocated := ref.allocated(id, day)
		if allocated && a.professional != "" {
			key := ref.workerKey(a.professional)
			held[key] = append(held[key], heldCase{id, a.team, status, a.starts})
		}
	}
	var all []worker
	for key, cases := range held {
		w := worker{key: key, label: key, cases: cases, team: mostCommonTeam(cases)}
		excluded := false
		for _, row := range ref.tables["ssd_professionals"] {
			if row.id("prof_professional_id") != key {
				continue
			}
			excluded = excluded || holdsInNameOnly(row.text("prof_professional_job_title"))
			if staff := row.id("prof_staff_id"); staff != "" {
				w.label = staff
			}
			// A share of full time is more than nothing and not hours a week.
			if share, written := row.number("prof_full_time_equivalency"); written && share > 0 && share <= 2 {
				w.fte, w.hasFTE = share, true
			}
		}
		if !excluded {
			all = append(all, w)
		}
	}
	return all
}

// openCaseStatuses are the children with an open case of any service, each once by the most intensive.
func (ref *Implementation) openCaseStatuses(day Date) map[string]string {
	status := map[string]string{}
	for _, child := range ref.openCases(day) {
		status[child.person] = "CIN"
	}
	for _, child := range ref.onPlans(day) {
		status[child.person] = "CP"
	}
	for _, child := range ref.lookedAfter(day) {
		status[child.person] = "CLA"
	}
	return status
}

// workerKey is the professional's number, which some rows give as the number on the staff list.
func (ref *Implementation) workerKey(written string) string {
	for _, row := range ref.tables["ssd_professionals"] {
		if row.id("prof_professional_id") == written {
			return written
		}
	}
	for _, row := range ref.tables["ssd_professionals"] {
		if row.id("prof_staff_id") == written {
			return row.id("prof_professional_id")
		}
	}
	return written
}

// mostCommonTeam is the team from which most of the cases come, the first by name where two give as many. A case without
// a team says nothing.
func mostCommonTeam(cases []heldCase) string {
	number, most := map[string]int{}, ""
	for _, c := range cases {
		if c.team != "" {
			number[c.team]++
		}
	}
	for team, n := range number {
		if most == "" || n > number[most] || n == number[most] && team < most {
			most = team
		}
	}
	return most
}

func (ref *Implementation) caseloads(p page, day Date) {
	workers := ref.workers(day)
	splits := []split[worker]{by("team", func(w worker) string { return w.team })}
	over := func(w worker) bool { return len(w.cases) > ref.limits.Caseload }
	count(p, "childrens_caseload_over_limit_workers", workers, over, splits...)
	ratio(p, "childrens_caseload_over_limit_ratio", workers, everyone, over, splits...)
	for _, g := range groups(workers, splits) {
		cases, most := 0, 0
		casesOfKnown, fte := 0.0, 0.0
		for _, w := range g.rows {
			cases, most = cases+len(w.cases), max(most, len(w.cases))
			if w.hasFTE {
				casesOfKnown, fte = casesOfKnown+float64(len(w.cases)), fte+w.fte
			}
		}
		p.share("childrens_caseload_mean", g.by, g.labels, casesOfKnown, fte)
		if len(g.rows) > 0 {
			p.put("childrens_caseload_headcount_mean", g.by, g.labels, float64(cases)/float64(len(g.rows)))
			p.put("childrens_caseload_max", g.by, g.labels, float64(most))
		}
	}
	ref.caseloadOfEach(p, workers)
	ref.caseloadByStatus(p, workers, day)
}

func (ref *Implementation) caseloadOfEach(p page, workers []worker) {
	each := split[worker]{"worker", func(w worker) map[string]string {
		return map[string]string{"team": orUnknown(w.team), "worker": orUnknown(w.label)}
	}}
	for _, g := range groups(workers, []split[worker]{each})[1:] {
		cases := 0
		for _, w := range g.rows {
			cases += len(w.cases)
		}
		p.put("childrens_caseload", g.by, g.labels, float64(cases))
	}
}

// caseloadByStatus takes the cases of one status with the workers who hold one.
func (ref *Implementation) caseloadByStatus(p page, workers []worker, day Date) {
	statuses := map[string]string{}
	for _, w := range workers {
		for _, c := range w.cases {
			statuses[c.person] = c.status
			if c.status == "CIN" && !ref.hasNeedPlan(c.person, day) && ref.isBeingAssessed(c.person, day) {
				statuses[c.person] = "assessment"
			}
		}
	}
	for _, status := range []string{"CLA", "CP", "assessment", "CIN"} {
		cases, fte, holders := 0.0, 0.0, 0
		for _, w := range workers {
			n := number(w.cases, func(c heldCase) bool { return statuses[c.person] == status })
			if n == 0 {
				continue
			}
			holders++
			if w.hasFTE {
				cases, fte = cases+n, fte+w.fte
			}
		}
		if holders > 0 {
			p.share("childrens_caseload_mean", "case_status", map[string]string{"case_status": status}, cases, fte)
		}
	}
}
