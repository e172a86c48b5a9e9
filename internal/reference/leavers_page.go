package reference

import "slices"

// leaverShare is a share of care leavers aged 19 to 21, each age having its own besides.
type leaverShare struct {
	name         string
	lower, upper func(leaver) bool
}

func (l leaver) settledHere() bool {
	return l.accommodation != "G" && l.accommodation != "H" && l.accommodation != "R"
}

func (l leaver) doesAnyOf(codes ...string) bool { return slices.Contains(codes, l.activity) }

func (ref *Implementation) leaverShares(day Date) []leaverShare {
	reachable := func(l leaver) bool { return l.inTouch != "DIED" && l.inTouch != "RHOM" }
	return []leaverShare{
		{"childrens_careleavers_in_touch_ratio", reachable, func(l leaver) bool { return l.inTouch == "YES" }},
		{"childrens_careleavers_contact_recent_ratio", reachable, func(l leaver) bool {
			return l.contacted.Known() && !l.contacted.After(day) && l.contacted.Days(day) <= ref.limits.LeaverContact
		}},
		{"childrens_careleavers_accommodation_suitable_ratio", leaver.settledHere, func(l leaver) bool { return l.suitability == "1" }},
		{"childrens_careleavers_eet_ratio", everyone[leaver], func(l leaver) bool {
			return l.doesAnyOf("F1", "F2", "F3", "F4", "F5", "P1", "P2", "P3", "P4", "P5")
		}},
		{"childrens_careleavers_neet_ratio", everyone[leaver], func(l leaver) bool { return l.doesAnyOf("G4", "G5", "G6") }},
	}
}

func (ref *Implementation) leavers(p page, day Date) {
	all := ref.careLeavers(day)
	var aged17to21, aged19to21 []leaver
	for _, l := range all {
		if l.age == "19_21" {
			aged19to21 = append(aged19to21, l)
		}
		if l.age == "19_21" || l.age == "17_18" {
			aged17to21 = append(aged17to21, l)
		}
	}
	byAge := by("age_group", func(l leaver) string { return l.age })
	for _, share := range ref.leaverShares(day) {
		ratio(p, share.name, aged19to21, share.lower, share.upper)
		for _, g := range groups(all, []split[leaver]{byAge})[1:] {
			within := number(g.rows, func(l leaver) bool { return share.lower(l) && share.upper(l) })
			p.share(share.name, g.by, g.labels, within, number(g.rows, share.lower))
		}
	}
	ref.leaversOfAge(p, all, aged17to21, day)
	ref.leaversInGroups(p, aged19to21)
}

// leaversOfAge publishes what has a label for every leaver there is, be it of another age than is counted.
func (ref *Implementation) leaversOfAge(p page, all, aged17to21 []leaver, day Date) {
	aged := func(l leaver) bool { return l.age == "17_18" || l.age == "19_21" }
	p.put("childrens_careleavers", "", nil, float64(len(aged17to21)))
	for _, s := range []split[leaver]{
		by("eligibility", func(l leaver) string { return l.eligibility }),
		by("accommodation", func(l leaver) string { return l.accommodation }),
		by("activity", func(l leaver) string { return l.activity }),
	} {
		for _, g := range groups(all, []split[leaver]{s})[1:] {
			p.put("childrens_careleavers", g.by, g.labels, number(g.rows, aged))
		}
	}
	for _, g := range groups(all, []split[leaver]{by("age_group", func(l leaver) string { return l.age })})[1:] {
		p.put("childrens_careleavers", g.by, g.labels, float64(len(g.rows)))
	}
	touch := ref.leaverShares(day)[0]
	for _, g := range groups(all, []split[leaver]{by("accommodation", func(l leaver) string { return l.accommodation })})[1:] {
		lower := func(l leaver) bool { return l.age == "19_21" && touch.lower(l) }
		p.share(touch.name, g.by, g.labels, number(g.rows, func(l leaver) bool { return lower(l) && touch.upper(l) }), number(g.rows, lower))
	}
	current := func(l leaver) bool {
		return l.reviewed.Known() && !l.reviewed.After(day) && !l.reviewed.PlusMonths(ref.limits.LeaverPathwayReview).Before(day)
	}
	entitled := func(l leaver) bool { return aged(l) && l.eligibility != "qualifying" }
	ratio(p, "childrens_careleavers_pathway_plan_current_ratio", all, entitled, current, by("age_group", func(l leaver) string { return l.age }))
}

func (ref *Implementation) leaversInGroups(p page, aged19to21 []leaver) {
	unsuitable := slices.DeleteFunc(slices.Clone(aged19to21), func(l leaver) bool { return l.suitability != "2" || !l.settledHere() })
	named := func(names map[string]string, other string, of func(leaver) string) func(leaver) string {
		return func(l leaver) string {
			if name := names[of(l)]; name != "" {
				return name
			}
			return other
		}
	}
	bands(p, "childrens_careleavers_unsuitable_by_type", "accommodation", unsuitable,
		[]string{"custody", "homeless", "emergency", "bed and breakfast", "other"},
		named(map[string]string{"X": "custody", "S": "homeless", "V": "emergency", "W": "bed and breakfast"}, "other",
			func(l leaver) string { return l.accommodation }))
	activity := func(l leaver) string { return l.activity }
	bands(p, "childrens_careleavers_eet_by_activity", "activity", aged19to21,
		[]string{"higher education", "other education", "apprenticeship", "training or employment"},
		named(map[string]string{
			"F1": "higher education", "P1": "higher education", "F2": "other education", "P2": "other education",
			"F4": "apprenticeship", "P4": "apprenticeship", "F3": "training or employment", "P3": "training or employment",
			"F5": "training or employment", "P5": "training or employment",
		}, "", activity))
	bands(p, "childrens_careleavers_neet_by_reason", "reason", aged19to21,
		[]string{"illness or disability", "other circumstances", "pregnancy or parenting"},
		named(map[string]string{"G4": "illness or disability", "G5": "other circumstances", "G6": "pregnancy or parenting"}, "", activity))
}
