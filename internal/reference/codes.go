package reference

import "strings"

// word is what a case system writes and the code that it stands for. An asterisk stands for any run of characters.
type word struct{ written, code string }

// coded finds the code that a text stands for, in any case, or "". Whole words go before those with an asterisk.
func coded(text string, words []word) string {
	text = strings.ToLower(text)
	if text == "" {
		return ""
	}
	for _, w := range words {
		if text == strings.ToLower(w.written) || text == strings.ToLower(w.code) {
			return w.code
		}
	}
	for _, w := range words {
		if strings.Contains(w.written, "*") && like(text, strings.ToLower(w.written)) {
			return w.code
		}
	}
	return ""
}

// like matches a text against a pattern in which an asterisk stands for any run of characters.
func like(text, pattern string) bool {
	before, after, wildcard := strings.Cut(pattern, "*")
	if !wildcard {
		return text == pattern
	}
	if !strings.HasPrefix(text, before) {
		return false
	}
	for rest := text[len(before):]; ; rest = rest[1:] {
		if like(rest, after) {
			return true
		}
		if rest == "" {
			return false
		}
	}
}

// lettered are words of a code list in which systems write the code, or the code and then its meaning.
func lettered(codes ...string) []word {
	var words []word
	for _, code := range codes {
		words = append(words, word{code, code}, word{code + " *", code})
	}
	return words
}

func involvementRole(text string) string {
	return coded(text, []word{
		{"cw", "allocated"}, {"allocated case worker", "allocated"}, {"allocated worker", "allocated"},
		{"case worker", "allocated"}, {"social worker", "allocated"},
		{"16plus", "adviser"}, {"personal adviser", "adviser"}, {"leaving care personal adviser", "adviser"},
		{"iro", "other"}, {"fsw", "other"}, {"hv", "other"}, {"school", "other"},
	})
}

func referralSource(text string) string {
	return coded(text, []word{
		{"individual*family*", "1A"}, {"family member", "1A"}, {"relative", "1A"}, {"carer", "1A"},
		{"individual*acquaintance*", "1B"}, {"acquaintance", "1B"}, {"individual*self*", "1C"}, {"self", "1C"},
		{"individual*other*", "1D"}, {"schools", "2A"}, {"school", "2A"}, {"education services", "2B"},
		{"health*gp", "3A"}, {"gp", "3A"}, {"general practitioner", "3A"},
		{"health*health visitor", "3B"}, {"health visitor", "3B"}, {"health*school nurse", "3C"}, {"school nurse", "3C"},
		{"health*other primary*", "3D"}, {"health*a&e*", "3E"}, {"a&e", "3E"}, {"health*other", "3F"}, {"housing*", "4"},
		{"la services*social care*", "5A"}, {"social care", "5A"}, {"la services*internal*", "5B"}, {"la services*external*", "5C"},
		{"police", "6"}, {"other legal agency*", "7"}, {"other", "8"}, {"anonymous", "9"}, {"unknown", "10"},
	})
}

func primaryNeed(text string) string {
	return coded(text, []word{
		{"abuse or neglect", "N1"}, {"child's disability", "N2"}, {"child's disability or illness", "N2"},
		{"parental disability or illness", "N3"}, {"parent's disability or illness", "N3"}, {"family in acute stress", "N4"},
		{"family dysfunction", "N5"}, {"socially unacceptable behaviour", "N6"}, {"low income", "N7"}, {"absent parenting", "N8"},
		{"cases other than children in need", "N9"}, {"not stated", "N0"},
	})
}

func planCategory(text string) string {
	return coded(text, []word{
		{"neglect", "NEG"}, {"emotional", "EMO"}, {"emotional abuse", "EMO"}, {"physical", "PHY"}, {"physical abuse", "PHY"},
		{"sexual", "SAB"}, {"sexual abuse", "SAB"}, {"multiple*", "MUL"}, {"more than one category", "MUL"},
	})
}

func helpReason(text string) string {
	return coded(text, []word{
		{"parenting support", "parenting"}, {"domestic abuse", "domestic_abuse"}, {"school attendance", "school_attendance"},
		{"child behaviour", "child_behaviour"}, {"parental mental health", "parental_mental_health"},
		{"child mental health", "child_mental_health"}, {"housing or money", "housing_or_money"},
		{"substance misuse", "substance_misuse"}, {"send support", "send"}, {"young carer", "young_carer"},
	})
}

func helpEndReason(text string) string {
	return coded(text, []word{
		{"outmet", "outcomes_met"}, {"outcomes met", "outcomes_met"}, {"stepup", "stepped_up"}, {"step-up", "stepped_up"},
		{"step up", "stepped_up"}, {"stepped up to social care", "stepped_up"}, {"diseng", "disengaged"},
		{"family disengaged", "disengaged"}, {"conswd", "consent_withdrawn"}, {"consent withdrawn", "consent_withdrawn"},
		{"declin", "declined"}, {"support declined", "declined"}, {"univer", "stepped_down"},
		{"stepped down to universal services", "stepped_down"}, {"moved", "moved_away"}, {"moved away", "moved_away"},
		{"nfa", "no_further_action"}, {"no further action", "no_further_action"},
	})
}

func helpOrganisation(text string) string {
	return coded(text, []word{
		{"laeh", "council"}, {"council early help", "council"}, {"schpri", "primary_school"}, {"primary school", "primary_school"},
		{"schsec", "secondary_school"}, {"secondary school", "secondary_school"}, {"health service", "health"},
		{"health", "health"}, {"volsec", "voluntary_sector"}, {"voluntary sector", "voluntary_sector"},
		{"famhub", "family_hub"}, {"family hub", "family_hub"},
	})
}
