package reference

func (g *generator) leavers() {
	for range g.children / 2 {
		id := g.personID()
		for range pick(g, 1, 1, 1, 2, 3) {
			g.add("ssd_care_leavers", g.leaver(id))
		}
	}
}

func (g *generator) leaver(id string) map[string]string {
	return map[string]string{
		"clea_table_id": g.newID(), "clea_person_id": id,
		"clea_care_leaver_eligibility":    g.text("Former Relevant", "Former Relevant", "Relevant", "Eligible", "Qualifying", "Qualifying young person", "No Current Eligibility"),
		"clea_care_leaver_in_touch":       g.text("YES", "YES", "YES", "NO", "DIED", "RHOM", "died - 2024"),
		"clea_care_leaver_latest_contact": g.stamp(pick(g, g.near(), g.before(span{}, span{days: 56}))),
		"clea_care_leaver_accommodation":  g.text("U", "B", "E", "G", "H", "R", "S", "V", "W", "X", "Y", "Residence not known", "Gone abroad", "X - In custody", "Independent living", "K1"),
		"clea_care_leaver_accom_suitable": g.text("1", "2", "Accommodation is considered suitable", "Unsuitable"),
		"clea_care_leaver_activity": g.text("F1", "F2", "F3", "F4", "F5", "P1", "P2", "P3", "P4", "P5", "G4", "G5", "G6", "g6 - pregnancy or parenting",
			"Young person not in education, employment or training: other circumstances", "Young person not in education"),
		"clea_pathway_plan_review_date": g.stamp(pick(g, g.near(), g.before(span{months: 6}, span{}))),
	}
}
