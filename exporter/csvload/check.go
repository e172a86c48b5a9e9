package csvload

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// check returns a value as PostgreSQL takes it, or the reason why the column cannot hold it. The value is not blank.
type check func(value string, zone *time.Location) (accepted, reason string)

var typeText = regexp.MustCompile(`^([a-z ]+?) ?(?:\((\d+)(?:,(-?\d+))?\))?( with(?:out)? time zone)?$`)

// checkFor reads a type as the DDL or as format_type writes it.
func checkFor(typ string, reading dateReading) (check, bool) {
	parts := typeText.FindStringSubmatch(typ)
	if parts == nil {
		return nil, false
	}
	// A missing modifier reads as 0, which no type allows.
	size, _ := strconv.Atoi(parts[2])
	scale, _ := strconv.Atoi(parts[3])
	switch parts[1] {
	case "varchar", "character varying", "char", "character", "text":
		return checkText(size), true
	case "smallint":
		return checkWholeNumber(16), true
	case "integer":
		return checkWholeNumber(32), true
	case "bigint":
		return checkWholeNumber(64), true
	case "double precision":
		return checkNumber(math.Inf(1)), true
	case "real":
		return checkNumber(math.MaxFloat32), true
	case "numeric":
		if size == 0 {
			return checkNumber(math.Inf(1)), true
		}
		// Rounding to the scale must not carry into one digit more than fit.
		return checkNumber(math.Pow10(size-scale) - math.Pow10(-scale)/2), true
	case "boolean":
		return checkBoolean, true
	case "date":
		return checkTimestamp(dateOnly, reading), true
	case "timestamp":
		if parts[4] == " with time zone" {
			return checkTimestamp(dateTimeAndZone, reading), true
		}
		return checkTimestamp(dateAndTime, reading), true
	}
	return nil, false
}

// checkText counts characters, not bytes, after it has taken away the blanks that fixed-width columns are padded with.
// PowerShell writes a bit as True or False where the standard dataset has Y or N.
func checkText(limit int) check {
	tooLong := "is longer than " + formatCount(limit, "character")
	return func(value string, _ *time.Location) (string, string) {
		value = trimBlanks(value)
		if limit > 0 && len(value) > limit && utf8.RuneCountInString(value) > limit {
			switch {
			case limit <= 2 && strings.EqualFold(value, "true"):
				return "Y", ""
			case limit <= 2 && strings.EqualFold(value, "false"):
				return "N", ""
			}
			return "", tooLong
		}
		if strings.IndexByte(value, 0) >= 0 {
			return "", "holds a NUL character"
		}
		return value, ""
	}
}

func checkWholeNumber(bits int) check {
	return func(value string, _ *time.Location) (string, string) {
		value = strings.TrimSpace(value)
		_, err := strconv.ParseInt(value, 10, bits)
		switch {
		case errors.Is(err, strconv.ErrRange):
			return "", "is too large"
		case err != nil:
			return "", "is not a whole number"
		}
		return value, ""
	}
}

// checkNumber takes a number whose size is below the limit.
func checkNumber(limit float64) check {
	return func(value string, _ *time.Location) (string, string) {
		value = strings.TrimSpace(value)
		// The alphabet keeps out what Go reads and PostgreSQL does not, or no council means: 0x1p4, 1_000, NaN, Inf.
		if !containsOnly(value, "0123456789+-.eE") {
			return "", "is not a number"
		}
		n, err := strconv.ParseFloat(value, 64)
		mantissa, _, _ := strings.Cut(strings.ToLower(value), "e")
		switch {
		case err == nil && n == 0 && strings.ContainsAny(mantissa, "123456789"):
			return "", "is too small"
		case math.IsInf(n, 0) || err == nil && math.Abs(n) >= limit:
			return "", "is too large"
		case err != nil:
			return "", "is not a number"
		}
		return value, ""
	}
}

func checkBoolean(value string, _ *time.Location) (string, string) {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "y", "yes", "1", "t", "true":
		return "t", ""
	case "n", "no", "0", "f", "false":
		return "f", ""
	}
	return "", "is neither yes nor no"
}

func containsOnly(value, alphabet string) bool {
	for i := range len(value) {
		if strings.IndexByte(alphabet, value[i]) < 0 {
			return false
		}
	}
	return value != ""
}
