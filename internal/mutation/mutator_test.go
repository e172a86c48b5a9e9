package mutation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/internal/mutation"
)

func changes(mutants []mutation.Mutant) []string {
	var all []string
	for _, m := range mutants {
		all = append(all, m.Change)
	}
	return all
}

func TestSQL(t *testing.T) {
	for _, c := range []struct {
		name, sql string
		want      []string
	}{
		{"a comment, a text and a name are no sites", "select 'a < b and c', born -- a = b\nfrom person", nil},
		{"comparisons are widened and turned", "select 1 from a where x <= y", []string{
			"1 becomes 2", "1 becomes 0", "x <= y becomes true", "<= becomes <", "<= becomes >",
		}},
		{"each conjunct is dropped, brackets are one", "select a from b where (c or d) and e", []string{
			"(c or d) dropped", "c dropped", "or becomes and", "d dropped", "and becomes or", "e dropped",
		}},
		{"an operand of or may hold several conjuncts", "select a from b where c or d and e", []string{
			"c dropped", "or becomes and", "d and e dropped", "d dropped", "and becomes or", "e dropped",
		}},
		{"the and of between joins no conditions", "select a from b where c between d and e", []string{
			"c between d and e without its first day", "c between d and e without its last day",
			"c between d and e without a start", "c between d and e without an end", "c between d and e becomes true",
			"between becomes not between",
		}},
		{"joins change their kind and lose their condition", "select a from b left join c on d join e on f and g cross join h", []string{
			"left join becomes join", "d becomes true", "join becomes left join", "f dropped", "and becomes or", "g dropped",
		}},
		{"what distinct on settled needs no direction", "select distinct on (day, child) day from a order by day, child, starts desc nulls last, id", []string{
			"distinct on (day, child) dropped",
			"starts desc nulls last becomes starts nulls last", "nulls last becomes nulls first", "id becomes id desc",
		}},
		{"windows lose a part of their partition", "select lag(d) over (partition by a, b order by c) from e", []string{
			"lag becomes lead", "partition by a dropped", "partition by b dropped", "c becomes c desc",
		}},
		{"frames are left alone", "select max(a) over (order by b range between unbounded preceding and interval '1 day' preceding) from c", []string{
			"max becomes min", "b becomes b desc", "'1 day' becomes '2 day'", "'1 day' becomes '0 day'",
		}},
		{"branches close, arguments change places", "select case when a is null then coalesce(b, 'x') else c end from d", []string{
			"a is null becomes false", "is null becomes is not null", "b, 'x' becomes 'x', b",
		}},
		{"a case of one expression has no conditions", "select case a when 'x' then b end from d", nil},
		{"lists lose their members", "select a from b where c not in ('x', 'y')", []string{
			"c not in ('x', 'y') becomes true", "not in: not dropped", "'x' dropped", "'y' dropped",
		}},
		{"unions and distinct", "select distinct a from b union select count(distinct c) from d union all select e from f", []string{
			"distinct dropped", "union becomes union all", "distinct dropped", "union all becomes union",
		}},
		{"signs turn between two amounts alone", "select a + 1, -1 from b", []string{
			"+ becomes -", "1 becomes 2", "1 becomes 0", "1 becomes 2", "1 becomes 0",
		}},
		{"distinct from is one comparison", "select a from b where c is distinct from d and e is not null", []string{
			"c is distinct from d dropped", "is distinct becomes is not distinct", "and becomes or", "e is not null dropped",
			"not null: not dropped",
		}},
		{"the length of a type is no amount", "select a::numeric(9, 2) from b", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, changes(mutation.SQL("a.sql", c.sql))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestMutantIsTheTextWithOneChange(t *testing.T) {
	const sql = "-- A row is a plan.\nselect a\nfrom b\nwhere c < d\n  and c < d"
	mutants := mutation.SQL("x/a.sql", sql)
	lines, keys := map[int]int{}, map[string]bool{}
	for _, m := range mutants {
		lines[m.Line]++
		if keys[m.Key] {
			t.Errorf("two mutants are called %s", m.Key)
		}
		keys[m.Key] = true
	}
	if want := map[int]int{4: 3, 5: 4}; !cmp.Equal(want, lines) {
		t.Errorf("mutants by line: %v, want %v", lines, want)
	}
	if got := mutants[1].Text; got != strings.Replace(sql, "<", "<=", 1) {
		t.Errorf("%s makes %q", mutants[1].Change, got)
	}
}

func TestMeasures(t *testing.T) {
	const definition = `cohort: plans
indicators:
  - name: childrens_a_ratio
    where: age = 'x'
    denominator: all
    numerator: >-
      days(a, as_of) <= 14
      and b is null
    breakdowns: [{by: age, ignore_filter: true}]
  - name: childrens_b
    bands: {of: cases, label: band, bands: [{name: few, up_to: 3}, {name: many}]}
  - name: childrens_c
    sum: "a + b"
`
	mutants, err := mutation.Measures("a/b.yaml", definition)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"childrens_a_ratio: = becomes <>", "childrens_a_ratio: age = 'x' becomes true",
		"childrens_a_ratio: numerator and denominator swapped",
		"childrens_a_ratio: days(a, as_of) <= 14 dropped", "childrens_a_ratio: a, as_of becomes as_of, a",
		"childrens_a_ratio: <= becomes <", "childrens_a_ratio: <= becomes >",
		"childrens_a_ratio: 14 becomes 15", "childrens_a_ratio: 14 becomes 13",
		"childrens_a_ratio: and becomes or", "childrens_a_ratio: b is null dropped", "childrens_a_ratio: is null becomes is not null",
		"childrens_a_ratio: ignore_filter: true becomes false",
		"childrens_b: 3 becomes 4", "childrens_b: 3 becomes 2",
		"childrens_c: + becomes -",
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Sorted(slices.Values(changes(mutants)))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, m := range mutants {
		if m.Part == "" || !strings.HasPrefix(m.Change, m.Part) {
			t.Errorf("%s does not say whose change it is", m.Change)
		}
	}
}

func TestLimits(t *testing.T) {
	mutants, err := mutation.Limits("a/limits.yaml", "cp_visit:\n  value: 10\n  unit: working_day\n")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"cp_visit: 10 becomes 11", "cp_visit: 10 becomes 9"}, changes(mutants)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := mutants[0].Text; got != "cp_visit:\n  value: 11\n  unit: working_day\n" {
		t.Errorf("mutant is %q", got)
	}
}

func TestStaging(t *testing.T) {
	const relations = `plan:
  table: t
  columns:
    plan_id: {from: [id], as: id}
    person_id: {from: [p], as: id, refers_to: person}
    starts: {from: [new, old], as: date}
    ends: {from: [day], as: date}
    category: {from: [c], as: code, codes: x}
    gone: {from: [not_there], as: date}
`
	mutants, err := mutation.Staging("social_care/a.yaml", relations, map[string]string{
		"t.id": "varchar(48)", "t.p": "varchar(48)", "t.new": "timestamp", "t.old": "timestamp", "t.day": "date", "t.c": "text",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"plan: person_id as id becomes text", "plan: old goes before new", "plan: starts as date becomes timestamp"}
	if diff := cmp.Diff(want, changes(mutants)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !strings.Contains(mutants[1].Text, "starts: {from: [old, new], as: date}") {
		t.Errorf("%s makes\n%s", mutants[1].Change, mutants[1].Text)
	}
}
