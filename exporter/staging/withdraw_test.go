package staging

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestAnIndicatorFallsOnlyForWhatItNeeds(t *testing.T) {
	definitions, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, source, change, cohort string
		// missing is why the cohort falls, withdrawn what falls of it.
		missing   string
		withdrawn []string
	}{
		{name: "a column of one measure", source: "social_care", cohort: "care_leavers/young_people",
			change:    "alter table ssd_care_leavers drop column clea_pathway_plan_review_date",
			withdrawn: []string{"childrens_careleavers_pathway_plan_current_ratio"}},
		{name: "a column of measures and breakdowns", source: "social_care", cohort: "care_leavers/young_people",
			change: "alter table ssd_care_leavers drop column clea_care_leaver_accommodation",
			withdrawn: []string{"childrens_careleavers by accommodation", "childrens_careleavers_accommodation_suitable_ratio",
				"childrens_careleavers_in_touch_ratio by accommodation",
				"childrens_careleavers_unsuitable_by_type"}},
		{name: "a table that a cohort only seems to read", source: "education", cohort: "home_education/started", change: "drop table school"},
		{name: "a column that decides who is counted", source: "social_care", cohort: "care_leavers/young_people",
			change: "alter table ssd_care_leavers drop column clea_care_leaver_eligibility", missing: "column ssd_care_leavers.clea_care_leaver_eligibility is missing"},
		{name: "a table of visits", source: "social_care", cohort: "child_protection/plans", change: "drop table ssd_cp_visits",
			withdrawn: []string{"childrens_cp_visits_due", "childrens_cp_visits_due_soon", "childrens_cp_visits_on_time_ratio", "childrens_cp_visits_overdue"}},
		{name: "the table of who is counted", source: "social_care", cohort: "child_protection/plans", change: "drop table ssd_cp_plans",
			missing: "table ssd_cp_plans is missing"},
		{name: "a column of age", source: "social_care", cohort: "looked_after/unaccompanied",
			change: "alter table ssd_immigration_status drop column immi_immigration_status", missing: "column ssd_immigration_status.immi_immigration_status is missing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			plan := planAfter(t, definitions, test.source, test.change, test.cohort)
			if plan.Missing != test.missing {
				t.Errorf("the cohort is missing for %q, want %q", plan.Missing, test.missing)
			}
			var withdrawn []string
			for _, w := range plan.Withdrawn {
				name := w.Indicator.Name
				if w.By != "" {
					name += " by " + w.By
				}
				withdrawn = append(withdrawn, name)
			}
			slices.Sort(withdrawn)
			if diff := cmp.Diff(test.withdrawn, withdrawn); test.missing == "" && diff != "" {
				t.Errorf("withdrawn (-want +got):\n%s", diff)
			}
		})
	}
}

// planAfter prepares one cohort for the standard tables after a change.
func planAfter(t *testing.T, definitions *definition.Catalogue, source, change, cohort string) *Plan {
	t.Helper()
	db := sqlx.MustOpen("postgres", pgtest.Database(t))
	defer func() { _ = db.Close() }()
	for _, group := range []string{source, "local"} {
		ddl, err := schema.DDL(group)
		if err != nil {
			t.Fatal(err)
		}
		db.MustExec(ddl)
	}
	db.MustExec(change)
	shape, err := Introspect(t.Context(), db, "", "")
	if err != nil {
		t.Fatal(err)
	}
	staging, err := New(source, config.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	plans := staging.Prepare(definitions, shape)
	return plans[slices.IndexFunc(plans, func(p *Plan) bool { return p.Cohort.Name == cohort })]
}

// TestLineageReadsEveryText shows that no cohort or relation that ships is too strange to follow.
func TestLineageReadsEveryText(t *testing.T) {
	definitions, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, cohort := range definitions.Cohorts {
		texts[cohort.Name] = cohort.SQL
		query := readText(t, cohort.Name, cohort.SQL)
		var names []string
		for _, item := range query.blocks[0].items {
			names = append(names, item.name)
		}
		for _, column := range cohort.ColumnNames() {
			if !slices.Contains(names, column) && !slices.Contains(names, "*") {
				t.Errorf("%s: column %s is not seen in %v", cohort.Name, column, names)
			}
		}
	}
	for _, source := range []string{"social_care", "education"} {
		staging, err := New(source, config.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range slices.Sorted(maps.Keys(staging.relations)) {
			if r := staging.relations[name]; r.Table == "" {
				readText(t, name, r.sql)
			}
		}
	}
}

func readText(t *testing.T, name, text string) sqlQuery {
	t.Helper()
	reader := &sqlReader{tokens: sqlTokens(text)}
	query, ok := reader.query()
	if !ok || reader.more() {
		t.Fatalf("%s is not read: it stops at %q", name, reader.peek(0))
	}
	return query
}

func TestLineage(t *testing.T) {
	relations := map[string]doubt{
		"a": {columns: map[string]bool{"x": true}, all: []string{"x", "y", "z"}},
		"b": {columns: map[string]bool{}, all: []string{"y", "w"}},
		"c": {rows: true, all: []string{"y", "v"}},
	}
	for _, test := range []struct{ text, want string }{
		{"select a.y, a.z from a", ""},
		{"select a.y, a.x as q from a", "q"},
		{"select y, coalesce(x, 0) as q from a", "q"},
		{"select a.* from a", "x"},
		{"select * from a join b on b.y = a.y", "x"},
		{"select a.y from a where a.x > 1", "rows"},
		{"select a.y from a where x is distinct from 'q'", "rows"},
		{"select a.y from a join b on b.w = a.x", "rows"},
		{"select a.y, b.w from a left join b on b.w = a.x", "w"},
		{"select b.y, c.v from b left join c on c.y = b.y", "v"},
		{"select b.y from b join c on c.y = b.y", "rows"},
		{"select b.y from b where exists (select 1 from c where c.y = b.y)", "rows"},
		{"select b.y, (select max(c.v) from c) as q from b", "q"},
		{"select a.y, count(*) as n from a group by a.y", ""},
		{"select a.y, count(*) as n from a group by a.y, a.x", "rows"},
		{"select a.y, max(a.x) as n from a group by a.y", "n"},
		{"select distinct a.y from a", ""},
		{"select distinct a.y, a.x from a", "rows"},
		{"select distinct on (a.y) a.y, a.z from a order by a.y, a.z", ""},
		{"select distinct on (a.y) a.y, a.z from a order by a.y, a.x", "rows"},
		{"select distinct on (a.y) a.y, a.z from a order by a.y, greatest(a.x, a.z)", ""},
		{"select a.y from a order by a.x", ""},
		{"with q as (select a.y, a.x as p from a) select q.p, q.y as r from q", "p"},
		{"with q (r, s) as (select a.y, a.x from a) select q.r, q.s from q", "s"},
		{"select a.y from a union select b.y from b", ""},
		{"select a.x from a union all select b.y from b", "x"},
		{"select b.y from b union all select a.x from a", "y"},
		{"select a.x from a union select b.y from b", "rows"},
		{"select q.y from (select a.y from a where a.x > 1) as q", "rows"},
		{"select b.y, q.x from b left join (select a.y, a.x from a) as q on q.y = b.y", "x"},
		{"select b.y from b, a", ""},
		{"select a.y from a cross join lateral (select a.x + 1 as p) as q", "rows"},
		{"select a.y, percentile_cont(0.5) within group (order by a.x) as m from a group by a.y", "m"},
		{"select a.y, row_number() over (partition by a.x order by a.y) as n from a", "n"},
		{"select a.y from a join b using (x)", "rows"},
		{"select a.y from a full join b on true", "rows"},
		{"select 1 as n from b", ""},
		{"perform something of a", "rows"},
	} {
		result := lineage{relations}.query(test.text)
		got := strings.Join(slices.Sorted(maps.Keys(result.columns)), " ")
		if result.rows {
			got = "rows"
		}
		if got != test.want {
			t.Errorf("%s\n  in doubt: %q, want %q", test.text, got, test.want)
		}
	}
}
