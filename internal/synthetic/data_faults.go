package synthetic

import "strings"

// fault is an error that real extracts have, put into a small share of a
// table's cells. The row numbered firstRow always gets it, so that even a small
// council shows every kind; share 0 means that row alone.
type fault struct {
	table, column, kind string
	firstRow            int
	share               float64
	corrupt             func(d rng, was string) string
	index               int
}

func (b fault) withIndex(columns []string) fault {
	b.index = -1
	for i, c := range columns {
		if c == b.column {
			b.index = i
		}
	}
	return b
}

func (b *fault) applies(d rng, row int) bool {
	return b.index >= 0 && (row == b.firstRow || b.share > 0 && d.chance(b.share))
}

// Kinds of fault put into cells. Those that need several rows, such as a
// second open plan, are in edge_cases.go.
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

func constant(value string) func(rng, string) string {
	return func(rng, string) string { return value }
}

func anyValue(values ...string) func(rng, string) string {
	return func(d rng, _ string) string { return anyOf(d, values) }
}

// ifEmpty replaces an empty cell only: a date of what is still open.
func ifEmpty(value string) func(rng, string) string {
	return func(_ rng, was string) string {
		if was == "" {
			return value
		}
		return was
	}
}

func truncate(_ rng, was string) string { return was[:len(was)*2/3] }

// dataFaults lists the faults of all tables.
func dataFaults(asOf day) []fault {
	soon := func(d rng, _ string) string { return (asOf + d.days(20, 300)).stamp() }
	codeOf := func(_ rng, was string) string {
		codes := map[string]string{"Neglect": "NEG", "Emotional abuse": "EMO", "Physical abuse": "PHY", "Sexual abuse": "SAB"}
		if code := codes[was]; code != "" {
			return code
		}
		return was
	}
	list := []fault{
		{table: "ssd_contacts", column: "cont_contact_date", kind: kindNoDate, firstRow: 120, share: 0.002, corrupt: constant("")},
		{table: "ssd_contacts", column: "cont_contact_date", kind: kindImpossible, firstRow: 77, corrupt: constant("2023-02-30 00:00:00")},
		{table: "ssd_contacts", column: "cont_contact_source_code", kind: kindUnmapped, firstRow: 30, share: 0.004, corrupt: constant("99")},
		{table: "ssd_contacts", column: "cont_contact_outcome_json", kind: kindBrokenJSON, firstRow: 12, share: 0.006, corrupt: truncate},
		{table: "ssd_cin_episodes", column: "cine_referral_date", kind: kindFuture, firstRow: 61, share: 0.0006, corrupt: soon},
		{table: "ssd_cin_episodes", column: "cine_close_date", kind: kindFarSentinel, firstRow: -1, share: 0.02, corrupt: ifEmpty("9999-12-31 00:00:00")},
		{table: "ssd_cin_episodes", column: "cine_cin_primary_need_code", kind: kindUnmapped, firstRow: 44, share: 0.003, corrupt: anyValue("NX", "")},
		{table: "ssd_cin_episodes", column: "cine_referral_outcome_json", kind: kindBrokenJSON, firstRow: 52, share: 0.004, corrupt: truncate},
		{table: "ssd_cin_assessments", column: "cina_assessment_auth_date", kind: kindOldSentinel, firstRow: -1, share: 0.33, corrupt: ifEmpty("1900-01-01 00:00:00")},
		{table: "ssd_cin_assessments", column: "cina_referral_id", kind: kindOrphan, firstRow: 55, share: 0.003, corrupt: anyValue("-1", "3999999")},
		{table: "ssd_cin_plans", column: "cinp_cin_plan_end_date", kind: kindFarSentinel, firstRow: -1, share: 0.02, corrupt: ifEmpty("9999-12-31 00:00:00")},
		{table: "ssd_cin_visits", column: "cinv_cin_visit_date", kind: kindImpossible, firstRow: 303, corrupt: constant("2023-02-30 00:00:00")},
		{table: "ssd_cin_visits", column: "cinv_cin_visit_seen", kind: kindFlagMissing, firstRow: 66, share: 0.006, corrupt: constant("")},
		{table: "ssd_s47_enquiry", column: "s47e_s47_end_date", kind: kindEndBeforeStart, firstRow: 88, share: 0.002, corrupt: constant("2019-11-04 00:00:00")},
		{table: "ssd_initial_cp_conference", column: "icpc_s47_enquiry_id", kind: kindOrphan, firstRow: 20, share: 0.005, corrupt: constant("5499999")},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_ola", kind: kindFlagMissing, firstRow: 9, share: 0.01, corrupt: constant("")},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_latest_category", kind: kindBareCode, firstRow: 14, share: 0.02, corrupt: codeOf},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_latest_category", kind: kindUnmapped, firstRow: 31, share: 0.004, corrupt: constant("Not recorded")},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_end_date", kind: kindFarSentinel, firstRow: -1, share: 0.03, corrupt: ifEmpty("9999-12-31 00:00:00")},
		{table: "ssd_cp_plans", column: "cppl_cp_plan_end_date", kind: kindOldSentinel, firstRow: -1, share: 0.03, corrupt: ifEmpty("1900-01-01 00:00:00")},
		{table: "ssd_cp_visits", column: "cppv_cp_plan_id", kind: kindNoPlan, firstRow: 25, share: 0.02, corrupt: constant("")},
		{table: "ssd_cp_visits", column: "cppv_cp_plan_id", kind: kindOrphan, firstRow: 90, share: 0.002, corrupt: constant("5999999")},
		{table: "ssd_cp_visits", column: "cppv_cp_visit_seen", kind: kindFlagMissing, firstRow: 101, share: 0.004, corrupt: constant("")},
		{table: "ssd_cp_visits", column: "cppv_cp_visit_date", kind: kindFuture, firstRow: 140, share: 0.0004, corrupt: soon},
		{table: "ssd_cp_reviews", column: "cppr_cp_review_due", kind: kindNoDate, firstRow: 33, share: 0.01, corrupt: constant("")},
		{table: "ssd_cla_placement", column: "clap_cla_placement_type", kind: kindUnmapped, firstRow: 40, share: 0.003, corrupt: anyValue("XX", "")},
		{table: "ssd_cla_visits", column: "clav_cla_id", kind: kindOrphan, firstRow: 19, share: 0.003, corrupt: anyValue("", "6599999")},
		{table: "ssd_cla_reviews", column: "clar_cla_review_due_date", kind: kindNoDate, firstRow: 27, share: 0.008, corrupt: constant("")},
		{table: "ssd_early_help_episodes", column: "earl_episode_end_reason", kind: kindUnmapped, firstRow: 21, share: 0.005, corrupt: func(_ rng, was string) string {
			if was == "" {
				return was
			}
			return "ZZ9"
		}},
		{table: "ssd_early_help_episodes", column: "earl_episode_start_date", kind: kindFuture, firstRow: 70, share: 0.001, corrupt: soon},
		{table: "ssd_involvements", column: "invo_professional_role_id", kind: kindBareCode, firstRow: 41, share: 0.002, corrupt: func(_ rng, was string) string {
			return strings.Replace(was, "CW", "ALLOCATED CASE WORKER", 1)
		}},
		{table: "ssd_involvements", column: "invo_professional_id", kind: kindPlaceholder, firstRow: 60, share: 0.003, corrupt: anyValue("", "19999")},
		{table: "ssd_legal_status", column: "lega_legal_status_end_date", kind: kindFarSentinel, firstRow: -1, share: 0.02, corrupt: ifEmpty("9999-12-31 00:00:00")},
		{table: "ssd_person", column: "pers_dob", kind: kindNoDate, firstRow: 222, share: 0.001, corrupt: constant("")},
		{table: "pupil_enrolment", column: "leaving_date", kind: kindImpossible, firstRow: 200, corrupt: constant("2022-06-31")},
		{table: "pupil_enrolment", column: "urn", kind: kindOrphan, firstRow: 210, share: 0.0005, corrupt: constant("199999")},
		{table: "ehc_request", column: "request_outcome_date", kind: kindNoDate, firstRow: 50, share: 0.003, corrupt: constant("")},
		{table: "ehc_plan_need", column: "sen_type", kind: kindUnmapped, firstRow: 50, share: 0.002, corrupt: constant("UNK")},
		{table: "ehe_episode", column: "primary_reason", kind: kindUnmapped, firstRow: 24, share: 0.004, corrupt: constant("see notes")},
		{table: "ehe_episode", column: "start_date", kind: kindNoDate, firstRow: 35, share: 0.002, corrupt: constant("")},
		{table: "cme_episode", column: "end_date", kind: kindEndBeforeStart, firstRow: 18, share: 0.002, corrupt: constant("2019-01-07")},
	}
	for _, place := range [][2]string{
		{"ssd_cin_episodes", "cine_referral_team"}, {"ssd_cin_assessments", "cina_assessment_team"},
		{"ssd_cin_plans", "cinp_cin_plan_team"}, {"ssd_cin_plans", "cinp_cin_plan_worker_id"},
		{"ssd_s47_enquiry", "s47e_s47_completed_by_team"}, {"ssd_involvements", "invo_professional_team"},
		{"ssd_initial_cp_conference", "icpc_icpc_team"}, {"ssd_care_leavers", "clea_care_leaver_allocated_team"},
	} {
		list = append(list, fault{
			table: place[0], column: place[1], kind: kindPlaceholder, firstRow: 15, share: 0.008, corrupt: anyValue("", "0", "-1", "SSD_PH"),
		})
	}
	return list
}
