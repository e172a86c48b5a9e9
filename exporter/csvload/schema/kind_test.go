package schema_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/csvload/schema"
)

func columnsThat(t *testing.T, holds func(schema.Column) bool) (names []string) {
	t.Helper()
	for _, group := range groups {
		tables, err := schema.Tables(group)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			for _, column := range table.Columns {
				if holds(column) && !slices.Contains(names, column.Name) {
					names = append(names, column.Name)
				}
			}
		}
	}
	return names
}

func TestColumnsThatEndWhatTheyDate(t *testing.T) {
	want := []string{
		"pers_death_date", "addr_address_end_date", "immi_immigration_status_end_date", "lega_legal_status_end_date",
		"earl_episode_end_date", "cine_close_date", "cina_assessment_auth_date", "cinp_cin_plan_end_date",
		"s47e_s47_end_date", "cppl_cp_plan_end_date", "miss_missing_episode_end_date", "invo_involvement_end_date",
		"link_valid_to_date", "clae_cla_episode_ceased_date", "clap_cla_placement_end_date",
		"lacp_cla_care_plan_end_date", "csdq_sdq_completed_date", "ehcr_ehcp_req_outcome_date",
		"ehca_ehcp_assessment_outcome_date", "ehcn_named_plan_ceased_date", "month_end_date", "quarter_end_date",
		"year_end_date", "fiscal_quarter_end_date", "fiscal_year_end_date", "close_date", "ends", "leaving_date",
		"period_end", "request_outcome_date", "assessment_outcome_date", "cease_date", "end_date", "completed",
		"valid_to",
	}
	if diff := cmp.Diff(want, columnsThat(t, schema.Column.EndsWhatItDates)); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}

func TestColumnsOfWhichSomeValuesMayBeLost(t *testing.T) {
	want := []string{
		"pers_forename", "pers_surname", "addr_address_json", "cont_contact_source_desc", "cont_contact_outcome_json",
		"earl_episode_organisation", "cine_referral_source_desc", "cine_referral_outcome_json",
		"cina_assessment_outcome_json", "cinf_assessment_factors_json", "s47e_s47_outcome_json",
		"icpc_icpc_outcome_json", "prof_professional_name", "prof_professional_job_title", "prof_professional_caseload",
		"prof_full_time_equivalency", "dept_team_name", "dept_team_parent_name", "clap_cla_placement_distance",
		"clap_cla_placement_provider", "lacp_cla_care_plan_json", "clac_cla_conviction_offence",
		"lapp_previous_permanence_option", "csdq_sdq_score", "perm_siblings_placed_together",
		"perm_siblings_placed_apart", "perm_number_of_adopters", "prep_cp_plans_referral_period",
		"prep_prev_pre_proc_child", "prep_prev_care_proc_child", "prep_pre_pro_meetings_num",
		"prep_care_proc_court_hearings", "answer", "day_of_month", "day_of_week_monday1", "iso_week",
		"calendar_quarter", "fiscal_quarter", "establishment_name", "statutory_low_age", "statutory_high_age",
		"school_capacity", "number_of_pupils", "sessions_possible", "sessions_authorised", "sessions_unauthorised",
		"sessions", "hours_per_week", "provider", "academic_age", "fte", "headcount", "vacant_fte", "asye_headcount",
		"working_days_lost", "working_days_available", "applications", "offers", "starts", "target", "tolerance",
		"start_value", "text", "action", "value", "numerator", "denominator", "source", "name",
	}
	if diff := cmp.Diff(want, columnsThat(t, func(c schema.Column) bool { return !c.CountsExactly() })); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}
