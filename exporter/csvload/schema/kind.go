package schema

import (
	"regexp"
	"strings"
)

var (
	identifierName = regexp.MustCompile(`(^|_)(id|urn|upn|uln)$`)
	codeName       = regexp.MustCompile(`(^|_)(code|cohort|la|number|year|reason|type|grade|effectiveness)$`)
	freeName       = regexp.MustCompile(`(^|_)(name|forename|surname|json|desc|text|remark|action|provider)(_|$)`)
	endName        = regexp.MustCompile(`(^|_)(end|ends|ended|close|closed|cease|ceased|leaving|completed|auth|outcome|decided|death|valid_to)(_date)?$`)
	dateType       = regexp.MustCompile(`^(date|timestamp)\b`)
	shortText      = regexp.MustCompile(`^(?:varchar|character varying)\((?:\d{1,2}|100)\)$`)
	fixedText      = regexp.MustCompile(`^(?:char|character|boolean)\b`)
)

// IsIdentifier says whether a column holds identifiers of people, cases or schools.
func (c Column) IsIdentifier() bool { return identifierName.MatchString(c.Name) }

// IsDate says whether a column holds days or moments.
func (c Column) IsDate() bool { return dateType.MatchString(c.Type) }

// EndsWhatItDates says whether a row without this date is taken for open: a case, a plan or an enquiry that goes on.
func (c Column) EndsWhatItDates() bool { return c.IsDate() && endName.MatchString(c.Name) }

// CountsExactly says whether one value that is lost changes a number: dates, identifiers, flags and codes, and what the
// table requires. The others are names, free text and amounts.
func (c Column) CountsExactly() bool {
	switch {
	case c.NotNull, c.IsDate(), c.IsIdentifier(), codeName.MatchString(c.Name):
		return true
	case freeName.MatchString(c.Name):
		return false
	case fixedText.MatchString(c.Type) && !strings.HasPrefix(c.Type, "character varying"), shortText.MatchString(c.Type):
		return true
	}
	return false
}

// TakesNone says whether the word None is a code in this column, not Python's way to write nothing.
func (c Column) TakesNone() bool {
	switch c.Name {
	case "known_to_social_care", "september_guarantee_offer", "disa_disability_code", "sen_provision":
		return true
	}
	return false
}

// Identifies names what the identifiers of a column identify, so that those of two tables can be compared: person_id for
// cine_person_id and for moth_childs_person_id. It is "" where they identify no more than a row.
func (c Column) Identifies() string {
	name := c.Name
	switch {
	case !c.IsIdentifier(), strings.HasSuffix(name, "table_id"), strings.HasSuffix(name, "role_id"), strings.HasSuffix(name, "legacy_id"):
		return ""
	case strings.HasSuffix(name, "person_id"):
		return "person_id"
	case len(name) > 5 && name[4] == '_':
		return name[5:]
	}
	return name
}
