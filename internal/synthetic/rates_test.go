package synthetic

import (
	"testing"
	"time"
)

// The shares are those of England; a single council of chance comes near them.
func TestRatesFollowTheProfile(t *testing.T) {
	dir, _ := written(t, "wokingham", 5)
	p, _ := FindProfile("wokingham")
	cal := newCalendar(civil(2015, 1, 1), civil(2028, 1, 1))
	within := func(what string, got, low, high float64) {
		t.Helper()
		if got < low || got > high {
			t.Errorf("%s is %.3f, expected between %.3f and %.3f", what, got, low, high)
		}
	}

	within("assessments on time", share(read(t, dir, socialCare, "ssd_cin_assessments"), func(r row) (bool, bool) {
		started, ok := moment(r.cell("cina_assessment_start_date"))
		ended, done := moment(r.cell("cina_assessment_auth_date"))
		return dayOf(ended) <= cal.plus(dayOf(started), 45), ok && done
	}), p.AssessedOnTime-0.04, p.AssessedOnTime+0.04)

	strategy := map[string]time.Time{}
	for _, r := range read(t, dir, socialCare, "ssd_s47_enquiry") {
		strategy[r.cell("s47e_s47_enquiry_id")], _ = moment(r.cell("s47e_s47_start_date"))
	}
	within("conferences on time", share(read(t, dir, socialCare, "ssd_initial_cp_conference"), func(r row) (bool, bool) {
		held, ok := moment(r.cell("icpc_icpc_date"))
		from := strategy[r.cell("icpc_s47_enquiry_id")]
		return dayOf(held) <= cal.plus(dayOf(from), 15), ok && !from.IsZero()
	}), p.ConferenceOnTime-0.07, p.ConferenceOnTime+0.07)

	within("plans that end within three months", share(read(t, dir, socialCare, "ssd_cp_plans"), func(r row) (bool, bool) {
		from, ok := moment(r.cell("cppl_cp_plan_start_date"))
		to, ended := moment(r.cell("cppl_cp_plan_end_date"))
		return to.Sub(from) <= 92*24*time.Hour, ok && ended && to.Year() < 2100
	}), 0.08, 0.26)

	within("re-referrals", reReferred(t, dir), p.ReReferred-0.05, p.ReReferred+0.05)
	within("visits to children on plans on time", visitsOnTime(t, dir, cal), 0.83, 0.95)
	within("early help ended by the family", share(read(t, dir, socialCare, "ssd_early_help_episodes"), func(r row) (bool, bool) {
		reason := r.cell("earl_episode_end_reason")
		return reason == "DISENG" || reason == "CONSWD" || reason == "DECLIN", reason != ""
	}), 0.12, 0.22)

	received := map[string]time.Time{}
	for _, r := range read(t, dir, education, "ehc_request") {
		received[r.cell("request_id")], _ = moment(r.cell("received_date"))
	}
	within("EHC plans within twenty weeks", share(read(t, dir, education, "ehc_plan"), func(r row) (bool, bool) {
		issued, ok := moment(r.cell("start_date"))
		return issued.Sub(received[r.cell("request_id")]) <= 140*24*time.Hour, ok && !received[r.cell("request_id")].IsZero()
	}), p.EHCOnTime-0.08, p.EHCOnTime+0.08)
}

// share counts the rows that are so among those that count.
func share(rows []row, is func(row) (so, counts bool)) float64 {
	so, all := 0, 0
	for _, r := range rows {
		yes, counts := is(r)
		if counts {
			all++
			if yes {
				so++
			}
		}
	}
	return float64(so) / float64(all)
}

func reReferred(t *testing.T, dir string) float64 {
	t.Helper()
	rows := read(t, dir, socialCare, "ssd_cin_episodes")
	days := map[string][]time.Time{}
	for _, r := range rows {
		if at, ok := moment(r.cell("cine_referral_date")); ok {
			days[r.cell("cine_person_id")] = append(days[r.cell("cine_person_id")], at)
		}
	}
	return share(rows, func(r row) (bool, bool) {
		at, ok := moment(r.cell("cine_referral_date"))
		for _, before := range days[r.cell("cine_person_id")] {
			if before.Before(at) && !before.Before(at.AddDate(-1, 0, 0)) {
				return true, ok && at.Year() >= 2023
			}
		}
		return false, ok && at.Year() >= 2023
	})
}

// visitsOnTime looks at the first days of twelve months.
func visitsOnTime(t *testing.T, dir string, cal *calendar) float64 {
	t.Helper()
	seen := map[string][]day{}
	for _, r := range read(t, dir, socialCare, "ssd_cp_visits") {
		if at, ok := moment(r.cell("cppv_cp_visit_date")); ok && r.cell("cppv_cp_visit_seen") == "Y" {
			seen[r.cell("cppv_person_id")] = append(seen[r.cell("cppv_person_id")], dayOf(at))
		}
	}
	plans := read(t, dir, socialCare, "ssd_cp_plans")
	onTime, all := 0, 0
	for month := range 12 {
		on := dayOf(lastDay().AddDate(0, -month, 0))
		for _, r := range plans {
			from, ok := moment(r.cell("cppl_cp_plan_start_date"))
			if !ok || r.cell("cppl_cp_plan_ola") == "Y" || !r.open("cppl_cp_plan_start_date", "cppl_cp_plan_end_date", on.date()) || cal.plus(dayOf(from), 10) > on {
				continue
			}
			all++
			for _, d := range seen[r.cell("cppl_person_id")] {
				if d <= on && cal.plus(d, 10) >= on {
					onTime++
					break
				}
			}
		}
	}
	return float64(onTime) / float64(all)
}

func TestMostPlansAreOfSiblings(t *testing.T) {
	dir, _ := written(t, "small", 5)
	families := map[string]string{}
	for _, r := range read(t, dir, socialCare, "ssd_family") {
		families[r.cell("fami_person_id")] = r.cell("fami_family_id")
	}
	together := map[[2]string]int{}
	plans := read(t, dir, socialCare, "ssd_cp_plans")
	for _, r := range plans {
		together[[2]string{families[r.cell("cppl_person_id")], r.cell("cppl_cp_plan_start_date")}]++
	}
	if got := share(plans, func(r row) (bool, bool) {
		return together[[2]string{families[r.cell("cppl_person_id")], r.cell("cppl_cp_plan_start_date")}] > 1, families[r.cell("cppl_person_id")] != ""
	}); got < 0.5 {
		t.Errorf("only %.2f of plans are shared with a sibling", got)
	}
}

func TestEventsAreOnWorkingDays(t *testing.T) {
	dir, _ := written(t, "small", 5)
	for _, at := range [][2]string{
		{"ssd_cin_episodes", "cine_referral_date"}, {"ssd_initial_cp_conference", "icpc_icpc_date"}, {"ssd_cp_plans", "cppl_cp_plan_start_date"},
		{"ssd_cp_visits", "cppv_cp_visit_date"}, {"ssd_cp_reviews", "cppr_cp_review_date"}, {"ssd_cla_reviews", "clar_cla_review_date"},
	} {
		if got := share(read(t, dir, socialCare, at[0]), func(r row) (bool, bool) {
			on, ok := moment(r.cell(at[1]))
			return on.Weekday() != time.Saturday && on.Weekday() != time.Sunday, ok
		}); got < 0.96 {
			t.Errorf("%s.%s falls on a weekday in only %.3f of rows", at[0], at[1], got)
		}
	}
}
