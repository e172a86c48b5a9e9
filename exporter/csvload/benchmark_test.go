package csvload_test

import (
	"bytes"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
)

// BenchmarkLoad loads the visits and workers of a large council: 1.5 million rows of seven to nine columns.
func BenchmarkLoad(b *testing.B) {
	const visits, involvements = 900_000, 600_000
	tables, err := schema.Tables("social_care")
	if err != nil {
		b.Fatal(err)
	}
	day := func(i int) time.Time { return time.Date(2020, 4, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%2200) }
	var visit, involvement bytes.Buffer
	visit.WriteString("cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date,cppv_cp_visit_seen," +
		"cppv_cp_visit_seen_alone,cppv_cp_visit_bedroom\n")
	for i := range visits {
		fmt.Fprintf(&visit, "V%07d,%06d,P%05d,%s,Y,N,\n", i, i%60_000, i%9_000, day(i).Format("2006-01-02 15:04:05.000"))
	}
	involvement.WriteString("invo_involvements_id,invo_professional_id,invo_professional_role_id,invo_professional_team," +
		"invo_involvement_start_date,invo_involvement_end_date,invo_worker_change_reason,invo_person_id,invo_referral_id\n")
	for i := range involvements {
		fmt.Fprintf(&involvement, "I%07d,W%04d,CW,T%02d,%s,%s,\"MANAGE, or not\",%06d,R%06d\n", i, i%3_000, i%40,
			day(i).Format("02/01/2006"), day(i+90).Format("02/01/2006"), i%60_000, i%80_000)
	}
	dir := fstest.MapFS{
		"ssd_cp_visits.csv":    {Data: visit.Bytes()},
		"ssd_involvements.csv": {Data: involvement.Bytes()},
	}
	db := newDatabase(b)
	for b.Loop() {
		report, err := csvload.Load(b.Context(), db, tables, dir, csvload.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for _, table := range report.Tables {
			if table.Loaded != table.Read || table.Read == 0 {
				b.Fatalf("%s: %d of %d rows loaded", table.Name, table.Loaded, table.Read)
			}
		}
	}
	b.ReportMetric(float64(visits+involvements)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
