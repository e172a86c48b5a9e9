package evaluate_test

import (
	"fmt"
	"time"

	"childrens-services-exporter/exporter/evaluate"
)

func ExampleIsFresh() {
	read := time.Date(2026, time.March, 31, 9, 0, 0, 0, time.UTC)
	fmt.Println(evaluate.IsFresh(read, read.Add(time.Hour), time.Hour))
	fmt.Println(evaluate.IsFresh(read, read.Add(61*time.Minute), time.Hour))
	fmt.Println(evaluate.IsFresh(time.Time{}, read, time.Hour))
	// Output:
	// true
	// false
	// false
}
