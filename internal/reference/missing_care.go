package reference

import "time"

// missingFromCare publishes how many of the children in care at any time in a window went missing, or were away, in it.
func (ref *Implementation) missingFromCare(p page, w window) {
	cared := map[string]bool{}
	for _, s := range ref.careSpells() {
		first := s.starts
		if first.Before(w.starts) {
			first = w.starts
		}
		child := ref.person(s.person)
		if first.After(w.ends) || !openOn(first, s.starts, s.ends) || child.diedBy(first) || child.reached(18, first) {
			continue
		}
		cared[s.person] = true
	}
	var children []string
	for id := range cared {
		children = append(children, id)
	}
	went := func(away bool) func(string) bool {
		return func(id string) bool {
			for _, a := range ref.careOnRecord().absences {
				if a.person == id && a.away == away && a.from == "care" && w.has(a.went) {
					return true
				}
			}
			return false
		}
	}
	ratio(p, "childrens_missing_cla_ratio", children, everyone, went(false))
	ratio(p, "childrens_missing_cla_away_ratio", children, everyone, went(true))
}

// missingByArea counts the times missing from care by where the child was placed on that day.
func (ref *Implementation) missingByArea(p page, w window) {
	type placed struct{ area string }
	var gone []placed
	for _, a := range ref.careOnRecord().absences {
		if !a.away && a.from == "care" && w.has(a.went) {
			gone = append(gone, placed{ref.areaOf(ref.placedWhen(a))})
		}
	}
	countBy(p, "childrens_missing_episodes", gone, by("placement_area", func(g placed) string { return g.area }))
}

// placedWhen is the placement from which the child went, in any open episode of care: the one that began last, a temporary one
// only where there is no other.
func (ref *Implementation) placedWhen(a timeMissing) Row {
	var lasting, temporary []Row
	for _, s := range ref.careSpells() {
		if s.person != a.person || s.care == "" || !openOn(a.went, s.starts, s.ends) {
			continue
		}
		for _, row := range ref.tables["ssd_cla_placement"] {
			if row.id("clap_cla_id") != s.care || !openOn(a.went, row.date("clap_cla_placement_start_date"), row.date("clap_cla_placement_end_date")) {
				continue
			}
			if (placement{kind: placementCode(row.text("clap_cla_placement_type"))}).temporary() {
				temporary = append(temporary, row)
			} else {
				lasting = append(lasting, row)
			}
		}
	}
	if len(lasting) == 0 {
		lasting = temporary
	}
	return lastOf(lasting, func(r Row) Date { return r.date("clap_cla_placement_start_date") }, func(r Row) string { return r.id("clap_cla_placement_id") })
}

// returnInterviews publishes which interviews were held within the hours allowed, by the day on which the hours ran out.
func (ref *Implementation) returnInterviews(p page, w window) {
	type interview struct{ notCalledFor, inTime bool }
	var due []interview
	for _, a := range ref.careOnRecord().absences {
		back, held := ref.backAndHeard(a)
		if a.away || back.IsZero() {
			continue
		}
		last := back.Add(time.Duration(ref.limits.MissingInterview) * time.Hour)
		if w.has(dateOf(last)) {
			due = append(due, interview{a.offered == "NA", !held.IsZero() && !held.Before(back) && !held.After(last)})
		}
	}
	ratio(p, "childrens_missing_interview_on_time_ratio", due,
		func(i interview) bool { return !i.notCalledFor }, func(i interview) bool { return i.inTime })
}

// backAndHeard are when a child was back and when it was first interviewed, the council's sheet going before the case system.
func (ref *Implementation) backAndHeard(a timeMissing) (back, held time.Time) {
	for _, row := range ref.tables["return_interview"] {
		if a.id == "" || row.id("miss_table_id") != a.id {
			continue
		}
		if at, known := row.clock("returned_at"); known && (back.IsZero() || fromLondon(at).Before(back)) {
			back = fromLondon(at)
		}
		if at, known := row.clock("held_at"); known && (held.IsZero() || fromLondon(at).Before(held)) {
			held = fromLondon(at)
		}
	}
	if back.IsZero() && a.backKnown {
		back = fromLondon(a.backAt)
	}
	return back, held
}
