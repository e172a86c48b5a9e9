package reference

import "time"

func (g *generator) people() {
	for n := 1; n <= g.children; n++ {
		if g.rarely(25) {
			continue // rows about this child are orphans
		}
		g.add("ssd_person", g.onePerson(g.child(n)))
	}
}

func (g *generator) onePerson(id string) map[string]string {
	columns := map[string]string{"pers_person_id": id, "pers_sex": g.text("M", "F", "U")}
	switch g.IntN(20) {
	case 0:
		columns["pers_dob"] = g.noDate()
	case 1:
		columns["pers_dob"] = g.noDate()
		columns["pers_expected_dob"] = pick(g, g.days...).Plus(g.IntN(200) - 60).String()
	case 4:
		columns["pers_expected_dob"] = g.birthday().String() // an estimate of a birth long ago
	case 2:
		columns["pers_dob"] = pick(g, g.near(), pick(g, g.days...)).String() // perhaps entered before the birth
	case 3:
		columns["pers_dob"] = On(pick(g, 2000, 2004, 2008, 2012, 2016, 2020), time.February, 29).String()
	default:
		columns["pers_dob"] = g.birthday().String()
	}
	if g.rarely(12) {
		columns["pers_death_date"] = g.stamp(pick(g, g.near(), g.before(span{})))
	}
	return columns
}

// birthday makes somebody about as old as an age at which something changes.
func (g *generator) birthday() Date {
	day := pick(g, g.days...)
	if g.rarely(2) {
		return day.PlusMonths(-12 * pick(g, 1, 5, 10, 16, 17, 18, 18, 19, 22, 25, 26)).Plus(pick(g, -1, 0, 1))
	}
	return day.Plus(-g.IntN(19 * 365))
}

func (g *generator) teams() {
	for _, team := range [][2]string{{"501", "North"}, {"502", "South"}, {"503", "Care"}, {"505", "Nobody's"}} {
		if !g.rarely(12) {
			g.add("ssd_department", map[string]string{"dept_team_id": team[0], "dept_team_name": team[1]})
		}
	}
	if g.rarely(3) {
		g.add("ssd_department", map[string]string{"dept_team_id": "504", "dept_team_name": pick(g, "", "SSD_PH", " Assessment ")})
	}
}

func (g *generator) workerID() string {
	switch g.IntN(40) {
	case 0:
		return pick(g, "", "SSD_PH", "0", "-1")
	case 1:
		return "29999"
	case 2:
		return pick(g, "S20001", "S20003")
	default:
		return pick(g, "20001", "20002", "20003", "20004", "20005", "20006", "20007")
	}
}

func (g *generator) workers() {
	for _, id := range []string{"20001", "20002", "20003", "20004", "20005", "20006", "20007"} {
		if g.rarely(20) {
			continue
		}
		columns := map[string]string{
			"prof_professional_id":        id,
			"prof_professional_job_title": g.text("Social Worker", "Social Worker", "Senior Social Worker", "Team Manager", "Duty Team", "Case Manager", "Independent Reviewing Officer"),
			"prof_full_time_equivalency":  pick(g, "1", "1", "1", "0.8", "0.5", "0.6", "", "", "0", "37", "-1", "1.0"),
		}
		if !g.rarely(6) {
			columns["prof_staff_id"] = "S" + id
		}
		g.add("ssd_professionals", columns)
	}
}

func (g *generator) involvements() {
	for range g.children * 2 {
		starts := g.past()
		g.add("ssd_involvements", map[string]string{
			"invo_involvements_id":        g.newID(),
			"invo_person_id":              g.personID(),
			"invo_professional_id":        g.workerID(),
			"invo_professional_role_id":   g.text("CW", "CW", "CW", "cw", "ALLOCATED CASE WORKER", "Social Worker", "IRO", "16PLUS", "HV"),
			"invo_professional_team":      g.teamID(),
			"invo_involvement_start_date": g.stamp(starts),
			"invo_involvement_end_date":   g.openEnd(starts),
			"invo_worker_change_reason":   g.text("MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED", "OTHERS", "MANAGE - Managing Caseloads"),
		})
	}
}
