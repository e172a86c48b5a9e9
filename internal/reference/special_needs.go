package reference

// censusRecord is what a school says of a pupil on its roll.
type censusRecord struct {
	id, pupil, provision string
	joined, census       Date
}

// specialNeeds counts the pupils on roll who have a plan, or support without one, by the record that holds on the day.
func (ref *Implementation) specialNeeds(p page, day Date) {
	var onRoll, held []censusRecord
	for _, row := range ref.tables["pupil_enrolment"] {
		status := enrolmentStatus(row.text("enrol_status"))
		if status != "" && status != "C" && status != "M" || !openOn(day, row.date("entry_date"), row.date("leaving_date")) {
			continue
		}
		onRoll = append(onRoll, censusRecord{
			row.id("enrolment_id"), row.id("pupil_id"), senProvision(row.text("sen_provision")), row.date("entry_date"), row.date("census_date"),
		})
	}
	for _, ofPupil := range perPerson(onRoll, func(r censusRecord) string { return r.pupil }) {
		best := ofPupil[0]
		for _, r := range ofPupil[1:] {
			if r.holdsOver(best, day) {
				best = r
			}
		}
		held = append(held, best)
	}
	ratio(p, "childrens_pupils_with_ehcp_ratio", held, everyone, func(r censusRecord) bool { return r.provision == "E" })
	ratio(p, "childrens_pupils_sen_support_ratio", held, everyone, func(r censusRecord) bool { return r.provision == "K" })
}

// holdsOver prefers the school joined last, then the latest census up to the day, then a record of no census, then the first
// census after the day.
func (r censusRecord) holdsOver(other censusRecord, day Date) bool {
	if r.joined != other.joined {
		return r.joined.After(other.joined)
	}
	rank := func(c Date) int {
		switch {
		case !c.Known():
			return 1
		case c.After(day):
			return 2
		default:
			return 0
		}
	}
	mine, theirs := rank(r.census), rank(other.census)
	switch {
	case mine != theirs:
		return mine < theirs
	case r.census == other.census:
		return r.id > other.id
	case mine == 0:
		return r.census.After(other.census)
	default:
		return r.census.Before(other.census)
	}
}
