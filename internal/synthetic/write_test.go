package synthetic

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSameSeedSameBytes(t *testing.T) {
	first, summary := written(t, "small", 42)
	again, _ := written(t, "small", 42)
	other, _ := written(t, "small", 43)
	differs := 0
	for _, table := range summary.Tables {
		path := filepath.Join(table.Source, table.Table+".csv")
		a, b, c := content(t, first, path), content(t, again, path), content(t, other, path)
		if a != b {
			t.Errorf("%s differs between two writes with one seed", path)
		}
		if a != c {
			differs++
		}
	}
	if differs < len(summary.Tables)/2 {
		t.Errorf("another seed changed only %d tables", differs)
	}
}

func content(t *testing.T, dir, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestKeysAreUnique(t *testing.T) {
	dir, _ := written(t, "small", 3)
	for _, key := range [][3]string{
		{socialCare, "ssd_person", "pers_person_id"}, {socialCare, "ssd_contacts", "cont_contact_id"},
		{socialCare, "ssd_cin_episodes", "cine_referral_id"}, {socialCare, "ssd_cin_assessments", "cina_assessment_id"},
		{socialCare, "ssd_cin_plans", "cinp_cin_plan_id"}, {socialCare, "ssd_cin_visits", "cinv_cin_visit_id"},
		{socialCare, "ssd_s47_enquiry", "s47e_s47_enquiry_id"}, {socialCare, "ssd_initial_cp_conference", "icpc_icpc_id"},
		{socialCare, "ssd_cp_plans", "cppl_cp_plan_id"}, {socialCare, "ssd_cp_visits", "cppv_cp_visit_id"},
		{socialCare, "ssd_cp_reviews", "cppr_cp_review_id"}, {socialCare, "ssd_cla_episodes", "clae_cla_episode_id"},
		{socialCare, "ssd_cla_placement", "clap_cla_placement_id"}, {socialCare, "ssd_cla_visits", "clav_cla_visit_id"},
		{socialCare, "ssd_cla_reviews", "clar_cla_review_id"}, {socialCare, "ssd_legal_status", "lega_legal_status_id"},
		{socialCare, "ssd_missing", "miss_table_id"}, {socialCare, "ssd_care_leavers", "clea_table_id"},
		{socialCare, "ssd_involvements", "invo_involvements_id"}, {socialCare, "ssd_professionals", "prof_professional_id"},
		{socialCare, "ssd_department", "dept_team_id"}, {socialCare, "ssd_early_help_episodes", "earl_episode_id"},
		{education, "school", "urn"}, {education, "pupil", "pupil_id"}, {education, "pupil_enrolment", "enrolment_id"},
		{education, "ehc_request", "request_id"}, {education, "ehc_assessment", "assessment_id"}, {education, "ehc_plan", "plan_id"},
		{education, "ehe_episode", "ehe_id"}, {education, "cme_episode", "cme_id"},
	} {
		rows := read(t, dir, key[0], key[1])
		seen := map[string]bool{}
		for _, r := range rows {
			if id := r.cell(key[2]); id == "" || seen[id] {
				t.Errorf("%s.%s holds %q more than once or empty", key[1], key[2], id)
				break
			}
			seen[r.cell(key[2])] = true
		}
		if len(rows) == 0 {
			t.Errorf("%s has no rows", key[1])
		}
	}
}

func TestMostRowsFindTheirParent(t *testing.T) {
	dir, _ := written(t, "small", 3)
	for _, link := range []struct{ source, table, column, parent, key string }{
		{socialCare, "ssd_contacts", "cont_person_id", "ssd_person", "pers_person_id"},
		{socialCare, "ssd_cin_episodes", "cine_person_id", "ssd_person", "pers_person_id"},
		{socialCare, "ssd_cin_assessments", "cina_referral_id", "ssd_cin_episodes", "cine_referral_id"},
		{socialCare, "ssd_cin_plans", "cinp_referral_id", "ssd_cin_episodes", "cine_referral_id"},
		{socialCare, "ssd_cp_plans", "cppl_person_id", "ssd_person", "pers_person_id"},
		{socialCare, "ssd_cp_visits", "cppv_cp_plan_id", "ssd_cp_plans", "cppl_cp_plan_id"},
		{socialCare, "ssd_cp_reviews", "cppr_cp_plan_id", "ssd_cp_plans", "cppl_cp_plan_id"},
		{socialCare, "ssd_cla_episodes", "clae_cla_placement_id", "ssd_cla_placement", "clap_cla_placement_id"},
		{socialCare, "ssd_cla_visits", "clav_cla_id", "ssd_cla_episodes", "clae_cla_id"},
		{socialCare, "ssd_cla_reviews", "clar_cla_id", "ssd_cla_episodes", "clae_cla_id"},
		{socialCare, "ssd_involvements", "invo_professional_id", "ssd_professionals", "prof_professional_id"},
		{socialCare, "ssd_involvements", "invo_professional_team", "ssd_department", "dept_team_id"},
		{education, "pupil_enrolment", "urn", "school", "urn"},
		{education, "ehc_assessment", "request_id", "ehc_request", "request_id"},
		{education, "ehc_plan_need", "plan_id", "ehc_plan", "plan_id"},
	} {
		parents := map[string]bool{}
		for _, r := range read(t, dir, link.source, link.parent) {
			parents[r.cell(link.key)] = true
		}
		rows, matched := read(t, dir, link.source, link.table), 0
		for _, r := range rows {
			if parents[r.cell(link.column)] {
				matched++
			}
		}
		if share := float64(matched) / float64(len(rows)); share < 0.95 {
			t.Errorf("%s.%s finds its parent for %.3f of %d rows", link.table, link.column, share, len(rows))
		}
	}
}

func TestEveryFaultOccurs(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3} {
		_, summary := written(t, "small", seed)
		for _, kind := range []string{
			kindNoDate, kindOldSentinel, kindFarSentinel, kindFuture, kindImpossible, kindPlaceholder, kindOrphan, kindNoPlan,
			kindUnmapped, kindBareCode, kindBrokenJSON, kindFlagMissing, kindEndBeforeStart, kindTwoPlans, kindRepeatReferral,
			kindUnborn, kindDeadOpen, kindForeignPlan, kindTransferIn, kindAdultOpen, kindMissingPerson, kindStaleEarlyHelp,
		} {
			if summary.Faults[kind] == 0 {
				t.Errorf("seed %d: no row with %q", seed, kind)
			}
		}
		if n := summary.Faults[kindImpossible]; n > 4 {
			t.Errorf("seed %d: %d impossible dates are too many to be a slip", seed, n)
		}
	}
}

func TestUnknownProfile(t *testing.T) {
	if _, err := FindProfile("atlantis"); err == nil {
		t.Error("a profile nobody wrote was found")
	}
}
