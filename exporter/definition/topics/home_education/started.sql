-- A row is a child who became home educated in the period, while of compulsory school age. Where another record of the child
-- reaches to the day or its eve, home education goes on and does not start.
select distinct on (period.kind, period.ends, ehe_episode.pupil_id, ehe_episode.starts)
    period.kind,
    period.ends,
    ehe_episode.pupil_id,
    ehe_episode.starts,
    ehe_episode.ehe_reason   as reason,
    ehe_episode.last_school  as school
from period
join ehe_episode             on ehe_episode.starts between period.starts and period.ends
                            and (ehe_episode.ends is null or ehe_episode.ends > ehe_episode.starts)
left join ehe_episode earlier
                             on earlier.pupil_id = ehe_episode.pupil_id
                            and earlier.starts < ehe_episode.starts
                            and (earlier.ends is null or earlier.ends >= ehe_episode.starts)
                            and earlier.flexi is not true
left join school_age         on school_age.pupil_id = ehe_episode.pupil_id
where ehe_episode.pupil_id is not null
  and ehe_episode.flexi is not true
  and earlier.pupil_id is null
  and (school_age.pupil_id is null or ehe_episode.starts between school_age.school_age_from and school_age.school_age_to)
order by period.kind, period.ends, ehe_episode.pupil_id, ehe_episode.starts, ehe_episode.ehe_id
