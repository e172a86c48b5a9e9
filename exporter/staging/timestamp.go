package staging

import "slices"

func isTime(dataType string) bool {
	return slices.Contains([]string{"date", "timestamp", "timestamptz"}, dataType)
}

// date cuts a column to the civil date in Europe/London, before any arithmetic.
func (s *Staging) date(source tableColumn) string {
	if source.dataType == "date" {
		return source.name
	}
	return "(" + s.timestamp(source) + ")::date"
}

// month is the first day of a month that a sheet writes as 2026-03, or the date that
// it writes instead.
func (s *Staging) month(source tableColumn) string {
	if isTime(source.dataType) {
		return s.date(source)
	}
	text := "btrim(" + source.name + "::text)"
	return "case when " + text + " ~ '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$' then (" + text + " || '-01')::date else " + s.date(source) + " end"
}

// timestamp is local time without a zone.
func (s *Staging) timestamp(source tableColumn) string {
	switch {
	case source.dataType == "timestamptz":
		return "(" + source.name + toLondon + ")"
	case source.dataType == "timestamp" && s.utc:
		return "(" + source.name + utcToLondon + ")"
	case isTime(source.dataType):
		return source.name + "::timestamp"
	}
	return s.textTimestamp(source.name + "::text")
}

const (
	toLondon    = " at time zone 'Europe/London'"
	utcToLondon = " at time zone 'UTC' at time zone 'Europe/London'"
)

// textTimestamp reads ISO and day/month/year text behind a pattern and a check of
// the calendar, in nested cases, since only a case keeps PostgreSQL from a cast that
// would fail. A text with a zone is moved to local time; one with a date alone means
// that date whatever the zone.
func (s *Staging) textTimestamp(column string) string {
	const day = "(1[89]|2[0-9]|99)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
	const clock = "[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?"
	const zone = " ?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])"
	iso := "regexp_replace(btrim(" + column + "), '^([0-9]{2})/([0-9]{2})/([0-9]{4})', '\\3-\\2-\\1')"
	lastDay := "extract(day from make_date(substr(" + iso + ", 1, 4)::integer, substr(" + iso + ", 6, 2)::integer, 1)" +
		" + interval '1 month - 1 day')"
	unzoned := iso + "::timestamp"
	if s.utc {
		unzoned = "case when " + iso + " ~ '" + clock + "$' then " + iso + "::timestamp" + utcToLondon + " else " + unzoned + " end"
	}
	return "case when " + iso + " ~ '^" + day + "(" + clock + "(" + zone + ")?)?$'" +
		" then case when substr(" + iso + ", 9, 2)::integer <= " + lastDay +
		" then case when " + iso + " ~ '" + clock + zone + "$'" +
		" then " + iso + "::timestamptz" + toLondon +
		" else " + unzoned + " end end end"
}
