package reference

import (
	"fmt"
	"strings"
)

// outcomesOfContacts writes what was decided on contacts, and refers some children about the last day on which that counts.
func (g *generator) outcomesOfContacts() {
	if g.rarely(10) {
		return // a build that leaves the column empty
	}
	for _, row := range g.tables["ssd_contacts"] {
		g.set(row, "cont_contact_outcome_json", g.contactOutcome())
		contacted := row.date("cont_contact_date")
		if contacted.Known() && g.rarely(3) {
			received := contacted.Plus(pick(g, -1, 0, 1, 2, 3, 4, 6, 7, 8))
			g.add("ssd_cin_episodes", map[string]string{
				"cine_referral_id": g.newID(), "cine_person_id": row["cont_person_id"], "cine_referral_date": g.stamp(received),
				"cine_close_date": g.openEnd(received), "cine_referral_nfa": g.flag("N"), "cine_referral_team": g.teamID(),
			})
		}
	}
}

func (g *generator) contactOutcome() string {
	if g.rarely(12) {
		return pick(g, "", "{}", "null", "No further action", "NFA_FLAG: Y", `{"NFA_FLAG"`, `{"NFA_FLAG" "Y"}`)
	}
	yesses := pick(g, 0, 1, 1, 1, 2)
	keys := []string{"NEW_REFERRAL_FLAG", "EXISTING_REFERRAL_FLAG", "CP_ENQUIRY_FLAG", "NFA_FLAG", "ADVICE_FLAG", "OTHER_OUTCOMES_EXIST_FLAG"}
	g.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	var text strings.Builder
	text.WriteString("{")
	for i, key := range keys[:pick(g, 6, 6, 6, 3)] {
		value := pick(g, `"N"`, `"N"`, `""`, "null", "false", `"no"`, "0", `"?"`, `"No outcome"`, `"Nothing"`)
		if i < yesses {
			value = pick(g, `"Y"`, `"Y"`, `"Yes"`, "true", "1", `"y"`, `" Y "`, `"Yesterday"`)
		}
		fmt.Fprintf(&text, pick(g, `"%s": %s, `, `"%s":%s,`, `"%s" : %s , `), key, value)
	}
	text.WriteString(`"NUMBER_OF_OUTCOMES": 1, "COMMENTS": "` + pick(g, "", "NFA_FLAG: Y", "he said \"no\"", "S47_NFA_FLAG Y") + `"}`)
	return g.cut(text.String())
}

// cut leaves off the end of a text now and then, as a column that is too short does.
func (g *generator) cut(text string) string {
	if g.rarely(8) {
		return text[:g.IntN(len(text)+1)]
	}
	return text
}

// factorLists writes the factors found at assessments, as older and newer builds write them.
func (g *generator) factorLists() {
	for _, row := range g.tables["ssd_cin_assessments"] {
		if g.rarely(6) {
			continue
		}
		for range pick(g, 1, 1, 1, 2) {
			g.add("ssd_assessment_factors", map[string]string{
				"cinf_table_id":                g.newID(),
				"cinf_assessment_id":           pick(g, row["cina_assessment_id"], row["cina_assessment_id"], row["cina_assessment_id"], "999", "-1"),
				"cinf_assessment_factors_json": g.cut(g.factorList()),
			})
		}
	}
}

func (g *generator) factorList() string {
	var parts []string
	dictionary := g.rarely(3)
	for range g.IntN(5) {
		part := `"` + pick(g, "1A", "2B", "2B", "4B", "10A", "18B", "18C", "20", "21", "24a", " 3C ", "25A", "8A", "", "Neglect", "see file") + `"`
		if dictionary {
			part += pick(g, ": ", ":", " : ") + pick(g, `"Yes"`, `"Yes"`, `"No"`, `"no"`, "true", "false", "null", "1", "0", `""`, `"Parent, at home"`, `"N"`, `"20"`)
		} else if g.rarely(8) {
			part = pick(g, "null", "2B", `"3B`)
		}
		parts = append(parts, part)
	}
	text := strings.Join(parts, pick(g, ", ", ","))
	if dictionary {
		return "{" + text + "}"
	}
	return "[" + text + "]"
}
