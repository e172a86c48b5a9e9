package temppg_test

import (
	"context"
	"database/sql"
	"fmt"
	"log"

	"childrens-services-exporter/internal/temppg"
)

func Example() {
	ctx := context.Background()
	cluster, err := temppg.Start(ctx, temppg.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = cluster.Stop() }()
	if err := cluster.Create(ctx, "council"); err != nil {
		log.Print(err)
		return
	}
	db, err := sql.Open("postgres", cluster.URL("council"))
	if err != nil {
		log.Print(err)
		return
	}
	defer func() { _ = db.Close() }()
	var days int
	if err := db.QueryRowContext(ctx, "select date '2026-03-31' - date '2025-04-01' + 1").Scan(&days); err != nil {
		log.Print(err)
		return
	}
	fmt.Println(days, "days in the financial year")
	// Output: 365 days in the financial year
}
