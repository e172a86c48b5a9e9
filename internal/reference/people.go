package reference

// person is what is known about somebody, be it nothing because no row names them.
type person struct{ born, died Date }

func (ref *Implementation) person(id string) person {
	for _, row := range ref.tables["ssd_person"] {
		if id != "" && row.id("pers_person_id") == id {
			// A case system that knows a birthday only roughly writes it as an expected one, long after the birth.
			born := row.date("pers_dob")
			if !born.Known() {
				born = row.date("pers_expected_dob")
			}
			return person{born, row.date("pers_death_date")}
		}
	}
	return person{}
}

// diedBy is true from the day of death.
func (p person) diedBy(day Date) bool { return p.died.Known() && !p.died.After(day) }

// unborn is true of a child whose birthday, recorded or expected, is still to come.
func (p person) unborn(day Date) bool { return p.born.After(day) }

// reached is true of somebody known to be that old on a day.
func (p person) reached(age int, day Date) bool {
	return p.born.Known() && !p.born.After(day) && p.born.Age(day) >= age
}

func (p person) ageBand(day Date) string {
	switch {
	case p.unborn(day):
		return "unborn"
	case !p.born.Known():
		return "unknown"
	}
	switch age := p.born.Age(day); {
	case age < 1:
		return "under 1"
	case age < 5:
		return "1 to 4"
	case age < 10:
		return "5 to 9"
	case age < 16:
		return "10 to 15"
	case age < 18:
		return "16 and 17"
	default:
		return "18 and over"
	}
}

// team is the name of the team that a column gives: the department's own where the column has the team's number, else
// what the column says, or "" for a placeholder.
func (ref *Implementation) team(row Row, column string) string {
	written := row.teamID(column)
	for _, department := range ref.tables["ssd_department"] {
		if written != "" && department.id("dept_team_id") == written {
			if name := department.teamID("dept_team_name"); name != "" {
				return name
			}
		}
	}
	return written
}

// allocation is who a child's case is allocated to.
type allocation struct {
	id, professional, team string
	starts                 Date
}

// allocated finds whom a child's case is allocated to on a day: of the open involvements in that role the one that began
// last, since the one before it is often left open. Of two that began on one day the lower identifier holds, so that the
// answer is the same every time.
func (ref *Implementation) allocated(personID string, day Date) (allocation, bool) {
	var last allocation
	for _, row := range ref.tables["ssd_involvements"] {
		starts, ends := row.date("invo_involvement_start_date"), row.date("invo_involvement_end_date")
		if personID == "" || row.id("invo_person_id") != personID || !openOn(day, starts, ends) ||
			involvementRole(row.text("invo_professional_role_id")) != "allocated" {
			continue
		}
		a := allocation{
			row.id("invo_involvements_id"), row.id("invo_professional_id"), ref.team(row, "invo_professional_team"), starts,
		}
		if !last.starts.Known() || a.starts.After(last.starts) || a.starts == last.starts && a.id < last.id {
			last = a
		}
	}
	return last, last.starts.Known()
}

// teamOf is the team of a child's allocated worker on a day, or "".
func (ref *Implementation) teamOf(personID string, day Date) string {
	a, _ := ref.allocated(personID, day)
	return a.team
}

// firstOf is the row that began first, and of those of one day the one with the lower identifier.
func firstOf[T any](rows []T, starts func(T) Date, id func(T) string) (first T) {
	for i, row := range rows {
		if i == 0 || starts(row).Before(starts(first)) || starts(row) == starts(first) && id(row) < id(first) {
			first = row
		}
	}
	return first
}

// perPerson sorts rows by the person they are about, leaving out those that name nobody.
func perPerson[T any](rows []T, person func(T) string) map[string][]T {
	sorted := map[string][]T{}
	for _, row := range rows {
		if id := person(row); id != "" {
			sorted[id] = append(sorted[id], row)
		}
	}
	return sorted
}
