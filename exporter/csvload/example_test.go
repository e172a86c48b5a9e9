package csvload_test

import (
	"context"
	"log"
	"os"
	"testing/fstest"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/internal/temppg"
)

func Example() {
	ctx := context.Background()
	cluster, err := temppg.Start(ctx, temppg.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = cluster.Stop() }()
	db, err := sqlx.Open("postgres", cluster.URL("postgres"))
	if err != nil {
		log.Print(err)
		return
	}
	defer func() { _ = db.Close() }()

	tables, err := schema.Tables("local")
	if err != nil {
		log.Print(err)
		return
	}
	dir := fstest.MapFS{"core_group.csv": {Data: []byte("cp_plan_id,meeting_date\n" +
		"P1,04/05/2026\n" +
		"P2,2026-02-30\n" +
		"P3,2026-05-20\n" +
		",2026-05-06\n")}}
	// os.DirFS("extracts") for a directory
	report, err := csvload.Load(ctx, db, tables, dir, csvload.Options{
		Dates: csvload.DayFirst,
		Allow: []string{"core_group.cp_plan_id", "core_group.meeting_date"},
	})
	if err != nil {
		log.Print(err)
		return
	}
	if _, err := report.WriteTo(os.Stdout); err != nil {
		log.Print(err)
	}
	// Output:
	// core_group: 4 rows read from core_group.csv, 3 taken
	//   1 row refused: cp_plan_id is empty (line 5)
	//   1 value refused and left empty: meeting_date is not a day of the calendar (line 3)
	//   the table is new: grant the exporter's login its columns (deploy/postgres/roles.sql)
	// In all: 3 rows in 1 table loaded, 1 row and 1 value refused.
}
