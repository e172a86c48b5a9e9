package reference

import (
	"strconv"
	"strings"
)

// staffing is the staff of one team, role and kind of employment at one count.
type staffing struct {
	counted                 Date
	service, team           string
	employment              string
	fte, vacant, asye       amount
	daysLost, daysAvailable amount
}

// amount is a number that a sheet may leave out.
type amount struct {
	value float64
	known bool
}

func (r Row) amount(column string) amount {
	value, known := r.number(column)
	if value == -1 || value == 999.9 { // written for "none"
		return amount{}
	}
	return amount{value, known}
}

// sum adds up what is known, and knows whether anything was.
func sum[T any](rows []T, of func(T) amount) amount {
	total := amount{}
	for _, row := range rows {
		if a := of(row); a.known {
			total = amount{total.value + a.value, true}
		}
	}
	return total
}

// socialWorkers are the rows of a count about child and family social workers, managers and reviewing officers among them.
func (ref *Implementation) socialWorkers() []staffing {
	var all []staffing
	for _, row := range ref.tables["workforce_snapshot"] {
		if staffRole(row.text("role")) == "social_worker" {
			all = append(all, staffing{
				counted: row.date("snapshot_date"), service: row.text("service"), team: ref.team(row, "team_id"),
				employment: employment(row.text("employment")), fte: row.amount("fte"), vacant: row.amount("vacant_fte"),
				asye: row.amount("asye_headcount"), daysLost: row.amount("working_days_lost"),
				daysAvailable: row.amount("working_days_available"),
			})
		}
	}
	return all
}

// lastCount is the day of the latest count, of whomever, that a window has.
func (ref *Implementation) lastCount(w window) (last Date) {
	for _, row := range ref.tables["workforce_snapshot"] {
		if counted := row.date("snapshot_date"); w.has(counted) && (!last.Known() || counted.After(last)) {
			last = counted
		}
	}
	return last
}

// inPost are the staff of the latest count up to a day, while that is recent enough to speak for the day.
func (ref *Implementation) staffInPost(p page, day Date) {
	last := ref.lastCount(window{starts: day.Plus(-ref.limits.WorkforceCountAge), ends: day})
	var staff []staffing
	for _, s := range ref.socialWorkers() {
		if last.Known() && s.counted == last {
			staff = append(staff, s)
		}
	}
	byTeam := by("team", func(s staffing) string { return s.team })
	byService := split[staffing]{"service", func(s staffing) map[string]string {
		return map[string]string{"service_area": orUnknown(s.service)}
	}}
	for _, g := range groups(staff, []split[staffing]{byTeam, byService}) {
		permanent, agency := sum(g.rows, fteOf("permanent")), sum(g.rows, fteOf("agency"))
		if len(g.rows) > 0 {
			p.put("childrens_workforce_fte", g.by, g.labels, permanent.value)
		}
		if g.by == "service" {
			continue
		}
		if newly := sum(g.rows, func(s staffing) amount { return s.asye }); newly.known {
			p.put("childrens_workforce_asye", g.by, g.labels, newly.value)
		}
		vacant := sum(g.rows, func(s staffing) amount { return s.vacant })
		p.share("childrens_workforce_agency_ratio", g.by, g.labels, agency.value, permanent.value+agency.value)
		p.share("childrens_workforce_permanent_ratio", g.by, g.labels, permanent.value, permanent.value+agency.value)
		p.share("childrens_workforce_vacancy_ratio", g.by, g.labels, vacant.value, permanent.value+vacant.value)
	}
}

func fteOf(kind string) func(staffing) amount {
	return func(s staffing) amount {
		if s.employment != kind {
			return amount{}
		}
		return s.fte
	}
}

// workforceYear is who left in a year and what sickness cost, of the counts that lie in it.
func (ref *Implementation) workforceYear(p page, w window) {
	if w.kind != financialYear && w.kind != twelveMonths {
		return
	}
	last, atEnd, left := ref.lastCount(w), 0.0, 0.0
	lost, available := 0.0, 0.0
	for _, s := range ref.socialWorkers() {
		if !w.has(s.counted) {
			continue
		}
		if s.counted == last && s.employment == "permanent" {
			atEnd += s.fte.value
		}
		// Days lost are days of those that could have been worked: where the sheet does not give those, neither counts.
		if s.daysAvailable.known {
			lost, available = lost+s.daysLost.value, available+s.daysAvailable.value
		}
	}
	for _, row := range ref.tables["workforce_movement"] {
		if w.has(row.date("move_date")) && moveKind(row.text("kind")) == "leaver" &&
			employment(row.text("employment")) == "permanent" && staffRole(row.text("role")) == "social_worker" {
			left += row.amount("fte").value
		}
	}
	p.share("childrens_workforce_turnover_ratio", "", nil, left, atEnd)
	p.share("childrens_workforce_absence_ratio", "", nil, lost, available)
}

// recruits are the newly qualified who applied, were offered a place and took it up, by the month of the intake. A row that
// says the same as another was entered twice.
func (ref *Implementation) recruits(p page, w window) {
	if w.kind != financialYear && w.kind != twelveMonths && w.kind != yearToDate {
		return
	}
	var intakes []Row
	seen := map[string]bool{}
	for _, row := range ref.tables["asye_recruitment"] {
		var said strings.Builder
		said.WriteString(row.intakeMonth().String())
		for _, column := range []string{"applications", "offers", "starts"} {
			if a := row.amount(column); a.known {
				said.WriteString(" " + strconv.FormatFloat(a.value, 'g', -1, 64))
			} else {
				said.WriteString(" none")
			}
		}
		if w.has(row.intakeMonth()) && !seen[said.String()] {
			seen[said.String()] = true
			intakes = append(intakes, row)
		}
	}
	for family, column := range map[string]string{"applications": "applications", "offers": "offers", "starts": "starts"} {
		p.put("childrens_workforce_asye_"+family, "", nil, sum(intakes, func(r Row) amount { return r.amount(column) }).value)
	}
}

// intakeMonth is the first of the month, where a sheet names a month, or the date that it gives.
func (r Row) intakeMonth() Date {
	if written := r.text("cohort"); strings.Count(written, "-") == 1 {
		return Row{"cohort": written + "-01"}.date("cohort")
	}
	return r.date("cohort")
}

func staffRole(text string) string {
	return coded(text, []word{
		{"social worker", "social_worker"}, {"senior", "social_worker"}, {"senior social worker", "social_worker"},
		{"advanced_practitioner", "social_worker"}, {"advanced practitioner", "social_worker"}, {"manager", "social_worker"},
		{"team manager", "social_worker"}, {"reviewing_officer", "social_worker"},
		{"independent reviewing officer", "social_worker"},
		{"family_support", "other"}, {"family support worker", "other"}, {"personal_adviser", "other"},
		{"personal adviser", "other"}, {"administrator", "other"},
	})
}

func employment(text string) string {
	return coded(text, []word{
		{"perm", "permanent"}, {"employee", "permanent"}, {"employed", "permanent"}, {"fixed term", "permanent"},
		{"locum", "agency"}, {"interim", "agency"},
	})
}

func moveKind(text string) string {
	return coded(text, []word{
		{"joiner", "starter"}, {"start", "starter"}, {"started", "starter"}, {"leave", "leaver"}, {"left", "leaver"},
	})
}
