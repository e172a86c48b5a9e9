package source

import (
	"slices"
	"sync"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/staging"
)

// planCache holds the cohorts compiled for the schema of the last read: a schema
// hardly ever changes, and to compile some seventy cohorts takes longer than to
// compare it.
type planCache struct {
	mutex     sync.Mutex
	catalogue *definition.Catalogue
	base      *staging.Staging
	schema    *staging.Schema
	codes     []staging.LocalCode

	staging *staging.Staging
	unused  int64
	plans   []*staging.Plan
}

// prepare gives the staging with the local codes, the plans, which the caller may
// change, and the number of local codes that no relation uses.
func (c *planCache) prepare(src *Source, schema *staging.Schema, codes []staging.LocalCode) (*staging.Staging, []*staging.Plan, int64) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	same := c.plans != nil && c.catalogue == src.Catalogue && c.base == src.Staging && slices.Equal(c.codes, codes) && c.schema.Equal(schema)
	if !same {
		c.catalogue, c.base, c.schema, c.codes = src.Catalogue, src.Staging, schema, codes
		c.staging, c.unused = src.Staging.WithLocalCodes(codes)
		c.plans = c.staging.Prepare(src.Catalogue, schema)
	}
	plans := make([]*staging.Plan, len(c.plans))
	for i, plan := range c.plans {
		plans[i] = new(*plan)
	}
	return c.staging, plans, c.unused
}
