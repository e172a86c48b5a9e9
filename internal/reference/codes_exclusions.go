package reference

func exclusionKind(text string) string {
	return coded(text, coding("perm", "permanent", "susp", "suspension", "fixd", "suspension", "lnch", "lunchtime"))
}

func exclusionReason(text string) string {
	return coded(text, themselves("PP", "PA", "VP", "VA", "OW", "BU", "RA", "LG", "DS", "SM", "DA", "DM", "TH", "DB", "MT", "PH"))
}

func exclusionReview(text string) string {
	return coded(text, append(themselves("upheld", "reinstated", "cancelled"), coding("overturned", "reconsider", "withdrawn", "cancelled")...))
}
