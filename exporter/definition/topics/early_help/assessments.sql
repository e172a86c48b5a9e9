-- A row is an early help assessment, completed in the period. The sheet gives it no number of its own: rows that are equal in all
-- they say are one.
with completed_once as (
    select distinct
           early_help_assessment.helped_episode   as episode_id,
           early_help_assessment.help_begun       as begun,
           early_help_assessment.help_assessed    as assessed,
           early_help_assessment.help_assessed_by as organisation,
           early_help_assessment.help_level       as level
    from early_help_assessment
    where early_help_assessment.help_assessed is not null
)
select period.kind,
       period.ends,
       completed_once.episode_id,
       completed_once.begun,
       completed_once.assessed,
       completed_once.organisation,
       completed_once.level
from period
join completed_once on completed_once.assessed between period.starts and period.ends
