package reference

func youngPersonActivity(text string) string {
	words := coding("310", "apprenticeship", "320", "work with study", "381", "work with study", "210", "school sixth form",
		"220", "sixth-form college", "230", "further education", "710", "other", "720", "other")
	for name, codes := range map[string][]string{
		"school age":      {"110", "120", "130", "140", "150"},
		"other education": {"240", "250", "260", "270", "280", "290"},
		"work":            {"330", "340", "350", "360", "380"},
		"training":        {"410", "430", "440", "450", "460", "530"},
		"NEET":            {"540", "550", "610", "615", "616", "619", "620", "630", "640", "650", "660", "670", "680"},
		"not known":       {"810", "820", "830"},
	} {
		for _, code := range codes {
			words = append(words, word{code, name})
		}
	}
	return coded(text, words)
}

// leftCohort is true of the statuses that take a young person out of the authority's cohort.
func leftCohort(text string) bool {
	return coded(text, coding("a", "left", "l", "left", "t", "left", "e", "left", "m", "left", "d", "left")) == "left"
}

func guaranteeOffer(text string) string {
	return coded(text, coding("offer", "offer", "offered", "offer", "made", "offer", "accepted", "offer", "y", "offer", "yes", "offer",
		"1", "offer", "true", "offer", "none", "none", "no offer", "none", "n", "none", "no", "none", "0", "none", "false", "none"))
}
