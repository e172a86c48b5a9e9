package reference

// missing makes children go missing, or be away, and come back.
func (g *generator) missing() {
	for range g.children {
		went := g.pastOr(span{}, span{days: 3})
		back := pick(g, g.openEnd(went), g.stamp(went.Plus(g.IntN(4))), g.stamp(pick(g, g.days...).Plus(-g.IntN(5))))
		g.add("ssd_missing", map[string]string{
			"miss_table_id": g.newID(), "miss_person_id": g.personID(),
			"miss_missing_episode_start_date": g.stamp(went), "miss_missing_episode_end_date": back,
			"miss_missing_episode_type": g.text("Missing", "Missing", "M", "Away", "A", "Missing - from care", "Absent"),
			"miss_missing_rhi_offered":  pick(g, "Y", "Y", "Y", "N", "NA", "y", "na", "?", ""),
			"miss_missing_rhi_accepted": pick(g, "Y", "Y", "N", "NA", ""),
		})
	}
}
