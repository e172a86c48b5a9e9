// Package pages holds the dashboards, one to a file.
package pages

import (
	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/grafana/screen"
)

// All lists every dashboard that is provisioned.
func All(c *catalogue.Catalogue) []*screen.Board {
	return []*screen.Board{
		wholeService(c),
		morning(c),
	}
}
