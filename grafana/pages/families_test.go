package pages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/definition"
)

// families maps a metric family to its labels.
type families map[string][]string

// servedBy lists what one page of the exporter serves: the families of the
// catalogue, and those that the page's own code names.
func servedBy(t *testing.T, definitions *definition.Catalogue, root string) families {
	t.Helper()
	served := readWebCode(t).familiesFrom(root)
	for _, indicator := range definitions.Indicators() {
		for _, family := range indicator.Families() {
			on := map[string]bool{
				"Managers":    !family.Workers,
				"WorkersPage": family.Workers,
				"Public":      family.By == "" && indicator.Public != definition.PublicNone,
			}[root]
			if on {
				served[family.Name] = family.Labels
			}
		}
	}
	return served
}

func union(pages ...families) families {
	all := families{}
	for _, page := range pages {
		maps.Copy(all, page)
	}
	return all
}

// code is the functions of the package that writes the pages, by name.
type code map[string]*ast.FuncDecl

func readWebCode(t *testing.T) code {
	t.Helper()
	names, err := filepath.Glob("../../exporter/web/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("the code of the exporter's pages is not where it was: %v", err)
	}
	functions := code{}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && !strings.HasSuffix(name, "_test.go") {
				functions[function.Name.Name] = function
			}
		}
	}
	return functions
}

// familiesFrom collects the families of the calls gauge("name", help, labels, …) in a
// function and in those it calls.
func (c code) familiesFrom(root string) families {
	reached, seen := families{}, map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		function := c[name]
		if function == nil || seen[name] {
			return
		}
		seen[name] = true
		lists := stringLists(function)
		ast.Inspect(function, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			called := calledName(call)
			if family := literal(call, 0); called == "gauge" && strings.HasPrefix(family, "childrens_") {
				reached[family] = labelsOf(call.Args[2], lists)
			}
			visit(called)
			return true
		})
	}
	visit(root)
	return reached
}

func calledName(call *ast.CallExpr) string {
	switch function := call.Fun.(type) {
	case *ast.Ident:
		return function.Name
	case *ast.SelectorExpr:
		return function.Sel.Name
	}
	return ""
}

func literal(call *ast.CallExpr, nth int) string {
	if len(call.Args) <= nth {
		return ""
	}
	basic, ok := call.Args[nth].(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return ""
	}
	text, _ := strconv.Unquote(basic.Value)
	return text
}

// stringLists are the lists of labels that a function names before it uses them.
func stringLists(function *ast.FuncDecl) map[string][]string {
	lists := map[string][]string{}
	ast.Inspect(function, func(node ast.Node) bool {
		assignment, ok := node.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, right := range assignment.Rhs {
			if name, ok := assignment.Lhs[i].(*ast.Ident); ok && len(assignment.Lhs) == len(assignment.Rhs) {
				if list := labelsOf(right, nil); list != nil {
					lists[name.Name] = list
				}
			}
		}
		return true
	})
	return lists
}

func labelsOf(expression ast.Expr, lists map[string][]string) []string {
	if name, ok := expression.(*ast.Ident); ok {
		return lists[name.Name]
	}
	composite, ok := expression.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var labels []string
	for _, element := range composite.Elts {
		if basic, ok := element.(*ast.BasicLit); ok && basic.Kind == token.STRING {
			text, _ := strconv.Unquote(basic.Value)
			labels = append(labels, text)
		}
	}
	return labels
}
