package reference

func attendanceMark(text string) string {
	return coded(text, coding(
		"/", "present", "\\", "present", "l", "present", "k", "present", "v", "present", "p", "present", "w", "present", "b", "present", "j", "present",
		"c", "authorised", "c1", "authorised", "c2", "authorised", "m", "authorised", "t", "authorised", "r", "authorised", "i", "authorised",
		"j1", "authorised", "s", "authorised", "e", "authorised", "f", "authorised", "h", "authorised",
		"n", "unauthorised", "o", "unauthorised", "g", "unauthorised", "u", "unauthorised",
		"d", "not_possible", "q", "not_possible", "x", "not_possible", "y", "not_possible", "y1", "not_possible", "y7", "not_possible",
		"z", "not_possible", "#", "not_possible"))
}
