// Package counciltables holds the rows of the tables that a council keeps for the exporter itself: targets, commentary
// and events. Every cell is text as read. The packages rag and commentary validate the rows, without a database.
package counciltables

// TargetRow is a row of the table target.
type TargetRow struct {
	Indicator string `db:"indicator" json:"indicator"`
	From      string `db:"valid_from" json:"valid_from"`
	Target    string `db:"target" json:"target,omitempty"`
	To        string `db:"valid_to" json:"valid_to,omitempty"`
	Tolerance string `db:"tolerance" json:"tolerance,omitempty"`
	Owner     string `db:"owner" json:"owner,omitempty"`
	Better    string `db:"better" json:"better,omitempty"`
	Start     string `db:"start_value" json:"start_value,omitempty"`
	ReachedOn string `db:"reached_on" json:"reached_on,omitempty"`
}

// TargetTable is the table of targets of a source, without rows where the source has no such table.
type TargetTable struct {
	Rows []TargetRow `json:"rows"`
	// Problem is why the table could not be read.
	Problem string `json:"problem,omitempty"`
}

// CommentaryRow is a published row of the table commentary.
type CommentaryRow struct {
	Indicator string `db:"indicator"`
	Period    string `db:"period"`
	Text      string `db:"text"`
	Role      string `db:"author_role"`
	Action    string `db:"action"`
}

// EventRow is a row of the table events.
type EventRow struct {
	Event string `db:"event"`
	Day   string `db:"happened_on"`
}

// CommentaryTables are the tables commentary and events of a source. Drafts are not among the rows: they do not leave
// the database.
type CommentaryTables struct {
	Commentary []CommentaryRow
	Events     []EventRow
	// Problems are the reasons, by table, why one could not be read.
	Problems map[string]string
	// Tables are the names of those that the source has.
	Tables []string
}
