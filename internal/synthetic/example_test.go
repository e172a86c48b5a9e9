package synthetic_test

import (
	"fmt"
	"os"
	"time"

	"childrens-services-exporter/internal/synthetic"
)

func ExampleWrite() {
	dir, err := os.MkdirTemp("", "council")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)

	profile, err := synthetic.FindProfile("small")
	if err != nil {
		fmt.Println(err)
		return
	}
	summary, err := synthetic.Write(dir, profile, 1, time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(summary.Profile, summary.AsOf.Format(time.DateOnly), summary.Rows("school") > 0)
	// Output: small 2026-03-31 true
}
