package definition_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// A council adds a cohort of its own, checked like those that come with the
// exporter.
func ExampleLoad() {
	own := fstest.MapFS{
		"youth_justice/orders.yaml": {Data: []byte(`
cohort: Young people on an order
row: a young person on an order on the day
source: social_care
at: snapshot
grain: [person_id]
columns:
  person_id: the young person
  team: team of the allocated worker
  starts: day the order started
breakdowns: [team]
indicators:
  - name: childrens_orders_long_ratio
    id: 901
    title: Orders older than half a year
    unit: ratio
    denominator: all
    numerator: months_after(starts, 6) < as_of
    better: neither
    target: none - the court decides
    public: none
    definition: Young people whose order is older than six months, among all on an order.
    law: local
    version: 1
`)},
		"youth_justice/orders.sql": {Data: []byte(`
-- A row is a young person on an order on the day.
select period.kind, period.ends, person_id, team, starts
from period
join youth_order on period.ends between starts and coalesce(ends_on, period.ends)`)},
	}
	definitions, err := definition.Load(config.Settings{}, definition.Embedded(), own)
	if err != nil {
		log.Fatal(err)
	}
	indicator, err := definitions.Indicator("childrens_orders_long_ratio")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(indicator.Measure)
	for _, family := range indicator.Families() {
		fmt.Println(family.Name, family.Labels)
	}
	// Output:
	// months_after(starts, 6) < as_of  ÷  all
	// childrens_orders_long_ratio []
	// childrens_orders_long_numerator []
	// childrens_orders_long_denominator []
	// childrens_orders_long_ratio_by_team [team]
	// childrens_orders_long_numerator_by_team [team]
	// childrens_orders_long_denominator_by_team [team]
}
