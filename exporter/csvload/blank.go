package csvload

import "strings"

// trimBlanks takes away what pads a value: blanks, and the NUL characters and unbreakable blanks of some exports.
func trimBlanks(field string) string {
	if field == "" || field[0] > ' ' && field[0] < 0xc2 && field[len(field)-1] > ' ' && field[len(field)-1] < 0x80 {
		return field
	}
	return strings.Trim(field, " \t\u00a0")
}

// isBlank knows the ways in which exports write nothing: SQL Server's bcp writes an empty string as a NUL character, its
// other programs and Python, Excel and PostgreSQL each have a word, and fixed-width columns come padded.
func isBlank(field string, takesNone bool) bool {
	if len(field) > 0 && field[0] > ' ' && strings.IndexByte("nN(#<\\\xc2", field[0]) < 0 {
		return false
	}
	switch field = strings.Trim(field, " \t\x00\u00a0"); field {
	case "", "NULL", "null", "(null)", "(NULL)", "<null>", "<NULL>", `\N`, "N/A", "n/a", "#N/A", "NaT", "nan", "NaN":
		return true
	case "None":
		return !takesNone
	}
	return false
}
