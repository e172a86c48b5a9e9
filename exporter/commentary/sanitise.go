package commentary

import (
	"strings"
	"unicode"
)

// Sanitise makes a text safe to show in a label, a table or a page: one line without control characters and without marks
// that change the direction of writing, and with brackets that no browser reads as markup. Quotes, accents and emoji stay.
func Sanitise(text string) string {
	var safe strings.Builder
	for _, letter := range text {
		switch {
		case letter == '<':
			safe.WriteRune('‹')
		case letter == '>':
			safe.WriteRune('›')
		case unicode.IsSpace(letter):
			safe.WriteByte(' ')
		case letter == '\u200d' || letter == '\ufe0f':
			// Joins the parts of an emoji.
			safe.WriteRune(letter)
		case unicode.IsControl(letter) || unicode.Is(unicode.Cf, letter) || letter == unicode.ReplacementChar:
		default:
			safe.WriteRune(letter)
		}
	}
	return strings.Join(strings.Fields(safe.String()), " ")
}
