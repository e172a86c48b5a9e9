package reference

import "strings"

// careEpisode is an episode of care; those of one care period follow one another.
type careEpisode struct {
	id, person, care      string
	starts, ends, entered Date
}

func (ref *Implementation) careEpisodes() []careEpisode {
	var all []careEpisode
	for _, row := range ref.tables["ssd_cla_episodes"] {
		all = append(all, careEpisode{
			row.id("clae_cla_episode_id"), row.id("clae_person_id"), row.id("clae_cla_id"),
			row.date("clae_cla_episode_start_date"), row.date("clae_cla_episode_ceased_date"), row.date("clae_entered_care_date"),
		})
	}
	return all
}

// inCare is a child looked after on a day.
type inCare struct {
	person, care string
	entered      Date // the day the child became looked after
	placement
	legal, team, age string // legal is the status that began last
}

// lookedAfter are the children under 18 in an open episode of care, but for those in nothing but short breaks.
func (ref *Implementation) lookedAfter(day Date) []inCare {
	var open []careEpisode
	for _, e := range ref.careEpisodes() {
		child := ref.person(e.person)
		if openOn(day, e.starts, e.ends) && !child.diedBy(day) && !child.reached(18, day) && !ref.onlyShortBreaks(e.person, day) {
			open = append(open, e)
		}
	}
	var children []inCare
	for id, ofChild := range perPerson(open, func(e careEpisode) string { return e.person }) {
		current := lastOf(ofChild, func(e careEpisode) Date { return e.starts }, func(e careEpisode) string { return e.id })
		child := inCare{person: id, care: current.care, entered: ref.enteredCare(current), age: ref.person(id).ageBand(day), team: ref.teamOf(id, day)}
		child.placement = ref.placementOn(child.care, day)
		_, child.legal = ref.legalStatusesOn(id, day)
		children = append(children, child)
	}
	return children
}

// lastOf is the row that began last, and of those of one day the one with the lower identifier.
func lastOf[T any](rows []T, starts func(T) Date, id func(T) string) (last T) {
	for i, row := range rows {
		if i == 0 || starts(row).After(starts(last)) || starts(row) == starts(last) && id(row) < id(last) {
			last = row
		}
	}
	return last
}

// enteredCare is the day recorded for the period of care, the first where its episodes differ, else the day on which its
// first episode began.
func (ref *Implementation) enteredCare(current careEpisode) Date {
	recorded, began := current.entered, current.starts
	for _, e := range ref.careEpisodes() {
		if current.care == "" || e.care != current.care {
			continue
		}
		if e.entered.Known() && (!recorded.Known() || e.entered.Before(recorded)) {
			recorded = e.entered
		}
		if e.starts.Before(began) {
			began = e.starts
		}
	}
	if recorded.Known() {
		return recorded
	}
	return began
}

// onlyShortBreaks is true of a child under a short break's legal status and under no other status of a child in care.
func (ref *Implementation) onlyShortBreaks(id string, day Date) bool {
	statuses, _ := ref.legalStatusesOn(id, day)
	other := len(statuses)
	for _, short := range []string{"V1", "V3", "V4"} {
		if statuses[short] {
			other--
		}
	}
	return len(statuses) > 0 && other == 0
}

// legalStatusesOn are the codes of the legal statuses of a day, and which of them began last, short breaks set aside where
// there is another.
func (ref *Implementation) legalStatusesOn(id string, day Date) (codes map[string]bool, last string) {
	type status struct {
		id, code string
		starts   Date
	}
	var open, care []status
	codes = map[string]bool{}
	for _, row := range ref.tables["ssd_legal_status"] {
		legal := status{row.id("lega_legal_status_id"), legalStatus(row.text("lega_legal_status")), row.date("lega_legal_status_start_date")}
		if id == "" || row.id("lega_person_id") != id || legal.code == "" || !openOn(day, legal.starts, row.date("lega_legal_status_end_date")) {
			continue
		}
		codes[legal.code] = true
		open = append(open, legal)
		if legal.code != "V1" && legal.code != "V3" && legal.code != "V4" {
			care = append(care, legal)
		}
	}
	if len(care) > 0 {
		open = care
	}
	return codes, lastOf(open, func(s status) Date { return s.starts }, func(s status) string { return s.id }).code
}

// placement is where a looked-after child lives.
type placement struct {
	id, kind string
	placed   Date
}

func (p placement) temporary() bool { return strings.HasPrefix(p.kind, "T") }

// placementOn is the placement of a period of care on a day: the one that began last, but a stay in hospital or the like
// does not end the placement that waits for the child.
func (ref *Implementation) placementOn(care string, day Date) placement {
	var lasting, temporary []placement
	for _, row := range ref.tables["ssd_cla_placement"] {
		p := placement{
			row.id("clap_cla_placement_id"), placementCode(row.text("clap_cla_placement_type")), row.date("clap_cla_placement_start_date"),
		}
		if care == "" || row.id("clap_cla_id") != care || !openOn(day, p.placed, row.date("clap_cla_placement_end_date")) {
			continue
		}
		if p.temporary() {
			temporary = append(temporary, p)
		} else {
			lasting = append(lasting, p)
		}
	}
	if len(lasting) == 0 {
		lasting = temporary
	}
	return lastOf(lasting, func(p placement) Date { return p.placed }, func(p placement) string { return p.id })
}

func (ref *Implementation) childrenLookedAfter(p page, day Date) {
	children := ref.lookedAfter(day)
	count(p, "childrens_cla_open", children, everyone,
		by("age", func(c inCare) string { return c.age }), by("team", func(c inCare) string { return c.team }),
		by("placement_type", func(c inCare) string { return placementGroup(c.kind) }),
		by("legal_status", func(c inCare) string { return legalGroup(c.legal) }))
	p.rate("childrens_cla_open_per_10k", number(children, everyone), on(ref.populations.Children, day), 10000)
}
