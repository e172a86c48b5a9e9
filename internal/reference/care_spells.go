package reference

import "strings"

// careSnapshots are the counts of children looked after on a day that no other file makes.
func (ref *Implementation) careSnapshots(p page, day Date) {
	ref.carePlacements(p, day)
	ref.careWorkers(p, day)
	ref.careHealth(p, day)
	ref.unaccompanied(p, day)
	ref.carePlaces(p, day)
	ref.careDue(p, day)
}

// careFlows are the counts of what happened to children in care, or missing, in a window.
func (ref *Implementation) careFlows(p page, w window) {
	ref.careStarted(p, w)
	ref.careCeased(p, w)
	ref.missing(p, w)
	ref.missingFromCare(p, w)
	ref.missingByArea(p, w)
	ref.returnInterviews(p, w)
}

// careSpell is an episode of care of a child that national figures count.
type careSpell struct {
	careEpisode
	startReason, endReason, need string
}

// careRecords are what no day changes, read once.
type careRecords struct {
	read     bool
	spells   []careSpell
	absences []timeMissing
	homes    map[string][]home // by period of care
}

func (ref *Implementation) careOnRecord() careRecords {
	if !ref.care.read {
		ref.care = careRecords{read: true, spells: ref.readCareSpells()}
		ref.care.absences = ref.readAbsences()
		ref.care.homes = map[string][]home{}
		for _, s := range ref.care.spells {
			ref.care.homes[s.care] = ref.readHomes(s.care)
		}
	}
	return ref.care
}

func (ref *Implementation) careSpells() []careSpell { return ref.careOnRecord().spells }

// readCareSpells gives the episodes of care but those during which the child was in nothing but short breaks.
func (ref *Implementation) readCareSpells() []careSpell {
	var all []careSpell
	for _, row := range ref.tables.rows("ssd_cla_episodes", "clae_cla_episode_id", "clae_person_id", "clae_cla_id",
		"clae_cla_episode_start_date", "clae_cla_episode_ceased_date", "clae_cla_episode_start_reason", "clae_cla_episode_ceased_reason") {
		s := careSpell{
			careEpisode: careEpisode{
				row.id("clae_cla_episode_id"), row.id("clae_person_id"), row.id("clae_cla_id"),
				row.date("clae_cla_episode_start_date"), row.date("clae_cla_episode_ceased_date"), row.date("clae_entered_care_date"),
			},
			startReason: careStartReason(row.text("clae_cla_episode_start_reason")),
			endReason:   careEndReason(row.text("clae_cla_episode_ceased_reason")),
			need:        primaryNeed(row.text("clae_cla_primary_need_code")),
		}
		if s.person != "" && s.starts.Known() && !ref.shortBreaksThroughout(s) {
			all = append(all, s)
		}
	}
	return all
}

// period names the period of care, which is the episode alone where no number joins it to others.
func (s careSpell) period() string {
	if s.care == "" {
		return "episode " + s.id
	}
	return s.care
}

// shortBreaksThroughout is true where a status of short breaks is known in the course of the episode and no other one.
func (ref *Implementation) shortBreaksThroughout(s careSpell) bool {
	short, other := false, false
	for _, row := range ref.tables["ssd_legal_status"] {
		code := legalStatus(row.text("lega_legal_status"))
		starts, ends := row.date("lega_legal_status_start_date"), row.date("lega_legal_status_end_date")
		if row.id("lega_person_id") != s.person || code == "" || !starts.Known() {
			continue
		}
		// An episode that began and ended on one day is that day.
		begunInTime := !s.ends.Known() || starts.Before(s.ends) || starts == s.starts || starts.Before(s.starts)
		stillGoing := !ends.Known() || ends.After(s.starts)
		if begunInTime && stillGoing {
			isShort := code == "V1" || code == "V3" || code == "V4"
			short, other = short || isShort, other || !isShort
		}
	}
	return short && !other
}

// inCareOn is true of a child in an episode of care that counts, on a day.
func (ref *Implementation) inCareOn(id string, day Date) bool {
	for _, s := range ref.careSpells() {
		if s.person == id && openOn(day, s.starts, s.ends) {
			return true
		}
	}
	return false
}

// careStarted counts the periods of care that began: with an episode that says so, or, where it says nothing, with the first
// that is known.
func (ref *Implementation) careStarted(p page, w window) {
	spells := ref.careSpells()
	first := map[string]careSpell{}
	for _, s := range spells {
		before, known := first[s.period()]
		if !known || s.starts.Before(before.starts) || s.starts == before.starts && s.id < before.id {
			first[s.period()] = s
		}
	}
	began := map[string]careSpell{}
	for _, s := range spells {
		child := ref.person(s.person)
		opens := s.startReason == "S" || s.startReason == "" && first[s.period()].id == s.id
		if !w.has(s.starts) || !opens || child.diedBy(s.starts) || child.reached(18, s.starts) {
			continue
		}
		earlier, known := began[s.period()]
		if !known || s.starts.Before(earlier.starts) || s.starts == earlier.starts && s.id < earlier.id {
			began[s.period()] = s
		}
	}
	count(p, "childrens_cla_started", valuesOf(began), everyone, by("need", func(s careSpell) string { return s.need }))
}

// careCeased counts the periods of care that ended, each once.
func (ref *Implementation) careCeased(p page, w window) {
	spells := ref.careSpells()
	ended := map[string]careSpell{}
	for _, s := range spells {
		if !w.has(s.ends) || s.ends.Before(s.starts) || s.endReason == "X1" {
			continue
		}
		goesOn := false
		for _, other := range spells {
			goesOn = goesOn || s.care != "" && other.care == s.care && openOn(s.ends, other.starts, other.ends)
		}
		if goesOn {
			continue
		}
		later, known := ended[s.period()]
		if !known || s.ends.After(later.ends) || s.ends == later.ends && s.id < later.id {
			ended[s.period()] = s
		}
	}
	count(p, "childrens_cla_ceased", valuesOf(ended), everyone, by("reason", func(s careSpell) string { return whyCareEnded(s.endReason) }))
}

func valuesOf[T any](keyed map[string]T) []T {
	var all []T
	for _, value := range keyed {
		all = append(all, value)
	}
	return all
}

func whyCareEnded(code string) string {
	switch code {
	case "E11", "E12":
		return "adopted"
	case "E2":
		return "died"
	case "E3":
		return "another authority"
	case "E41":
		return "child arrangements order"
	case "E5", "E6":
		return "independent living"
	case "E7":
		return "adult residential care"
	case "E9", "E14":
		return "custody or end of remand"
	case "E15":
		return "found to be an adult"
	case "E16":
		return "moved abroad"
	case "E17":
		return "stayed with carers at 18"
	case "E8":
		return "other"
	case "E4A", "E4B", "E13":
		return "home or relatives"
	}
	if strings.HasPrefix(code, "E4") {
		return "special guardianship order"
	}
	return ""
}
