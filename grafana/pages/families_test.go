package pages

import (
	"maps"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/web"
)

// families maps a metric family to its labels.
type families map[string][]string

// familiesAt lists what one page of the exporter serves: the families of the
// catalogue, and the exporter's own.
func familiesAt(definitions *definition.Catalogue, path string) families {
	served := families{}
	for _, metric := range web.Metrics() {
		if metric.ServedAt(path) {
			served[metric.Name] = metric.Labels
		}
	}
	for _, indicator := range definitions.Indicators() {
		for _, family := range indicator.Families() {
			servedAt := map[string]bool{
				web.ManagersPath: !family.Workers,
				web.WorkersPath:  family.Workers,
				web.PublicPath:   family.By == "" && indicator.Public != definition.PublicNone,
			}
			if servedAt[path] {
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
