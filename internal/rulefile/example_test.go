package rulefile_test

import (
	"fmt"

	"childrens-services-exporter/internal/rulefile"
)

func Example() {
	text, err := rulefile.Write("Written by a program.", rulefile.Group{
		Name:  "screens",
		Rules: []rulefile.Rule{{Record: "team:childrens_by_team:group", Expr: "group by (team) (childrens_cp_plans_open_by_team)"}},
	})
	if err != nil {
		panic(err)
	}
	fmt.Print(string(text))
	groups, err := rulefile.Read(text)
	fmt.Println(groups[0].Rules[0].Record, err)
	_, err = rulefile.Write("", rulefile.Group{Name: "screens", Rules: []rulefile.Rule{{Record: "team:childrens_by_team:group", Expr: "group by ("}}})
	fmt.Println(err != nil)
	// Output:
	// # Written by a program.
	// groups:
	//   - name: screens
	//     rules:
	//       - record: team:childrens_by_team:group
	//         expr: group by (team) (childrens_cp_plans_open_by_team)
	// team:childrens_by_team:group <nil>
	// true
}
