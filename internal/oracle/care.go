package oracle

// isLookedAfter is true of a child under 18 in an open episode of care, unless short breaks are all there is to it.
func (o *Oracle) isLookedAfter(id string, day Date) bool {
	child := o.person(id)
	if child.diedBy(day) || child.reached(18, day) || o.onlyShortBreaks(id, day) {
		return false
	}
	for _, row := range o.council["ssd_cla_episodes"] {
		if row.id("clae_person_id") == id && openOn(day, row.date("clae_cla_episode_start_date"), row.date("clae_cla_episode_ceased_date")) {
			return true
		}
	}
	return false
}

// onlyShortBreaks is true of a child under a short break's legal status and under no other status of a child in care.
func (o *Oracle) onlyShortBreaks(id string, day Date) bool {
	short := false
	for _, row := range o.council["ssd_legal_status"] {
		if row.id("lega_person_id") != id || !openOn(day, row.date("lega_legal_status_start_date"), row.date("lega_legal_status_end_date")) {
			continue
		}
		switch legalStatus(row.text("lega_legal_status")) {
		case "V1", "V3", "V4":
			short = true
		case "":
		default:
			return false
		}
	}
	return short
}
