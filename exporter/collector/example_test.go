package collector_test

import (
	"fmt"
	"time"

	"childrens-services-exporter/exporter/collector"
)

func ExampleFresh() {
	read := time.Date(2026, time.March, 31, 9, 0, 0, 0, time.UTC)
	fmt.Println(collector.Fresh(read, read.Add(time.Hour), time.Hour))
	fmt.Println(collector.Fresh(read, read.Add(61*time.Minute), time.Hour))
	fmt.Println(collector.Fresh(time.Time{}, read, time.Hour))
	// Output:
	// true
	// false
	// false
}
