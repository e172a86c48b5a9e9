package pages

import (
	"slices"

	"childrens-services-exporter/exporter/board"
	"childrens-services-exporter/exporter/definition"
)

// topic is the page of one chapter.
type topic struct {
	board.Chapter
	// Tiles are the indicators at its head, at most eight.
	Tiles []string
}

// topics are the pages in the fixed order of the chapters.
func topics(c *definition.Catalogue) []topic {
	chapters := board.Chapters(c)
	all := make([]topic, len(chapters))
	for i, chapter := range chapters {
		all[i] = topic{chapter, topicTiles()[chapter.File]}
	}
	return all
}

// topicTiles are what stands at the head of a chapter's page.
func topicTiles() map[string][]string {
	return map[string][]string{
		"ehc-plans": {
			"childrens_ehcp_issued_on_time_ratio", "childrens_ehcp_open", "childrens_ehcp_requests", "childrens_ehcp_decision_on_time_ratio",
			"childrens_ehcp_assessments_overdue", "childrens_ehcp_issued", "childrens_ehcp_reviews_on_time_ratio", "childrens_ehcp_requests_refused_ratio",
		},
		"early-help": {
			"childrens_earlyhelp_open", "childrens_earlyhelp_started", "childrens_earlyhelp_closed", "childrens_earlyhelp_closed_disengaged_ratio",
			"childrens_earlyhelp_assessment_duration_mean_seconds", "childrens_earlyhelp_stepped_up_ratio", "childrens_earlyhelp_open_long",
		},
		"front-door": {
			"childrens_contacts", "childrens_referrals", "childrens_referrals_repeat_ratio", "childrens_referrals_decision_on_time_ratio",
			"childrens_assessments_completed", "childrens_assessments_on_time_ratio", "childrens_assessments_overdue", "childrens_assessments_duration_median_seconds",
		},
		"child-protection": {
			"childrens_cp_visits_on_time_ratio", "childrens_cp_visits_overdue", "childrens_cp_plans_open", "childrens_icpc_on_time_ratio",
			"childrens_cp_reviews_on_time_ratio", "childrens_cp_plans_repeat_ratio", "childrens_cp_plans_open_long_ratio", "childrens_cin_open",
		},
		"children-in-care": {
			"childrens_cla_open", "childrens_cla_visits_on_time_ratio", "childrens_cla_reviews_on_time_ratio", "childrens_cla_placements_many_ratio",
			"childrens_cla_placement_stable_ratio", "childrens_cla_social_worker_changed_ratio", "childrens_cla_placed_distant_ratio", "childrens_cla_health_assessed_ratio",
		},
		"care-leavers": {
			"childrens_careleavers", "childrens_careleavers_in_touch_ratio", "childrens_careleavers_accommodation_suitable_ratio",
			"childrens_careleavers_eet_ratio", "childrens_careleavers_neet_ratio", "childrens_careleavers_pathway_plan_current_ratio",
		},
		"missing-and-exclusions": {
			"childrens_missing_episodes", "childrens_missing_children", "childrens_missing_cla_ratio", "childrens_missing_interview_offered_ratio",
			"childrens_missing_interview_on_time_ratio", "childrens_exclusions_permanent", "childrens_exclusions_permanent_per_100_pupils", "childrens_suspensions_per_100_pupils",
		},
		"workforce": {
			"childrens_caseload_mean", "childrens_caseload_max", "childrens_caseload_over_limit_workers", "childrens_workforce_agency_ratio",
			"childrens_workforce_turnover_ratio", "childrens_workforce_vacancy_ratio", "childrens_supervision_on_time_ratio", "childrens_audit_good_or_better_ratio",
		},
		"education": {
			"childrens_attendance_absence_ratio", "childrens_attendance_persistent_ratio", "childrens_attendance_severe_ratio", "childrens_ehe_children",
			"childrens_cme_children", "childrens_cme_long_ratio", "childrens_pupils", "childrens_schools",
		},
		"post-16": {
			"childrens_post16_neet_or_unknown_ratio", "childrens_post16_neet_ratio", "childrens_post16_unknown_ratio",
			"childrens_post16_participation_ratio", "childrens_post16_september_guarantee_ratio",
		},
	}
}

// chapterOf is the page that shows an indicator.
func chapterOf(c *definition.Catalogue, name string) board.Chapter {
	indicator, err := c.Indicator(name)
	if err != nil {
		return board.Chapters(c)[0]
	}
	return board.ChapterOf(c, indicator)
}

// existing are the names that the catalogue has.
func existing(c *definition.Catalogue, names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, err := c.Indicator(name)
		return err != nil
	})
}
