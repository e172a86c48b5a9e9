package reference

func schoolType(text string) string {
	return coded(text, append(themselves("maintained", "academy", "free_school", "special", "independent", "college", "other"), coding(
		"4", "maintained", "10", "academy", "11", "free_school", "5", "special", "3", "independent", "1", "college",
		"2", "other", "6", "other", "9", "other", "13", "other")...))
}

func schoolStatus(text string) string {
	return coded(text, coding("1", "open", "2", "closed", "3", "closing", "4", "proposed"))
}

func inspectionFramework(text string) string {
	return coded(text, themselves("EIF_OE", "EIF_KJ", "RC2025"))
}

func inspectionGrade(text string) string {
	return coded(text, append(themselves("exceptional", "strong_standard", "expected_standard", "needs_attention", "urgent_improvement"),
		coding("1", "outstanding", "2", "good", "3", "requires_improvement", "4", "inadequate", "expected standard", "expected_standard")...))
}

func inspectionArea(text string) string {
	return coded(text, themselves(
		"quality_of_education", "behaviour_and_attitudes", "personal_development", "leadership_and_management", "early_years", "sixth_form",
		"inclusion", "curriculum_and_teaching", "achievement", "attendance_and_behaviour", "personal_development_and_wellbeing",
		"leadership_and_governance", "post_16"))
}
