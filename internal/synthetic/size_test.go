package synthetic

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

const onLastDay = "2026-11-20"

func TestSizesFollowTheProfile(t *testing.T) {
	for _, council := range []struct {
		name string
		seed uint64
	}{{"small", 1}, {"small", 7}, {"wokingham", 1}, {"typical", 1}} {
		t.Run(council.name, func(t *testing.T) {
			t.Parallel()
			compareSizes(t, council.name, council.seed)
		})
	}
}

func compareSizes(t *testing.T, name string, seed uint64) {
	dir, summary := written(t, name, seed)
	p, _ := FindProfile(name)
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 0.15*want {
			t.Errorf("%s, seed %d: %s is %.1f, the profile says %.1f", name, seed, what, got, want)
		}
	}
	care := func(table string) []row { return read(t, dir, socialCare, table) }
	school := func(table string) []row { return read(t, dir, education, table) }

	near("children in need", float64(distinct(care("ssd_cin_episodes"), "cine_person_id", func(r row) bool {
		return r.open("cine_referral_date", "cine_close_date", onLastDay)
	})), float64(p.InNeed))
	near("children on a plan", float64(distinct(care("ssd_cp_plans"), "cppl_person_id", func(r row) bool {
		return r.cell("cppl_cp_plan_ola") != "Y" && r.open("cppl_cp_plan_start_date", "cppl_cp_plan_end_date", onLastDay)
	})), float64(p.Protected))
	breaks := map[string]bool{}
	for _, r := range care("ssd_legal_status") {
		if (r.cell("lega_legal_status") == "V3" || r.cell("lega_legal_status") == "V4") && r.open("lega_legal_status_start_date", "lega_legal_status_end_date", onLastDay) {
			breaks[r.cell("lega_person_id")] = true
		}
	}
	near("children looked after", float64(distinct(care("ssd_cla_episodes"), "clae_person_id", func(r row) bool {
		return !breaks[r.cell("clae_person_id")] && r.open("clae_cla_episode_start_date", "clae_cla_episode_ceased_date", onLastDay)
	})), float64(p.LookedAfter))
	near("care leavers of 19 to 21", float64(leaversAged(t, dir, 19, 21)), float64(p.CareLeavers))
	near("mean caseload", meanCaseload(t, dir), p.Caseload)
	near("referrals of a year", float64(countSince(care("ssd_cin_episodes"), "cine_referral_date", "2025-11-21")), float64(p.Referrals))
	near("contacts of a year", float64(countSince(care("ssd_contacts"), "cont_contact_date", "2025-11-21")), float64(p.Contacts))
	near("social workers", socialWorkers(t, dir), p.SocialWorkers)

	near("EHC plans", float64(distinct(school("ehc_plan"), "plan_id", func(r row) bool { return r.open("start_date", "cease_date", onLastDay) })), float64(p.EHCPlans))
	near("home educated", float64(distinct(school("ehe_episode"), "pupil_id", func(r row) bool { return r.open("start_date", "end_date", onLastDay) })), float64(p.EHE))
	near("missing education", float64(distinct(school("cme_episode"), "pupil_id", func(r row) bool { return r.open("start_date", "end_date", onLastDay) })), float64(p.CME))
	near("pupils", float64(distinct(school("pupil_enrolment"), "pupil_id", func(r row) bool {
		return r.cell("enrol_status") != "S" && r.open("entry_date", "leaving_date", onLastDay)
	})), float64(p.Pupils))
	near("schools", float64(distinct(school("school"), "urn", func(r row) bool { return r.cell("establishment_status_code") != "2" })), float64(p.Schools))
	if summary.Rows("ssd_cp_visits") == 0 || summary.Rows("ssd_nothing") != 0 {
		t.Error("the summary does not count what was written")
	}
}

func countSince(rows []row, column, day string) int {
	n := 0
	for _, r := range rows {
		if r.cell(column) >= day && r.cell(column) <= onLastDay+" 24" {
			n++
		}
	}
	return n
}

func leaversAged(t *testing.T, dir string, low, high int) int {
	t.Helper()
	born := map[string]string{}
	for _, r := range read(t, dir, socialCare, "ssd_person") {
		born[r.cell("pers_person_id")] = r.cell("pers_dob")
	}
	return distinct(read(t, dir, socialCare, "ssd_care_leavers"), "clea_person_id", func(r row) bool {
		dob, ok := moment(born[r.cell("clea_person_id")])
		if !ok {
			return false
		}
		age := (&child{dob: dayOf(dob)}).age(dayOf(lastDay()))
		return age >= low && age <= high
	})
}

// meanCaseload is open allocated children for each full-time holder.
func meanCaseload(t *testing.T, dir string) float64 {
	t.Helper()
	part := map[string]float64{}
	for _, r := range read(t, dir, socialCare, "ssd_professionals") {
		if strings.Contains(r.cell("prof_professional_job_title"), "Manager") || r.cell("prof_professional_job_title") == "Duty Team" {
			continue
		}
		part[r.cell("prof_professional_id")] = map[string]float64{"0.8": 0.8, "0.6": 0.6, "0.5": 0.5}[r.cell("prof_full_time_equivalency")]
		if part[r.cell("prof_professional_id")] == 0 {
			part[r.cell("prof_professional_id")] = 1
		}
	}
	cases, holders := map[[2]string]bool{}, map[string]bool{}
	for _, r := range read(t, dir, socialCare, "ssd_involvements") {
		who := r.cell("invo_professional_id")
		if r.cell("invo_professional_role_id") == "CW" && part[who] > 0 && r.open("invo_involvement_start_date", "invo_involvement_end_date", onLastDay) {
			cases[[2]string{who, r.cell("invo_person_id")}] = true
			holders[who] = true
		}
	}
	fte := 0.0
	for who := range holders {
		fte += part[who]
	}
	return float64(len(cases)) / fte
}

// socialWorkers is the permanent staff of the last monthly sheet.
func socialWorkers(t *testing.T, dir string) float64 {
	t.Helper()
	latest, sum := "", 0.0
	for _, r := range read(t, dir, socialCare, "workforce_snapshot") {
		if r.cell("snapshot_date") > latest {
			latest, sum = r.cell("snapshot_date"), 0
		}
		fte, err := strconv.ParseFloat(r.cell("fte"), 64)
		if err != nil {
			t.Fatal(err)
		}
		if r.cell("employment") == "permanent" && r.cell("role") != "personal_adviser" && r.cell("role") != "family_support" {
			sum += fte
		}
	}
	return sum
}
