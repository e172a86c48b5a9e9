package reference_test

import (
	"fmt"
	"time"

	"childrens-services-exporter/internal/reference"
)

func ExampleImplementation_Live() {
	council := reference.Tables{
		"ssd_department": {{"dept_team_id": "501", "dept_team_name": "North"}},
		"ssd_cin_episodes": {
			{"cine_referral_id": "1", "cine_person_id": "7", "cine_referral_date": "2024-05-02", "cine_referral_team": "501", "cine_close_date": "2024-06-01"},
			{"cine_referral_id": "2", "cine_person_id": "7", "cine_referral_date": "2025-05-02", "cine_referral_team": "501"},
		},
	}
	samples := reference.New(council, reference.DefaultLimits(), reference.Populations{}).Live(reference.On(2025, time.July, 1))
	key := reference.Key("childrens_referrals_repeat_ratio_by_team", map[string]string{"team": "North", "window": "quarter"})
	fmt.Println(key, samples[key])
	// Output:
	// childrens_referrals_repeat_ratio_by_team{team="North",window="quarter"} 1
}
