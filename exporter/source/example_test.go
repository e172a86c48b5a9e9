package source_test

import (
	"fmt"

	"childrens-services-exporter/exporter/source"
)

func ExampleGuard_Judge() {
	guards := source.NewGuard(source.DefaultGuardPolicy())
	for _, rows := range []int64{812, 812, 0, 812, 812} {
		verdict, err := guards.Judge([]source.TableStats{{Relation: "cp_plan", Rows: rows, Filenode: 16384}}, false)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(rows, verdict.Held)
	}
	// Output:
	// 812 map[settling:cp_plan is new or was refilled]
	// 812 map[]
	// 0 map[rows_fell:cp_plan fell from 812 to 0 rows]
	// 812 map[settling:cp_plan is new or was refilled]
	// 812 map[]
}
