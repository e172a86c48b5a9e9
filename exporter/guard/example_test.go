package guard_test

import (
	"fmt"

	"childrens-services-exporter/exporter/guard"
)

func ExamplePolicy_Check() {
	var verdict guard.Verdict
	var state guard.State
	for _, rows := range []int64{812, 812, 0, 812, 812} {
		tables := []guard.TableStats{{Relation: "cp_plan", Rows: rows, Filenode: 16384}}
		verdict, state = guard.DefaultPolicy().Check(state, guard.Reading{Tables: tables}, guard.Enforce)
		fmt.Println(rows, verdict.Held)
	}
	// Output:
	// 812 map[settling:cp_plan is new or was refilled]
	// 812 map[]
	// 0 map[rows_fell:cp_plan fell from 812 to 0 rows; if that is right, run collect -accept]
	// 812 map[settling:cp_plan is new or was refilled]
	// 812 map[]
}
