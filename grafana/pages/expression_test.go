package pages

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/web"
	"childrens-services-exporter/grafana/panels"
)

// scraped are the labels that a scrape adds to every series.
var scraped = []string{"job", "instance", "authority"}

func TestExpressions(t *testing.T) {
	definitions := definitions(t)
	public := familiesAt(definitions, web.PublicPath)
	managers := union(familiesAt(definitions, web.ManagersPath), familiesAt(definitions, web.WorkersPath))
	if len(public) < 10 || public["childrens_indicator_suppressed"] == nil || managers["childrens_exporter_indicator_available"] == nil {
		t.Fatalf("the exporter's own families are not in its code: %v", public)
	}
	public, managers = union(public, recordedFamilies(t, panels.Public, public, definitions)), union(managers, recordedFamilies(t, panels.Managers, managers, definitions))
	for _, dashboard := range allDashboards(t) {
		indicators := []string{""}
		if dashboard.hasIndicatorVariable() {
			indicators = selectableIndicators(t, dashboard)
		}
		for _, panel := range dashboard.Panels {
			served := managers
			if panel.isPublic() {
				served = public
			}
			for _, target := range panel.Targets {
				checkForIndicators(t, dashboard, target.Expr, indicators, served, definitions)
			}
		}
		for _, variable := range dashboard.Templating.List {
			selector := regexp.MustCompile(`^(?:label_values\((.+), [a-z_]+\)|query_result\((.+)\))$`).FindStringSubmatch(variable.Query)
			if selector == nil {
				t.Errorf("%s: variable %s: %s is not read as a query", dashboard.Title, variable.Name, variable.Query)
				continue
			}
			checkForIndicators(t, dashboard, selector[1]+selector[2], indicators, managers, definitions)
		}
	}
}

// recordedFamilies are the families that the rules of a data source add, each checked against what is served there and what
// the rules before it add.
func recordedFamilies(t *testing.T, source panels.DataSource, served families, definitions *definition.Catalogue) families {
	t.Helper()
	rules, err := panels.RecordingRules(All(definitions), source)
	if err != nil {
		t.Fatal(err)
	}
	if len(rules) < 50 {
		t.Fatalf("%s has %d rules", source, len(rules))
	}
	recorded := families{}
	for _, rule := range rules {
		for _, problem := range checkExpression(rule.Expr, union(served, recorded), definitions) {
			t.Errorf("%s of %s: %s", rule.Record, rule.Indicator, problem)
		}
		labels := slices.Clone(rule.Labels)
		if rule.Indicator != "" {
			labels = append(labels, "indicator")
		}
		for _, label := range labels {
			if label != "indicator" && !regexp.MustCompile(`\b`+label+`\b`).MatchString(rule.Expr) {
				t.Errorf("%s of %s never gives the label %s", rule.Record, rule.Indicator, label)
			}
		}
		recorded[rule.Record] = append(recorded[rule.Record], labels...)
	}
	return recorded
}

// checkForIndicators checks an expression for every indicator that can be selected. A breakdown that one of them lacks is no
// mistake, one that all of them lack is.
func checkForIndicators(t *testing.T, dashboard dashboardJSON, expression string, indicators []string, served families, definitions *definition.Catalogue) {
	t.Helper()
	const lacking = "no page of this data source serves "
	hasSeries := false
	if !strings.Contains(expression, "indicator}") && !strings.Contains(expression, "$indicator") {
		indicators = indicators[:1]
	}
	var problems []string
	for _, indicator := range indicators {
		problems = checkExpression(expand(expression, indicator, "quarter"), served, definitions)
		hasSeries = hasSeries || len(problems) == 0
		for _, problem := range problems {
			if !strings.HasPrefix(problem, lacking) || len(indicators) == 1 {
				t.Errorf("%s: %s: %s", dashboard.Title, indicator, problem)
			}
		}
	}
	if !hasSeries {
		t.Errorf("%s: no indicator has a series for %s: %v", dashboard.Title, expression, problems)
	}
}

// checkExpression parses an expression and gives whatever it names that is not served.
func checkExpression(text string, served families, definitions *definition.Catalogue) []string {
	if variable := regexp.MustCompile(`\$\{?[a-z_]{2,}`).FindString(text); variable != "" {
		return []string{"a variable is left: " + variable}
	}
	expression, err := parser.NewParser(parser.Options{}).ParseExpr(text)
	if err != nil {
		return []string{err.Error() + ": " + text}
	}
	var problems, named []string
	known := append(slices.Clone(scraped), model.MetricNameLabel)
	parser.Inspect(expression, func(node parser.Node, _ []parser.Node) error {
		switch node := node.(type) {
		case *parser.VectorSelector:
			problems = append(problems, checkSelector(node, served, definitions)...)
			for _, name := range matching(node, served) {
				known = append(known, served[name]...)
			}
		case *parser.Call:
			if node.Func.Name == "label_replace" || node.Func.Name == "label_join" {
				known = append(known, node.Args[1].(*parser.StringLiteral).Val)
			}
			if node.Func.Name == "label_replace" && node.Args[3].(*parser.StringLiteral).Val != "" {
				named = append(named, node.Args[3].(*parser.StringLiteral).Val)
			}
		case *parser.AggregateExpr:
			if created, ok := node.Param.(*parser.StringLiteral); ok {
				known = append(known, created.Val)
			}
			named = append(named, node.Grouping...)
		case *parser.BinaryExpr:
			if node.VectorMatching != nil {
				named = append(append(named, node.VectorMatching.MatchingLabels...), node.VectorMatching.Include...)
			}
		}
		return nil
	})
	for _, label := range named {
		if !slices.Contains(known, label) {
			problems = append(problems, "no series has the label "+label)
		}
	}
	return problems
}

func matching(selector *parser.VectorSelector, served families) []string {
	var names []string
	for name := range served {
		if slices.ContainsFunc(selector.LabelMatchers, func(m *labels.Matcher) bool { return m.Name == model.MetricNameLabel && m.Matches(name) }) {
			names = append(names, name)
		}
	}
	return names
}

func checkSelector(selector *parser.VectorSelector, served families, definitions *definition.Catalogue) []string {
	names := matching(selector, served)
	if len(names) == 0 {
		return []string{"no page of this data source serves " + selector.String()}
	}
	var problems []string
	for _, matcher := range selector.LabelMatchers {
		if matcher.Name == model.MetricNameLabel || matcher.Matches("") {
			continue // what an empty label meets, a family without the label meets too
		}
		for _, name := range names {
			if !slices.Contains(append(served[name], scraped...), matcher.Name) {
				problems = append(problems, name+" has no label "+matcher.Name)
			}
		}
		switch matcher.Name {
		case "indicator":
			if _, err := definitions.Indicator(matcher.Value); err != nil {
				problems = append(problems, err.Error())
			}
		case "window":
			if _, err := calendar.ParseKind(matcher.Value); err != nil {
				problems = append(problems, err.Error())
			}
		case "source":
			if matcher.Value != "social_care" && matcher.Value != "education" {
				problems = append(problems, "no source "+matcher.Value)
			}
		}
	}
	return problems
}

func TestCheckFindsMistakes(t *testing.T) {
	definitions := definitions(t)
	served := familiesAt(definitions, web.PublicPath)
	for _, wrong := range []string{
		"sum(",
		"childrens_nothing",
		"childrens_cp_plans_open_by_team",
		`childrens_cp_plans_open{team="North"}`,
		`childrens_indicator_value{indicator="childrens_nothing"}`,
		`sum by (team) (childrens_cp_plans_open)`,
		`childrens_exporter_indicator_available`,
		`childrens_indicator_suppressed{window="fortnight"}`,
	} {
		if len(checkExpression(wrong, served, definitions)) == 0 {
			t.Errorf("%s was let through", wrong)
		}
	}
}

// TestPublicIndicators: a tile of an indicator that never leaves the managers'
// page, or of a window the public page does not have, would stay empty for ever.
func TestPublicIndicators(t *testing.T) {
	definitions := definitions(t)
	name := regexp.MustCompile(`indicator="([a-z0-9_]+)"`)
	kinds := []calendar.Kind{calendar.Snapshot, calendar.Quarter, calendar.FinancialYear, calendar.AcademicYear, calendar.Rolling12Months, calendar.Term, calendar.CalendarYear}
	for _, dashboard := range allDashboards(t) {
		for _, panel := range dashboard.Panels {
			for _, target := range panel.Targets {
				for _, match := range name.FindAllStringSubmatch(target.Expr, -1) {
					indicator, err := definitions.Indicator(match[1])
					if err == nil && panel.isPublic() && (indicator.Public == definition.PublicNone || !slices.Contains(kinds, indicator.Headline)) {
						t.Errorf("%s: %s is public %q at %q", dashboard.Title, indicator.Name, indicator.Public, indicator.Headline)
					}
				}
			}
		}
	}
}
