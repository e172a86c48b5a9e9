package disclosure_test

import (
	"fmt"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

func ExamplePolicy_Publish() {
	shown, suppressed := disclosure.DefaultPolicy().Publish([]definition.Observation{count(33), count(4), ratio(300, 316)})
	for _, observation := range shown {
		fmt.Println("shown:", *observation.Value)
	}
	for _, one := range suppressed {
		fmt.Println("held back:", one.Reason)
	}
	// Output:
	// shown: 35
	// shown: 0.95
	// held back: small_count
}
