package synthetic

import "strings"

// blemish is a fault that real extracts have, put into a small share of a
// table's cells. The row counted by first always gets it, so that even a small
// council shows every kind; share 0 means that row alone.
type blemish struct {
	table, column, kind string
	first               int
	share               float64
	spoil               func(d dice, was string) string
	at                  int
}

func (b blemish) located(columns []string) blemish {
	b.at = -1
	for i, c := range columns {
		if c == b.column {
			b.at = i
		}
	}
	return b
}

func (b *blemish) strikes(d dice, row int) bool {
	return b.at >= 0 && (row == b.first || b.share > 0 && d.chance(b.share))
}

// Kinds of fault put into cells. Those that need a whole story, such as a
// second open plan, are in strange.go.
const (
	kindNoDate         = "date missing"
	kindOldSentinel    = "sentinel 1900-01-01"
	kindFarSentinel    = "sentinel 9999-12-31"
	kindFuture         = "start in the future"
	kindImpossible     = "impossible date"
	kindPlaceholder    = "placeholder team or worker"
	kindOrphan         = "parent row not there"
	kindNoPlan         = "visit without plan id"
	kindUnmapped       = "code nobody knows"
	kindBareCode       = "code where a description is usual"
	kindBrokenJSON     = "JSON cut off"
	kindFlagMissing    = "flag missing"
	kindEndBeforeStart = "ended before it started"
)

func becomes(value string) func(dice, string) string {
	return func(dice, string) string { return value }
}

func oneOf(values ...string) func(dice, string) string {
	return func(d dice, _ string) string { return anyOf(d, values) }
}

// whenEmpty changes only what is still open.
func whenEmpty(value string) func(dice, string) string {
	return func(_ dice, was string) string {
		if was == "" {
			return value
		}
		return was
	}
}

func cutOff(_ dice, was string) string { return was[:len(was)*2/3] }

// blemishes is the catalogue of faulty cells.
func blemishes(asOf day) []blemish {
	soon := func(d dice, _ string) string { return (asOf + d.days(20, 300)).stamp() }
	codeOf := func(_ dice, was string) string {
		codes := map[string]string{"Neglect": "NEG", "Emotional abuse": "EMO", "Physical abuse": "PHY", "Sexual abuse": "SAB"}
		if code := codes[was]; code != "" {
			return code
		}
		return was
	}
	list := []blemish{
		{table: "ssd_contacts", column: "cont_contact_date", kind: kindNoDate, first: 120, share: 0.002, spoil: becomes("")},
		{table: "ssd_contacts", column: "cont_contact_date", kind: kindImpossible, first: 77, spoil: becomes("2023-02-30 00:00:00")},
		{table: "ssd_contacts", column: "cont_contact_source_code", kind: kindUnmapped, first: 30, share: 0.004, spoil: becomes("99")},
		{table: "ssd_contacts", column: "cont_contact_outcome_json", kind: kindBrokenJSON, first: 12, share: 0.006, spoil: cutOff},
		{table: "ssd_cin_episodes", column: "cine_referral_date", kind: kindFuture, first: 61, share: 0.0006, spoil: soon},
		{table: "ssd_cin_episodes", column: "cine_close_date", kind: kindFarSentinel, first: -1, share: 0.02, spoil: whenEmpty("9999-12-31 00:00:00")},
		{table: "ssd_cin_episodes", column: "cine_cin_primary_need_code", kind: kindUnmapped, first: 44, share: 0.003, spoil: oneOf("NX", "")},
		{table: "ssd_cin_episodes", column: "cine_referral_outcome_json", kind: kindBrokenJSON, first: 52, share: 0.004, spoil: cutOff},
		{table: "ssd_cin_assessments", column: "cina_assessment_auth_date", kind: kindOldSentinel, first: -1, share: 0.33, spoil: whenEmpty("1900-01-01 00:00:00")},
		{table: "ssd_cin_assessments", column: "cina_referral_id", kind: kindOrphan, first: 55, share: 0.003, spoil: oneOf("-1", "3999999")},
		{table: "ssd_cin_plans", column: "cinp_cin_plan_end_date", kind: kindFarSentinel, first: -1, share: 0.02, spoil: whenEmpty("9999-12-31 00:00:00")},
		{table: "ssd_cin_visits", column: "cinv_cin_visit_date", kind: kindImpossible, first: 303, spoil: becomes("2023-02-30 00:00:00")},
		{table: "ssd_cin_visits", column: "cinv_cin_visit_seen", kind: kindFlagMissing, first: 66, share: 0.006, spoil: becomes("")},
		{table: "ssd_s47_enquiry", column: "s47e_s47_end_date", kind: kindEndBeforeStart, first: 88, share: 0.002, spoil: becomes("2019-11-04 00:00:00")},
		{table: "ssd_initial_cp_conference", column: "icpc_s47_enquiry_id", kind: kindOrphan, first: 20, share: 0.005, spoil: becomes("5499999")},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_ola", kind: kindFlagMissing, first: 9, share: 0.01, spoil: becomes("")},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_latest_category", kind: kindBareCode, first: 14, share: 0.02, spoil: codeOf},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_latest_category", kind: kindUnmapped, first: 31, share: 0.004, spoil: becomes("Not recorded")},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_end_date", kind: kindFarSentinel, first: -1, share: 0.03, spoil: whenEmpty("9999-12-31 00:00:00")},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_end_date", kind: kindOldSentinel, first: -1, share: 0.03, spoil: whenEmpty("1900-01-01 00:00:00")},
		{table: "ssd_cp_visits", column: "cppv_cp_plan_id", kind: kindNoPlan, first: 25, share: 0.02, spoil: becomes("")},
		{table: "ssd_cp_visits", column: "cppv_cp_plan_id", kind: kindOrphan, first: 90, share: 0.002, spoil: becomes("5999999")},
		{table: "ssd_cp_visits", column: "cppv_cp_visit_seen", kind: kindFlagMissing, first: 101, share: 0.004, spoil: becomes("")},
		{table: "ssd_cp_visits", column: "cppv_cp_visit_date", kind: kindFuture, first: 140, share: 0.0004, spoil: soon},
		{table: "ssd_cp_reviews", column: "cppr_cp_review_due", kind: kindNoDate, first: 33, share: 0.01, spoil: becomes("")},
		{table: "ssd_cla_placement", column: "clap_cla_placement_type", kind: kindUnmapped, first: 40, share: 0.003, spoil: oneOf("XX", "")},
		{table: "ssd_cla_visits", column: "clav_cla_id", kind: kindOrphan, first: 19, share: 0.003, spoil: oneOf("", "6599999")},
		{table: "ssd_cla_reviews", column: "clar_cla_review_due_date", kind: kindNoDate, first: 27, share: 0.008, spoil: becomes("")},
		{table: "ssd_early_help_episodes", column: "earl_episode_end_reason", kind: kindUnmapped, first: 21, share: 0.005, spoil: func(_ dice, was string) string {
			if was == "" {
				return was
			}
			return "ZZ9"
		}},
		{table: "ssd_early_help_episodes", column: "earl_episode_start_date", kind: kindFuture, first: 70, share: 0.001, spoil: soon},
		{table: "ssd_involvements", column: "invo_professional_role_id", kind: kindBareCode, first: 41, share: 0.002, spoil: func(_ dice, was string) string {
			return strings.Replace(was, "CW", "ALLOCATED CASE WORKER", 1)
		}},
		{table: "ssd_involvements", column: "invo_professional_id", kind: kindPlaceholder, first: 60, share: 0.003, spoil: oneOf("", "19999")},
		{table: "ssd_legal_status", column: "lega_legal_status_end_date", kind: kindFarSentinel, first: -1, share: 0.02, spoil: whenEmpty("9999-12-31 00:00:00")},
		{table: "ssd_person", column: "pers_dob", kind: kindNoDate, first: 222, share: 0.001, spoil: becomes("")},
		{table: "pupil_enrolment", column: "leaving_date", kind: kindImpossible, first: 200, spoil: becomes("2022-06-31")},
		{table: "pupil_enrolment", column: "urn", kind: kindOrphan, first: 210, share: 0.0005, spoil: becomes("199999")},
		{table: "ehc_request", column: "request_outcome_date", kind: kindNoDate, first: 50, share: 0.003, spoil: becomes("")},
		{table: "ehc_plan_need", column: "sen_type", kind: kindUnmapped, first: 50, share: 0.002, spoil: becomes("UNK")},
		{table: "ehe_episode", column: "primary_reason", kind: kindUnmapped, first: 24, share: 0.004, spoil: becomes("see notes")},
		{table: "ehe_episode", column: "start_date", kind: kindNoDate, first: 35, share: 0.002, spoil: becomes("")},
		{table: "cme_episode", column: "end_date", kind: kindEndBeforeStart, first: 18, share: 0.002, spoil: becomes("2019-01-07")},
	}
	for _, place := range [][2]string{
		{"ssd_cin_episodes", "cine_referral_team"}, {"ssd_cin_assessments", "cina_assessment_team"},
		{"ssd_cin_plans", "cinp_cin_plan_team"}, {"ssd_cin_plans", "cinp_cin_plan_worker_id"},
		{"ssd_s47_enquiry", "s47e_s47_completed_by_team"}, {"ssd_involvements", "invo_professional_team"},
		{"ssd_initial_cp_conference", "icpc_icpc_team"}, {"ssd_care_leavers", "clea_care_leaver_allocated_team"},
	} {
		list = append(list, blemish{
			table: place[0], column: place[1], kind: kindPlaceholder, first: 15, share: 0.008, spoil: oneOf("", "0", "-1", "SSD_PH"),
		})
	}
	return list
}
