package reference

// coding makes words of pairs: what is written, and the code.
func coding(pairs ...string) []word {
	var words []word
	for i := 0; i+1 < len(pairs); i += 2 {
		words = append(words, word{pairs[i], pairs[i+1]})
	}
	return words
}

// themselves are codes that systems write as they are.
func themselves(codes ...string) []word {
	var words []word
	for _, code := range codes {
		words = append(words, word{code, code})
	}
	return words
}

func pupilSex(text string) string {
	return coded(text, coding("f", "F", "female", "F", "m", "M", "male", "M"))
}

func enrolmentStatus(text string) string {
	return coded(text, themselves("C", "M", "S", "G", "F", "O"))
}

func schoolPhase(text string) string {
	return coded(text, append(themselves("nursery", "primary", "secondary", "post16", "all_through", "special", "ap"),
		coding("1", "nursery", "2", "primary", "3", "primary", "4", "secondary", "5", "secondary", "6", "post16", "7", "all_through")...))
}

func senType(text string) string {
	return coded(text, themselves("ASD", "DS", "HI", "MLD", "MSI", "NSA", "OTH", "PD", "PMLD", "SEMH", "SLCN", "SLD", "SPLD", "VI"))
}

func senProvision(text string) string {
	return coded(text, themselves("N", "K", "E"))
}

func requestSource(text string) string {
	return coded(text, append(themselves("parent", "young_person", "school", "health", "social_care", "other"),
		coding("parent or carer", "parent", "young person", "young_person", "social care", "social_care")...))
}

// ehcOutcome is what came of a request or of an assessment: yes, no, awaited, withdrawn or a matter of earlier years.
func ehcOutcome(text string) string {
	return coded(text, themselves("Y", "N", "A", "W", "H"))
}

func reviewDecision(text string) string {
	return coded(text, themselves("C", "A", "E"))
}

func homeEnd(text string) string {
	return coded(text, append(themselves("returned_to_school", "moved_away", "school_attendance_order", "became_cme", "over_age", "other"),
		coding("returned to school", "returned_to_school", "moved away", "moved_away")...))
}

func missingEnd(text string) string {
	return coded(text, append(themselves("school_place_taken", "home_educated", "moved_away", "located_elsewhere", "over_age", "other"),
		coding("school place taken", "school_place_taken", "moved away", "moved_away")...))
}

func ehcPlacement(text string) string {
	return coded(text, append(themselves("mainstream", "special", "independent", "ap", "fe", "ehe", "other", "none"),
		coding("special school", "special", "elective home education", "ehe")...))
}

func educationStatus(text string) string {
	return coded(text, append(themselves("CIN", "CPP", "CLA", "ever", "none"),
		coding("child in need", "CIN", "cp", "CPP", "lac", "CLA", "no", "none", "never", "none")...))
}

func homeReason(text string) string {
	return coded(text, append(themselves("school_place", "school_preference", "dissatisfaction_send", "dissatisfaction_bullying",
		"dissatisfaction_general", "covid_health", "lifestyle_choice", "mental_health", "philosophical", "physical_health", "religious",
		"risk_of_exclusion", "permanent_exclusion", "school_pressure", "other", "unknown", "not_given"),
		coding("lifestyle choice", "lifestyle_choice", "religious reasons", "religious", "mental health", "mental_health",
			"parent gave no reason", "not_given")...))
}

func homeSuitability(text string) string {
	return coded(text, append(themselves("suitable", "unsuitable", "not_yet"), coding("not suitable", "unsuitable", "not assessed", "not_yet")...))
}

func missingReason(text string) string {
	return coded(text, append(themselves("application_awaiting_outcome", "moved_into_area", "whereabouts_unknown", "unsuitable_home_education",
		"no_school_place", "left_after_exclusion", "returned_from_abroad", "other"),
		coding("school application awaiting outcome", "application_awaiting_outcome")...))
}
