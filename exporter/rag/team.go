package rag

import (
	"time"

	"childrens-services-exporter/exporter/definition"
)

// TeamRating is the status of one team against an indicator's target.
type TeamRating struct {
	Indicator *definition.Indicator
	Team      string
	Status    Status
}

// teamBreakdown is the breakdown whose only label is the team.
const teamBreakdown = "team"

// TeamRatings rates the teams as the authority is rated: at the headline window of each
// indicator, against the target in force on a day. A team whose denominator is below
// the minimum has no status.
func (r Policy) TeamRatings(observations []definition.Observation, day time.Time) []TeamRating {
	var ratings []TeamRating
	for _, observation := range observations {
		if !atHeadline(observation) || observation.By != teamBreakdown || len(observation.Labels) != 1 {
			continue
		}
		if status := r.status(observation, day); status != nil {
			ratings = append(ratings, TeamRating{Indicator: observation.Indicator, Team: observation.Labels[0], Status: *status})
		}
	}
	return ratings
}

// atHeadline reports whether an observation is a value that is compared with the
// indicator's target.
func atHeadline(observation definition.Observation) bool {
	indicator := observation.Indicator
	return observation.Value != nil && indicator.Measure.Kind != definition.Bands && observation.Period.Kind == indicator.Headline
}
