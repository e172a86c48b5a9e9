package synthetic

import (
	"slices"
	"strings"
)

// ImpossibleDates lists the columns, as table.column, in which Write puts a day that no calendar has. A load refuses them
// unless it is told to let them pass.
func ImpossibleDates(source string) []string {
	var columns []string
	for _, f := range dataFaults(0) {
		column := f.table + "." + f.column
		isSource := strings.HasPrefix(f.table, "ssd_") == (source == "social_care")
		if f.kind == kindImpossible && isSource && !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
	}
	return columns
}
