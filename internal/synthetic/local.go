package synthetic

import (
	"slices"
	"strings"
)

// The sheets a council keeps beside its case system.
const localColumns = `
workforce_snapshot: snapshot_date service team_id role employment fte headcount vacant_fte asye_headcount working_days_lost working_days_available
workforce_movement: move_date kind employment role fte reason
asye_recruitment: cohort applications offers starts
supervision_session: worker_id team_id session_date kind person_id due_date
case_audit: audit_id person_id audit_date kind service team_id grade moderated
return_interview: miss_table_id returned_at offered_at held_at outcome
early_help_assessment: episode_id started completed level agency
frontdoor_decision: referral_id received_at decided_at decision
core_group: cp_plan_id meeting_date
visit_method: visit_id method recorded_at
postcode_lookup: postcode la_code
`

func (w *worker) role() string {
	switch w.title {
	case "Senior Social Worker":
		return "senior"
	case "Team Manager", "Deputy Team Manager", "Service Manager":
		return "manager"
	case "Advanced Practitioner":
		return "advanced_practitioner"
	case "Independent Reviewing Officer":
		return "reviewing_officer"
	case "Personal Adviser":
		return "personal_adviser"
	case "Family Support Worker":
		return "family_support"
	}
	return "social_worker"
}

func (w *worker) employment() string {
	if w.agency {
		return "agency"
	}
	return "permanent"
}

// moved notes a starter or a leaver.
func (s *simulation) moved(w *worker, kind string, on day) {
	if on < s.window || w.title == "Duty Team" {
		return
	}
	reason := ""
	if kind == "leaver" {
		reason = pick(s.rng, []weighted[string]{{45, "resigned"}, {15, "retired"}, {20, "contract_ended"}, {10, "internal_move"}, {10, "other"}})
	}
	s.out.write("workforce_movement", on.date(), kind, w.employment(), w.role(), decimal(w.fte), reason)
}

// countStaff writes the monthly workforce sheet, a row for each team, role and
// kind of contract; vacancies stand with the permanent social workers.
func (s *simulation) countStaff() {
	if s.today < s.window {
		return
	}
	for _, t := range s.teams {
		type group struct{ role, employment string }
		order := []group{}
		fte, heads, newly := map[group]float64{}, map[group]int{}, map[group]int{}
		for _, w := range t.workers {
			if w.title == "Duty Team" {
				continue
			}
			g := group{w.role(), w.employment()}
			if !slices.Contains(order, g) {
				order = append(order, g)
			}
			fte[g] += w.fte
			heads[g]++
			if w.newly {
				newly[g]++
			}
		}
		for _, g := range order {
			vacant := 0.0
			if g.role == "social_worker" && g.employment == "permanent" {
				vacant = float64(s.rng.roundRandomly(float64(len(t.workers)) * 0.16))
			}
			sickDays, available := s.sickness(fte[g])
			s.out.write("workforce_snapshot", s.today.date(), services()[t.kind], t.key(), g.role, g.employment,
				decimal(fte[g]), itoa(heads[g]), decimal(vacant), itoa(newly[g]), decimal(sickDays), decimal(available))
		}
	}
}

// sickness is the working days that a group lost in a month, of those it had: 3.3% over a year, more in winter.
func (s *simulation) sickness(fte float64) (sickDays, available float64) {
	available = fte * 21
	rate := 0.033
	if m := s.today.time().Month(); m <= 3 || m >= 11 {
		rate = 0.042
	} else if m >= 5 && m <= 9 {
		rate = 0.026
	}
	return min(available, float64(s.sicknessRNG.roundRandomly(available*rate*s.sicknessRNG.r.ExpFloat64()))), available
}

func (s *simulation) writeFactors(assessment int, flag string) {
	factors := []string{}
	for range s.rng.between(1, 4) {
		f := pick(s.rng, []weighted[string]{
			{22, "3B"}, {5, "3A"}, {18, "4B"}, {9, "4A"}, {9, "2B"}, {4, "2A"}, {8, "1B"}, {1, "1A"}, {5, "5A"}, {4, "6B"}, {3, "6A"},
			{2, "7A"}, {1, "8F"}, {1, "9A"}, {2, "10A"}, {2, "11A"}, {1, "12A"}, {2, "13A"}, {4, "14A"}, {4, "15A"}, {10, "16A"}, {12, "17A"},
			{2, "18B"}, {7, "18C"}, {2, "19B"}, {3, "19C"}, {5, "20"}, {0.5, "22A"}, {0.3, "23A"}, {2, "24A"},
		})
		if !slices.Contains(factors, f) {
			factors = append(factors, f)
		}
	}
	if flag == "NFA_FLAG" && s.rng.chance(0.25) {
		factors = []string{"21"}
	}
	var text strings.Builder
	text.WriteString("[")
	for i, f := range factors {
		if i > 0 {
			text.WriteString(", ")
		}
		text.WriteString(`"` + f + `"`)
	}
	s.out.write("ssd_assessment_factors", s.key("factor"), itoa(assessment), text.String()+"]")
}

func (s *simulation) assessForEarlyHelp(episode, organisation string, d day) {
	if s.rng.chance(0.15) {
		return
	}
	completed := s.calendar.plus(d, 8+int(s.rng.exponential(20)))
	level := pick(s.rng, []weighted[string]{{3, "2"}, {6, "3"}, {1, "4"}})
	s.out.write("early_help_assessment", episode, d.date(), s.untilLastDay(completed).date(), level, organisation)
}

// coreGroup is due within ten working days of the conference.
func (s *simulation) coreGroup(g *planGroup) {
	first := s.calendar.plus(g.starts, s.rng.between(5, 10))
	if s.rng.chance(0.12) {
		first = s.calendar.plus(g.starts, s.rng.between(11, 22))
	}
	for d := first; d < g.ends && d <= s.asOf; d = s.calendar.plus(d, s.rng.between(18, 32)) {
		for _, p := range g.plans {
			if d >= s.window {
				s.out.write("core_group", itoa(p.id), d.date())
			}
		}
	}
}

func (s *simulation) visitMethod(visit string, d day) {
	method := pick(s.rng, []weighted[string]{{93, "face_to_face"}, {4, "virtual"}, {3, "attempted"}})
	lag := pick(s.rng, []weighted[int]{{40, 0}, {30, 1}, {20, s.rng.between(2, 4)}, {10, s.rng.between(5, 15)}})
	recorded := min(s.calendar.plus(d, lag), s.asOf)
	s.out.write("visit_method", visit, method, s.clock(recorded, 1))
}

// needVisitMethod is about one visit to a child in need in ten written up a week or more late.
func (s *simulation) needVisitMethod(visit string, d day) {
	method := pick(s.recordsRNG, []weighted[string]{{90, "face_to_face"}, {7, "virtual"}, {3, "attempted"}})
	lag := pick(s.recordsRNG, []weighted[int]{{40, 0}, {30, 1}, {20, s.recordsRNG.between(2, 4)}, {10, s.recordsRNG.between(5, 15)}})
	s.out.write("visit_method", visit, method, min(s.calendar.plus(d, lag), s.asOf).stamp())
}

// careVisitMethod is about one visit to a child in care in thirty written up a week or two late.
func (s *simulation) careVisitMethod(visit string, d day) {
	method := pick(s.recordsRNG, []weighted[string]{{95, "face_to_face"}, {5, "virtual"}})
	lag := pick(s.recordsRNG, []weighted[int]{{70, 0}, {20, 1}, {7, s.recordsRNG.between(2, 4)}, {3, s.recordsRNG.between(5, 15)}})
	s.out.write("visit_method", visit, method, min(s.calendar.plus(d, lag), s.asOf).stamp())
}

// lookUp adds a postcode to the council's list: those in YY lie with a neighbour.
func (s *simulation) lookUp(postcode string) {
	code := s.LACode
	if strings.HasPrefix(postcode, "YY") {
		code++
	}
	s.out.write("postcode_lookup", strings.ReplaceAll(postcode, " ", ""), itoa(code))
}

func (s *simulation) returnInterview(missing string, back day, returned, offered, accepted string) {
	if returned == "" || offered != "Y" || s.rng.chance(0.05) {
		return
	}
	offeredAt := s.clock(back+s.rng.days(0, 2), 1)
	date, result := "", "refused"
	if accepted == "Y" {
		at := back + s.rng.days(1, 2)
		if s.rng.chance(0.32) {
			at = back + s.rng.days(3, 12)
		}
		date, result = s.clock(s.untilLastDay(at), 1), "completed"
	}
	s.out.write("return_interview", missing, returned, offeredAt, date, result)
}
