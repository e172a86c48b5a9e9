package csvload

import (
	"fmt"
	"regexp"

	"childrens-services-exporter/exporter/csvload/schema"
)

// What a spreadsheet makes of an identifier: several people become one, or a person no longer has their cases.
var (
	roundedNumber  = regexp.MustCompile(`^\d([.,]\d+)?[eE]\+\d+$`)
	decimalNumber  = regexp.MustCompile(`^\d+[.,]0+$`)
	groupedNumber  = regexp.MustCompile(`^\d{1,3}(,\d{3})+$`)
	spoiledFormula = regexp.MustCompile(`^#(REF|VALUE|NAME|DIV/0|NUM|####*)[!?]?$|^#+$`)
)

// identifierEvidence is what the values of one column show of whether a spreadsheet has spoiled them.
type identifierEvidence struct {
	spoiled     int
	spoiledLine int
	whole       int // made of digits only, two at least
	zeros       int // of those, with a zero first
	shortest    int
}

func (i *identifierEvidence) add(value string, line int) {
	value = trimBlanks(value)
	digits := 0
	for digits < len(value) && value[digits] >= '0' && value[digits] <= '9' {
		digits++
	}
	if digits < len(value) {
		if (digits > 0 || value[0] == '#') && (roundedNumber.MatchString(value) || decimalNumber.MatchString(value) ||
			groupedNumber.MatchString(value) || spoiledFormula.MatchString(value)) {
			if i.spoiled++; i.spoiledLine == 0 {
				i.spoiledLine = line
			}
		}
		return
	}
	if digits < 2 {
		return
	}
	i.whole++
	if value[0] == '0' {
		i.zeros++
	}
	if i.shortest == 0 || digits < i.shortest {
		i.shortest = digits
	}
}

// zerosLost says whether another column of the same identifiers has the zeros in front that this one lacks.
func (i *identifierEvidence) zerosLost(other *identifierEvidence) bool {
	return i.whole > 0 && i.zeros == 0 && other.zeros > 0 && i.shortest < other.shortest
}

// identifierProblems lists the columns whose identifiers a spreadsheet has spoiled, over all extracts.
func identifierProblems(extracts []*extract, allowed allowList) (problems []string) {
	type place struct {
		*extract
		column   schema.Column
		evidence *identifierEvidence
	}
	whole := map[string]place{}
	for _, e := range extracts {
		for i := range e.surveys {
			s := &e.surveys[i]
			name := s.column.Identifies()
			if s.identifiers == nil || name == "" || s.identifiers.zeros == 0 {
				continue
			}
			if other, ok := whole[name]; !ok || other.evidence.shortest < s.identifiers.shortest {
				whole[name] = place{e, s.column, s.identifiers}
			}
		}
	}
	for _, e := range extracts {
		for i := range e.surveys {
			s := &e.surveys[i]
			if s.identifiers == nil || allowed.column(e.table.Name, s.column.Name) {
				continue
			}
			if s.identifiers.spoiled > 0 {
				problems = append(problems, fmt.Sprintf("%s, line %d: %s has %s that a spreadsheet has rewritten:"+
					" expected identifiers as the case system has them; export again without opening the file in a spreadsheet",
					e.name, s.identifiers.spoiledLine, s.column.Name, formatCount(s.identifiers.spoiled, "identifier")))
			}
			if other, ok := whole[s.column.Identifies()]; ok && s.identifiers.zerosLost(other.evidence) {
				problems = append(problems, fmt.Sprintf("%s, line 1: %s has lost the zeros in front that %s.%s has:"+
					" expected identifiers as the case system has them; export again without opening the file in a spreadsheet",
					e.name, s.column.Name, other.table.Name, other.column.Name))
			}
		}
	}
	return problems
}
