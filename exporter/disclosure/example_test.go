package disclosure_test

import (
	"fmt"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

func ExamplePolicy_Publish() {
	published, suppressed := disclosure.DefaultPolicy().Publish([]definition.Observation{count(33), count(4), ratio(300, 316)})
	for _, observation := range published {
		fmt.Println("published:", *observation.Value)
	}
	for _, value := range suppressed {
		fmt.Println("suppressed:", value.Reason)
	}
	// Output:
	// published: 35
	// published: 0.95
	// suppressed: small_count
}
