package definition_test

import (
	"testing"

	"childrens-services-exporter/exporter/config"
)

func TestValidDefinitionIsAccepted(t *testing.T) {
	catalogue := load(t, config.Settings{}, plans(plansYAML))
	if got := len(catalogue.Indicators()); got != 1 {
		t.Errorf("%d indicators", got)
	}
}

func TestDefinitionsAreRefusedWithFileAndLine(t *testing.T) {
	const file = "child_protection/plans.yaml"
	tests := []struct {
		name, old, by, want string
	}{
		// The file.
		{"key with a typo", "grain:", "grains:", file + ":5: unknown key grains"},
		{"key of an indicator with a typo", "    unit:", "    units:", file + ":16: unknown key units"},
		{"key twice", "row: a child", "cohort: a child", file + `:2: mapping key "cohort" already defined at line 1`},
		{"key left blank", "source: social_care", "source:", file + ":3: key source has no value; give one or take the key out"},
		{"blank entry", "grain: [person_id]", "grain: [~]", file + ":5: an entry is blank; fill it or take it out"},
		{"blank indicator", "  - name: childrens_plans", "  -\n  - name: childrens_plans", file + ":13: an entry is blank; fill it or take it out"},
		{"not YAML", "grain: [person_id]", "grain: [person_id", file + ":5: did not find expected ',' or ']'"},
		{"text for a number", "id: 1", "id: one", file + `:14: expected a whole number, found "one"`},
		{"text for a list", "grain: [person_id]", "grain: person_id", file + `:5: expected a list, found "person_id"`},
		{"list for a text", "title: Plans", "title: [Plans]", file + ":15: expected one text, found a list"},
		{"list for a value", "count: all", "count: [all]", file + ":17: expected one value, found a list or a map"},
		{"map for a list", "grain: [person_id]", "grain: {person_id: x}", file + ":5: expected a list, found a map"},
		{"number for yes", "    unit: count", "    unit: count\n    breakdown_only: 3", file + `:17: expected true or false, found "3"`},
		{"two documents", "    version: 1\n", "    version: 1\n---\ncohort: x\n", file + ": holds more than one document; keep one"},

		// The cohort.
		{"no title", "cohort: Children on a plan\n", "", file + ": cohort: is missing; name in plain words who is counted"},
		{"no row", "row: a child on a plan on the day\n", "", file + ": row: is missing; name what a row is"},
		{"no source", "source: social_care\n", "", file + `: source must be social_care or education, found ""`},
		{"unknown source", "social_care", "housing", file + `:3: source must be social_care or education, found "housing"`},
		{"no grain", "grain: [person_id]\n", "", file + ": grain: is missing; list the columns that are unique within a period"},
		{"unknown grain", "grain: [person_id]", "grain: [child_id]", file + `:5: grain column "child_id" is not among the columns`},
		{"column name", "  score: points", "  Score: points", file + `:10: column "Score": use lower case letters, digits and _`},
		{"column twice", "  score: points", "  team: points", file + `:10: column "team" is listed twice`},
		{"column of nothing", "  score: points", `  score: ""`, file + ":10: column score: describe in words what it holds"},
		{"neither at nor windows", "at: snapshot\n", "", file + ": give either at: snapshot or windows: [...]"},
		{"at and windows", "at: snapshot", "at: snapshot\nwindows: [month]", file + ":4: give either at: snapshot or windows: [...]"},
		{"at a window", "at: snapshot", "at: month", file + `:4: at must be snapshot, found "month"`},
		{"unknown window", "at: snapshot", "windows: [month, fortnight]", file + `:4: "fortnight" is not a window`},
		{"snapshot among windows", "at: snapshot", "windows: [month, snapshot]", file + `:4: "snapshot" is not a window`},
		{"window twice", "at: snapshot", "windows: [month, month]", file + `:4: window "month" is listed twice`},

		// The indicator.
		{"no name", "name: childrens_plans\n    id: 1", "id: 1", file + ": indicator 1 of the file has no name"},
		{"foreign name", "name: childrens_plans", "name: plans", file + `:13: indicator name "plans" must be lower case and begin with childrens_`},
		{"reserved name", "name: childrens_plans", "name: childrens_exporter_up", file + `:13: indicator name "childrens_exporter_up" begins like the exporter's own families; choose another`},
		{"no id", "    id: 1\n", "", file + ":13: indicator childrens_plans: id must be a positive number"},
		{"no law", "    law: Children Act 1989\n", "", file + ":13: indicator childrens_plans: title, definition and law are needed"},
		{"version", "version: 1", "version: 0", file + ":13: indicator childrens_plans: version must be 1 or more"},
		{"cadence by the day", "at: snapshot", "at: snapshot\ncadence: day", file + `:5: cadence must be week or month, found "day"; leave it out where data come by the day`},
		{"unit", "unit: count", "unit: children", file + ":13: indicator childrens_plans: unit must be ratio, count, seconds, working_days, per_10k, per_100, cases or score"},
		{"polarity", "better: neither", "better: up", file + ":18: indicator childrens_plans: better must be higher, lower or neither"},
		{"no polarity", "    better: neither\n", "", file + ":13: indicator childrens_plans: better must be higher, lower or neither"},
		{"target", "target: none - follows need", "target: often", file + `:19: indicator childrens_plans: target must be a number, or "none - " and the reason`},
		{"target without reason", "target: none - follows need", "target: none", file + `:19: indicator childrens_plans: target must be a number, or "none - " and the reason`},
		{"target of no number", "target: none - follows need", "target: nan", file + `:19: indicator childrens_plans: target must be a number, or "none - " and the reason`},
		{"no target", "    target: none - follows need\n", "", file + `:13: indicator childrens_plans: target must be a number, or "none - " and the reason`},
		{"target without tolerance", "better: neither\n    target: none - follows need", "better: lower\n    target: 3", file + ":19: indicator childrens_plans: a target needs a tolerance, and better: higher or lower"},
		{"target of neither", "target: none - follows need", "target: 3\n    tolerance: 1", file + ":19: indicator childrens_plans: a target needs a tolerance, and better: higher or lower"},
		{"tolerance", "better: neither\n    target: none - follows need", "better: lower\n    target: 3\n    tolerance: -1", file + ":19: indicator childrens_plans: a target needs a tolerance, and better: higher or lower"},
		{"headline", "public: count", "headline: month\n    public: count", file + `:20: indicator childrens_plans: headline "month" is not a window of the cohort`},
		{"public form", "public: count", "public: ratio", file + ":20: indicator childrens_plans: public must be none, count (of a count, rate or sum) or ratio (of a ratio or mean)"},
		{"commentary", "public: count", "public: count\n    commentary: please", file + `:21: indicator childrens_plans: commentary is required, or left out; found "please"`},
		{"public without total", "count: all", "count: all\n    breakdown_only: true", file + ":21: indicator childrens_plans: public must be none, count (of a count, rate or sum) or ratio (of a ratio or mean)"},
		{"no public form", "    public: count\n", "", file + ":13: indicator childrens_plans: public must be none, count (of a count, rate or sum) or ratio (of a ratio or mean)"},

		// Breakdowns.
		{"unknown breakdown", "breakdowns: [team]", "breakdowns: [ward]", file + `:11: breakdown column "ward" is not among the columns`},
		{"breakdown name", "count: all", "count: all\n    breakdowns: [{by: Team}]", file + `:18: breakdown "Team": use lower case letters, digits and _`},
		{"breakdown by person", "count: all", "count: all\n    breakdowns: [{by: person_id}]", file + `:18: breakdown column "person_id" names a person or a record and must not be a label`},
		{"breakdown by worker on the common page", "breakdowns: [team]", "breakdowns: [worker]", file + `:11: breakdown column "worker" needs workers: true, which keeps it off the common page`},
		{"label twice", "count: all", "count: all\n    breakdowns: [{by: team, labels: [team, team]}]", file + `:18: label "team" is given twice`},
		{"label of the scrape", "breakdowns: [team]", "breakdowns: [service]", file + `:11: label "service" is set by the exporter or by the scrape; rename the column`},
		{"neither total nor breakdown", "count: all", "count: all\n    breakdown_only: true\n    breakdowns: []", file + ":13: indicator childrens_plans has neither a total nor a breakdown"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			yaml := replaceOnce(t, plansYAML, test.old, test.by)
			for _, column := range []string{"worker", "service"} {
				if test.by == "breakdowns: ["+column+"]" {
					yaml = replaceOnce(t, yaml, "  score:", "  "+column+":")
				}
			}
			if got := loadError(t, config.Settings{}, plans(yaml)); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestMeasuresAreRefusedWithFileAndLine(t *testing.T) {
	const file, exactly = "child_protection/plans.yaml", "indicator childrens_plans needs exactly one measure (count, numerator with denominator, rate, sum, semi_additive, mean, median, max, bands); found "
	tests := []struct {
		name, measure, want string
	}{
		{"none", "", ":13: " + exactly + "none"},
		{"two", "count: all\n    sum: score", ":13: " + exactly + "count, sum"},
		{"half a pair", "numerator: score > 1", ":17: indicator childrens_plans: a ratio needs numerator and denominator"},
		{"the other half", "denominator: all", ":17: indicator childrens_plans: a ratio needs numerator and denominator"},
		{"rate without population", "rate: {of: all, per: 10000}", ":13: indicator childrens_plans: a rate needs of (all), per (10000) and population (children)"},
		{"rate per nothing", "rate: {of: all, per: 0, population: children}", ":13: indicator childrens_plans: a rate needs of (all), per (10000) and population (children)"},
		{"rate of nothing", "rate: {per: 10000, population: children}", ":13: indicator childrens_plans: a rate needs of (all), per (10000) and population (children)"},
		{"rate by team", "rate: {of: all, per: 1, population: children}\n    breakdowns: [{by: team}]", ":18: indicator childrens_plans: a rate cannot be split, since the population of a group is not known; write breakdowns: []"},
		{"rate on no sum", "rate: {of: all, per: 100, denominator: score}", ":13: indicator childrens_plans: a rate on a sum needs of (sum(events)), per (100) and denominator (sum(pupils)), and no population"},
		{"rate on a sum and a population", "rate: {of: sum(score), per: 100, denominator: sum(score), population: children}", ":13: indicator childrens_plans: a rate on a sum needs of (sum(events)), per (100) and denominator (sum(pupils)), and no population"},
		{"rate on an unknown column", "rate: {of: sum(score), per: 100, denominator: sum(pupils)}", ":17: unknown column \"pupils\"; the cohort has person_id, team, starts, score"},
		{"amount of all", "mean: all", ":17: all is a condition, not an amount; name a column or a span"},
		{"bands without label", "bands: {bands: [{name: a, when: all}]}", ":13: indicator childrens_plans: bands need a label"},
		{"bands without bands", "bands: {label: length, of: score}", ":13: indicator childrens_plans: bands are missing"},
		{"bands by window", "bands: {label: window, bands: [{name: a, when: all}]}", `:17: label "window" is set by the exporter or by the scrape; rename the column`},
		{"bands by the label of the breakdown", "bands: {label: team, bands: [{name: a, when: all}]}", `:11: label "team" is given twice`},
		{"band without name", "bands: {label: length, bands: [{when: all}]}", ":17: indicator childrens_plans: band 1 has no name"},
		{"band twice", "bands: {label: length, bands: [{name: a, when: all}, {name: a, when: all}]}", `:17: band "a" is listed twice`},
		{"band without condition", "bands: {label: length, bands: [{name: a}]}", `:17: band "a" needs when; up_to belongs to bands over an amount (of)`},
		{"band up to without amount", "bands: {label: length, bands: [{name: a, up_to: 3}]}", `:17: band "a" needs when; up_to belongs to bands over an amount (of)`},
		{"band with condition over an amount", "bands: {label: length, of: score, bands: [{name: a, when: all}]}", ":17: a band over an amount has up_to, not when"},
		{"open band first", "bands: {label: length, of: score, bands: [{name: a}, {name: b, up_to: 3}]}", ":17: only the last of several bands may be without up_to"},
		{"single open band", "bands: {label: length, of: score, bands: [{name: a}]}", ":17: only the last of several bands may be without up_to"},
		{"falling bands", "bands: {label: length, of: score, bands: [{name: a, up_to: 3}, {name: b, up_to: 3}]}", `:17: up_to of band "b" must lie above that of the band before`},
		{"bands of a fraction", "bands: {label: length, of: score, bands: [{name: a, up_to: 3.5}]}", `:17: expected a whole number, found "3.5"`},

		{"unknown column", "count: points > 1", `:17: unknown column "points"; the cohort has person_id, team, starts, score`},
		{"unknown limit", "count: score > limit.visits", `:17: no limit "visits" in limits.yaml`},
		{"unknown function", "count: now() > starts", `:17: did not expect ")" at character 5`},
		{"unknown function with arguments", "count: greatest(score, 1) > 0", `:17: unknown function "greatest"; there are working_days, days, seconds, months_after`},
		{"too few arguments", "count: days(starts) > 1", ":17: days takes two arguments, found 1"},
		{"second statement", "count: score > 1; drop table ssd_person", `:17: character 10: ";" is not allowed in an expression`},
		{"comment", "count: score > 1 -- two", ":17: character 11: a comment is not allowed in an expression"},
		{"block comment", "count: score > 1 /* two */", `:17: did not expect "*" at character 12`},
		{"open text", "count: team = 'North", ":17: text that begins at character 8 has no closing quote"},
		{"backslash", `count: team = 'a\'`, ":17: text that begins at character 8 holds a backslash or a control character"},
		{"cast", "count: score::text = 'a'", `:17: character 6: ":" is not allowed in an expression`},
		{"sum inside a condition", "count: sum(score) > 3", `:17: did not expect ">" at character 12`},
		{"sum as a condition", "count: sum(score)", ":17: sum(…) is allowed only around a whole numerator or denominator"},
		{"sum within a condition", "count: score > sum(score)", ":17: sum(…) is allowed only around a whole numerator or denominator"},
		{"more than a sum", "numerator: sum(score) + 1\n    denominator: all", `:17: did not expect "+" at character 12`},
		{"denominator", "numerator: all\n    denominator: scores", `:18: unknown column "scores"; the cohort has person_id, team, starts, score`},
		{"sum in where", "where: sum(score)\n    count: all", ":17: sum(…) is allowed only around a whole numerator or denominator"},
		{"empty expression", `count: ""`, ":17: an expression is missing; write all for every row"},
		{"half an expression", "count: score >", `:17: did not expect "the end" at character 8`},
		{"number", "count: score > 1.2.3", `:17: character 9: "1.2.3" is not a number`},
		{"sign that looks right", "count: score ≥ 3", `:17: character 7: "≥" is not allowed in an expression`},
		{"not null", "count: score is missing", `:17: expected "null" at character 10, found "missing"`},
		{"open bracket", "count: (score > 1", `:17: expected ")" at character 11, found "the end"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			yaml := replaceOnce(t, plansYAML, "count: all", test.measure)
			if got := loadError(t, config.Settings{}, plans(yaml)); got != file+test.want {
				t.Errorf("\n got %s\nwant %s", got, file+test.want)
			}
		})
	}
}

func TestFilesAreRefused(t *testing.T) {
	second := replaceOnce(t, plansYAML, "name: childrens_plans", "name: childrens_plans_by_team")
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"half a pair", []string{"plans.yaml", plansYAML}, "child_protection/plans.yaml: its other half plans.sql is missing; a cohort is a pair of files"},
		{"the other half", []string{"plans.sql", plansSQL}, "child_protection/plans.sql: its other half plans.yaml is missing; a cohort is a pair of files"},
		{"too deep", []string{"old/plans.yaml", plansYAML}, "child_protection/old/plans.yaml: a definition belongs in a topic folder, as in child_protection/plans.yaml"},
		{"empty YAML", []string{"plans.yaml", "# later\n", "plans.sql", plansSQL}, "child_protection/plans.yaml: is empty"},
		{"empty SQL", []string{"plans.yaml", plansYAML, "plans.sql", "-- later\n;"}, "child_protection/plans.sql: is empty; write the SELECT that gives the cohort's rows"},
		{"an indicator twice", []string{"plans.yaml", plansYAML, "plans.sql", plansSQL, "visits.yaml", plansYAML, "visits.sql", plansSQL},
			"child_protection/visits.yaml: indicator childrens_plans is in child_protection/plans.yaml already; rename one"},
		{"a family twice", []string{"plans.yaml", plansYAML, "plans.sql", plansSQL, "visits.yaml", second, "visits.sql", plansSQL},
			"child_protection/visits.yaml: indicator childrens_plans_by_team publishes childrens_plans_by_team, which childrens_plans of child_protection/plans.yaml already does"},
		{"limit name", []string{"limits.yaml", replaceOnce(t, limitsYAML, "visit:", "Visit:")}, `child_protection/limits.yaml:3: limit "Visit": use lower case letters, digits and _`},
		{"limit key", []string{"limits.yaml", replaceOnce(t, limitsYAML, "value:", "valeu:")}, "child_protection/limits.yaml:2: unknown key valeu"},
		{"limit without value", []string{"limits.yaml", replaceOnce(t, limitsYAML, "  value: 10\n", "")}, "child_protection/limits.yaml:2: limit visit: value must be a whole number, 0 or more"},
		{"limit below 0", []string{"limits.yaml", replaceOnce(t, limitsYAML, "10", "-1")}, "child_protection/limits.yaml:2: limit visit: value must be a whole number, 0 or more"},
		{"limit unit", []string{"limits.yaml", replaceOnce(t, limitsYAML, "working_day", "days")}, "child_protection/limits.yaml:3: limit visit: unit must be one of working_day, day, week, month, year, hour, mile, case, percent"},
		{"limit without law", []string{"limits.yaml", replaceOnce(t, limitsYAML, "  law: local procedure\n", "")}, "child_protection/limits.yaml:3: limit visit: title and law are needed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := loadError(t, config.Settings{}, layer(test.files...)); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}
