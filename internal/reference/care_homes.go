package reference

import (
	"slices"
	"strings"
	"time"
)

// home is where a child in care lived under one or more placements with the same carers.
type home struct {
	placements []stay
	before     Date // when the child came to the home before, in the same period of care
}

// stay is a placement as it was recorded.
type stay struct {
	id, kind     string
	starts, ends Date
}

// readHomes gives the homes of a child in one period of care, one after another. A temporary placement or one of less than a day
// is none, and who is adopted by its own foster carers (A3, A5) does not move.
func (ref *Implementation) readHomes(care string) []home {
	var stays []stay
	for _, row := range ref.tables.rows("ssd_cla_placement", "clap_cla_placement_id", "clap_cla_id", "clap_cla_placement_type",
		"clap_cla_placement_start_date", "clap_cla_placement_end_date") {
		s := stay{
			row.id("clap_cla_placement_id"), placementCode(row.text("clap_cla_placement_type")),
			row.date("clap_cla_placement_start_date"), row.date("clap_cla_placement_end_date"),
		}
		if care == "" || row.id("clap_cla_id") != care || !s.starts.Known() || strings.HasPrefix(s.kind, "T") || underADay(row) {
			continue
		}
		stays = append(stays, s)
	}
	slices.SortFunc(stays, func(a, b stay) int {
		if a.starts != b.starts {
			return a.starts.number() - b.starts.number()
		}
		return strings.Compare(a.id, b.id)
	})
	var homes []home
	for _, s := range stays {
		last := len(homes) - 1
		switch {
		case last >= 0 && (s.kind == "A3" || s.kind == "A5"):
			homes[last].placements = append(homes[last].placements, s)
		case last >= 0:
			homes = append(homes, home{placements: []stay{s}, before: homes[last].placements[0].starts})
		default:
			homes = append(homes, home{placements: []stay{s}})
		}
	}
	return homes
}

// underADay is true of a placement that ended before the clock had gone round once.
func underADay(row Row) bool {
	from, fromKnown := row.clock("clap_cla_placement_start_date")
	to, toKnown := row.clock("clap_cla_placement_end_date")
	return fromKnown && toKnown && to.Sub(from) < 24*time.Hour
}

// careOfChild are the periods of care of a child that are not short breaks throughout.
func (ref *Implementation) careOfChild(id string) []string {
	var periods []string
	for _, s := range ref.careSpells() {
		if s.person == id && s.care != "" && !slices.Contains(periods, s.care) {
			periods = append(periods, s.care)
		}
	}
	return periods
}

// homesInYear is in how many homes the child lived on any day of the twelve months up to a day.
func (ref *Implementation) homesInYear(id string, day Date) int {
	n := 0
	first := startOfTwelveMonths(day)
	for _, care := range ref.careOfChild(id) {
		for _, h := range ref.careOnRecord().homes[care] {
			if slices.ContainsFunc(h.placements, func(s stay) bool {
				return !s.starts.After(day) && (!s.ends.Known() || s.ends.After(first))
			}) {
				n++
			}
		}
	}
	return n
}

// settledSince is when the child came to the present home; for a child placed for adoption, to the home before it.
func (ref *Implementation) settledSince(c inCare) Date {
	if !slices.Contains(ref.careOfChild(c.person), c.care) {
		return Date{}
	}
	for _, h := range ref.careOnRecord().homes[c.care] {
		for _, s := range h.placements {
			if s.id != c.id {
				continue
			}
			if (s.kind == "A4" || s.kind == "A6") && h.before.Known() {
				return h.before
			}
			return h.placements[0].starts
		}
	}
	return Date{}
}

func (ref *Implementation) carePlacements(p page, day Date) {
	children := ref.lookedAfter(day)
	ratio(p, "childrens_cla_placements_many_ratio", children, everyone,
		func(c inCare) bool { return ref.homesInYear(c.person, day) >= 3 }, by("age", func(c inCare) string { return c.age }))
	longInCare := func(c inCare) bool {
		born := ref.person(c.person).born
		return born.Known() && !ref.person(c.person).reached(16, day) && !c.entered.PlusMonths(ref.limits.CareLongTerm).After(day)
	}
	settled := func(c inCare) bool {
		since := ref.settledSince(c)
		return since.Known() && !since.PlusMonths(ref.limits.CarePlacementStable).After(day)
	}
	ratio(p, "childrens_cla_placement_stable_ratio", children, longInCare, settled)
}
