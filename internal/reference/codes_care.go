package reference

func legalStatus(text string) string {
	return coded(text, append(lettered("C1", "C2", "D1", "E1", "J1", "J2", "J3", "L1", "L2", "L3", "V1", "V2", "V3", "V4"),
		word{"interim care order", "C1"}, word{"full care order", "C2"}, word{"care order", "C2"},
		word{"placement order", "E1"}, word{"placement order granted", "E1"}, word{"freeing order granted", "D1"},
		word{"police protection", "L1"}, word{"emergency protection order", "L2"}, word{"section 20", "V2"}))
}

func legalGroup(code string) string {
	return map[string]string{
		"C1": "interim care order", "C2": "full care order", "V2": "section 20", "E1": "placement order", "J1": "youth justice",
		"J2": "youth justice", "J3": "youth justice", "L1": "emergency protection", "L2": "emergency protection",
		"L3": "emergency protection", "D1": "placement order",
	}[code]
}

func placementCode(text string) string {
	return coded(text, append(lettered("A3", "A4", "A5", "A6", "H5", "K1", "K2", "P1", "P2", "P3", "R1", "R2", "R3", "R5", "S1", "T0", "T1",
		"T2", "T3", "T4", "U1", "U2", "U3", "U4", "U5", "U6", "Z1"), word{"children's home", "K2"}, word{"placed with own parents", "P1"}))
}

func placementGroup(code string) string {
	switch code {
	case "U1", "U2", "U3":
		return "foster care with relatives or friends"
	case "U4", "U5", "U6":
		return "foster care"
	case "A3", "A4", "A5", "A6":
		return "placed for adoption"
	case "T0", "T1", "T2", "T3", "T4":
		return "temporary"
	case "P1":
		return "with own parents"
	case "K1":
		return "secure home"
	case "K2":
		return "children's home"
	case "H5", "P2", "P3":
		return "semi-independent or independent"
	case "S1":
		return "residential school"
	case "R1", "R2", "R3", "R5":
		return "other residential setting"
	case "Z1":
		return "other"
	}
	return ""
}

func reviewParticipation(text string) string {
	return coded(text, lettered("PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"))
}

func careStartReason(text string) string {
	return coded(text, append(lettered("S", "L", "P", "T", "B", "U"), word{"started to be looked after", "S"}))
}

func careEndReason(text string) string {
	return coded(text, append(lettered("X1", "E11", "E12", "E13", "E14", "E15", "E16", "E17", "E2", "E3", "E41", "E45", "E46", "E47", "E48",
		"E4A", "E4B", "E5", "E6", "E7", "E8", "E9"), word{"died", "E2"}, word{"sentenced to custody", "E9"}))
}

func changeReason(text string) string {
	return coded(text, append(lettered("MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED", "OTHERS"),
		word{"managing caseloads", "MANAGE"}, word{"other", "OTHERS"}))
}

func absenceKind(text string) string {
	return coded(text, []word{
		{"m", "missing"}, {"m *", "missing"}, {"missing *", "missing"}, {"a", "away"}, {"a *", "away"}, {"away *", "away"}, {"absent", "away"},
	})
}

func interviewAnswer(text string) string {
	return coded(text, []word{{"yes", "Y"}, {"1", "Y"}, {"no", "N"}, {"0", "N"}, {"n/a", "NA"}, {"not applicable", "NA"}})
}

func healthCheck(text string) string {
	return coded(text, []word{{"iha", "assessment"}, {"rha", "assessment"}, {"dentist", "dental"}, {"*health assessment*", "assessment"}, {"*dental*", "dental"}})
}

func checkStatus(text string) string {
	return coded(text, []word{{"complete", "completed"}, {"done", "completed"}, {"attended", "completed"}, {"refus*", "refused"}, {"cancel*", "cancelled"}})
}

func cameAlone(text string) bool {
	return coded(text, []word{
		{"u", "uasc"}, {"uasc *", "uasc"}, {"unaccompanied asylum*", "uasc"}, {"unaccompanied minor*", "uasc"},
		{"unaccompanied migrant child*", "uasc"},
	}) == "uasc"
}

func leaverEligibility(text string) string {
	return coded(text, []word{
		{"relevant", "relevant"}, {"former relevant", "former_relevant"}, {"eligible", "eligible"}, {"qualifying", "qualifying"},
		{"qualifying *", "qualifying"}, {"no current eligibility", "none"},
	})
}

func leaverContact(text string) string {
	return coded(text, []word{
		{"yes -*", "YES"}, {"in touch", "YES"}, {"no -*", "NO"}, {"not in touch", "NO"}, {"died *", "DIED"}, {"refu *", "REFU"},
		{"nreq *", "NREQ"}, {"rhom *", "RHOM"},
	})
}

func leaverHome(text string) string {
	return coded(text, append(lettered("B", "C", "D", "E", "G", "H", "K", "R", "S", "T", "U", "V", "W", "X", "Y", "Z"),
		word{"gone abroad", "G"}, word{"deported", "H"}, word{"residence not known", "R"}, word{"independent living*", "U"},
		word{"no fixed abode*", "S"}, word{"in custody", "X"}))
}

func leaverSuitability(text string) string {
	return coded(text, append(lettered("1", "2"), word{"suitable", "1"}, word{"accommodation is considered suitable", "1"},
		word{"unsuitable", "2"}, word{"accommodation is considered unsuitable", "2"}))
}

func leaverActivity(text string) string {
	return coded(text, append(lettered("F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5", "G4", "G5", "G6"),
		word{"young person not in education, employment or training because of illness or disability*", "G4"},
		word{"young person not in education, employment or training: other circumstances*", "G5"},
		word{"young person not in education, employment or training due to pregnancy or parenting*", "G6"},
		word{"young person engaged full time in higher education*", "F1"}))
}

// holdsInNameOnly is true of job titles in whose name cases stand that others do.
func holdsInNameOnly(title string) bool {
	excluded := word{code: "excluded"}
	words := []word{{"case manager", "holds"}}
	for _, written := range []string{
		"*manager*", "head of *", "*director*", "duty", "duty team*", "*inbox*", "*in-tray*", "*worktray*", "*unallocated*",
		"*business support*", "*administrator*", "*reviewing officer*",
	} {
		excluded.written = written
		words = append(words, excluded)
	}
	return coded(title, words) == "excluded"
}
