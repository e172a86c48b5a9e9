package reference

import (
	"maps"
	"slices"
)

// emptyTables leaves one council in four without much of what others have: nobody on a plan, no visit, no staff list.
func (g *generator) emptyTables() {
	if !g.rarely(4) {
		return
	}
	for _, table := range slices.Sorted(maps.Keys(g.tables)) {
		if g.rarely(4) {
			delete(g.tables, table)
		}
	}
}
