package reference

import "fmt"

// careHealth adds what is known of children in care beside their care: status, health, and the sheets that a council keeps.
func (g *generator) careHealth() {
	for range g.children {
		g.add("ssd_cla_health", map[string]string{
			"clah_health_check_id": g.newID(), "clah_person_id": g.personID(),
			"clah_health_check_type":   g.text("Health Assessment", "Health Assessment", "Dental Check", "Review Health Assessment", "IHA", "Optician"),
			"clah_health_check_date":   g.stamp(pick(g, g.near(), g.before(span{months: 12}, span{}))),
			"clah_health_check_status": g.text("Completed", "Completed", "Completed", "Planned", "Refused", "Cancelled"),
		})
		g.add("ssd_cla_immunisations", map[string]string{
			"clai_person_id": orPlaceholder(g.personID()), "clai_immunisations_status": g.flag("Y"), "clai_immunisations_status_date": pick(g, g.stamp(g.near()), ""),
		})
		g.add("ssd_sdq_scores", map[string]string{
			"csdq_table_id": g.newID(), "csdq_person_id": g.personID(),
			"csdq_sdq_completed_date": g.stamp(pick(g, g.near(), g.before(span{months: 12}, span{}))),
			"csdq_sdq_score":          pick(g, "14", "17", "0", "40", "41", "-1", ""),
		})
		starts := g.past()
		if g.rarely(3) {
			g.add("ssd_immigration_status", map[string]string{
				"immi_immigration_status_id": g.newID(), "immi_person_id": g.personID(),
				"immi_immigration_status":            g.text("Unaccompanied Asylum Seeking Child", "UASC", "Refugee status granted", "U", "u", "R", "P"),
				"immi_immigration_status_start_date": g.stamp(starts), "immi_immigration_status_end_date": g.openEnd(starts),
			})
		}
	}
	g.postcodes()
	g.returnInterviews()
	g.visitsWrittenDown()
}

func (g *generator) postcodes() {
	for n := range 6 {
		g.add("postcode_lookup", map[string]string{
			"postcode": pick(g, fmt.Sprintf("XX%d 1AA", n), fmt.Sprintf("xx%d1aa", n)), "la_code": pick(g, "872", "872", "871", "999"),
		})
	}
}

// returnInterviews are held about as late as they may be, also over the night in which the clocks change.
func (g *generator) returnInterviews() {
	for _, row := range g.tables["ssd_missing"] {
		if g.rarely(3) {
			continue
		}
		back := row.date("miss_missing_episode_end_date")
		if !back.Known() || g.rarely(10) {
			back = pick(g, g.days...).Plus(-g.IntN(6))
		}
		if g.rarely(4) {
			back = pick(g, On(2024, 3, 29), On(2024, 10, 25), On(2025, 3, 29), On(2025, 10, 24))
		}
		hour, minute := pick(g, 0, 9, 12, 22, 23), pick(g, 0, 30)
		hours := pick(g, 0, 24, 71, 72, 72, 73, 100)
		g.add("return_interview", map[string]string{
			"miss_table_id": row["miss_table_id"],
			"returned_at":   pick(g, fmt.Sprintf("%s %02d:%02d:00", back, hour, minute), ""),
			"held_at":       pick(g, fmt.Sprintf("%s %02d:%02d:00", back.Plus((hour+hours)/24), max((hour+hours)%24, 3), minute), "", g.stamp(back.Plus(3))),
			"outcome":       pick(g, "completed", "refused", ""),
		})
	}
}

func (g *generator) visitsWrittenDown() {
	for _, row := range g.tables["ssd_cla_visits"] {
		held := row.date("clav_cla_visit_date")
		if !held.Known() || g.rarely(4) {
			continue
		}
		g.add("visit_method", map[string]string{
			"visit_id": row["clav_cla_visit_id"], "method": g.text("face_to_face", "virtual"),
			"recorded_at": g.stamp(held.Plus(pick(g, 0, 0, 1, 7, 8, 42, 43))),
		})
	}
}
