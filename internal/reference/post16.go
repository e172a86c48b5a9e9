package reference

import (
	"slices"
	"strings"
	"time"
)

// youngPerson is somebody of academic age 16 or 17 as one month's return has them.
type youngPerson struct {
	id, activity, offer string
	groups              []string
}

func (y youngPerson) neet() bool    { return y.activity == "NEET" }
func (y youngPerson) unknown() bool { return y.activity == "not known" }
func (y youngPerson) either() bool  { return y.neet() || y.unknown() }

func (y youngPerson) learns() bool {
	return slices.Contains([]string{
		"school sixth form", "sixth-form college", "further education", "other education", "apprenticeship", "training", "work with study",
	}, y.activity)
}

// youngPeople are the authority's cohort in the month that begins on a day.
func (ref *Implementation) youngPeople(month Date) []youngPerson {
	ends := month.PlusMonths(1).Plus(-1)
	latest := map[string]Row{}
	for _, row := range ref.tables["yp_activity"] {
		id, on := row.id("yp_id"), row.date("as_at_month")
		if id == "" || !on.Known() || on.Before(month) || on.After(ends) {
			continue
		}
		if other, held := latest[id]; !held || laterActivity(row, other) {
			latest[id] = row
		}
	}
	var cohort []youngPerson
	for id, row := range latest {
		age, known := row.number("academic_age")
		leader := row.id("lead_la")
		if !known || age != 16 && age != 17 || leftCohort(row.text("cohort_status")) || leader != "" && leader != ownAuthority {
			continue
		}
		y := youngPerson{id: id, activity: youngPersonActivity(row.text("current_activity_code")), offer: guaranteeOffer(row.text("september_guarantee_offer"))}
		if until := row.date("currency_date"); until.Known() && until.Before(ends) {
			y.activity = "not known"
		}
		y.groups = namedGroups(row)
		cohort = append(cohort, y)
	}
	return cohort
}

// laterActivity is whether a row of a month stands rather than another: it was written on a later day, or of one day tells
// of what began later.
func laterActivity(row, other Row) bool {
	if on, held := row.date("as_at_month"), other.date("as_at_month"); on != held {
		return on.After(held)
	}
	began, otherBegan := row.date("current_activity_start_date"), other.date("current_activity_start_date")
	return began.Known() && (!otherBegan.Known() || began.After(otherBegan))
}

func namedGroups(row Row) []string {
	names := map[string]string{
		"110": "looked after", "120": "parent caring for own child", "130": "refugee or asylum seeker", "140": "carer",
		"150": "substance misuse", "160": "care leaver", "170": "youth offending team", "180": "pregnant",
		"190": "parent not caring for own child",
	}
	var named []string
	separates := func(r rune) bool { return r < '0' || r > '9' }
	for _, code := range strings.FieldsFunc(row.text("characteristics"), separates) {
		if name := names[code]; name != "" && !slices.Contains(named, name) {
			named = append(named, name)
		}
	}
	if row.answer("ehcp") == yes {
		named = append(named, "EHC plan")
	}
	return named
}

// after16 publishes what young people of 16 and 17 do, month by month.
func (ref *Implementation) after16(p page, day Date) {
	open := On(day.Year, day.Month, 1)
	if day.Plus(1).Day == 1 {
		open = day.Plus(1)
	}
	for back := 1; back <= ref.limits.Post16ReturnAge+1; back++ {
		month := open.PlusMonths(-back)
		if cohort := ref.youngPeople(month); len(cohort) > 0 {
			ref.latestReturn(p, cohort)
			outOfLearning(p, "", ref.youngPeople(month.PlusMonths(-12)), "last_year")
			break
		}
		if back == ref.limits.Post16ReturnAge+1 {
			ref.latestReturn(p, nil)
			outOfLearning(p, "", nil, "last_year")
		}
	}
	ref.winter(p, lastBegun(open, time.March))
	ratio(p, "childrens_post16_participation_march_ratio", ref.youngPeople(lastBegun(open, time.April).PlusMonths(-1)), everyone, youngPerson.learns)
	starters := ref.youngPeople(lastBegun(open, time.October).PlusMonths(-1))
	if !slices.ContainsFunc(starters, func(y youngPerson) bool { return y.offer != "" }) {
		starters = nil
	}
	ratio(p, "childrens_post16_september_guarantee_ratio", starters, everyone, func(y youngPerson) bool { return y.offer == "offer" })
}

// lastBegun is the first day of a month of the year, the last such day that has come by the day.
func lastBegun(day Date, month time.Month) Date {
	start := On(day.Year, month, 1)
	if start.After(day) {
		return On(day.Year-1, month, 1)
	}
	return start
}

func (ref *Implementation) latestReturn(p page, cohort []youngPerson) {
	outOfLearning(p, "", cohort, "")
	if len(cohort) > 0 {
		count(p, "childrens_post16_young_people", cohort, everyone, by("activity", func(y youngPerson) string { return y.activity }))
		p.put("childrens_pupils_at_college", "", nil, number(cohort, func(y youngPerson) bool {
			return y.activity == "sixth-form college" || y.activity == "further education"
		}))
	}
	members := map[string][]youngPerson{}
	for _, y := range cohort {
		for _, name := range y.groups {
			members[name] = append(members[name], y)
		}
	}
	for name, rows := range members {
		outOfLearning(p, name, rows, "")
	}
}

// outOfLearning publishes the shares of a cohort, or of one group of it.
func outOfLearning(p page, of string, rows []youngPerson, when string) {
	grouped, labels := "", map[string]string(nil)
	if of != "" {
		grouped, labels = "group", map[string]string{"young_person_group": of}
	}
	if when != "" {
		when = "_" + when
	}
	shares := map[string]func(youngPerson) bool{
		"neet_or_unknown": youngPerson.either, "neet": youngPerson.neet, "unknown": youngPerson.unknown, "participation": youngPerson.learns,
	}
	for name, counted := range shares {
		if name == "participation" && of != "" {
			continue
		}
		p.share("childrens_post16_"+name+when+"_ratio", grouped, labels, number(rows, counted), float64(len(rows)))
	}
}

// winter publishes the average of the three months before a first of March, which each have to have a return.
func (ref *Implementation) winter(p page, march Date) {
	var all []youngPerson
	for back := 1; back <= 3; back++ {
		cohort := ref.youngPeople(march.PlusMonths(-back))
		if len(cohort) == 0 {
			all = nil
			break
		}
		all = append(all, cohort...)
	}
	average := func(counted func(youngPerson) bool) float64 { return number(all, counted) / 3 }
	known := average(everyone)
	p.share("childrens_post16_neet_or_unknown_winter_ratio", "", nil, average(youngPerson.either), known)
	p.share("childrens_post16_neet_winter_ratio", "", nil, average(youngPerson.neet), known)
	p.share("childrens_post16_unknown_winter_ratio", "", nil, average(youngPerson.unknown), known)
}
