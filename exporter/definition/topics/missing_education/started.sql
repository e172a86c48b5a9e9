-- A row is a child who became known to miss education in the period, while of compulsory school age. Where another record of
-- the child reaches to the day or its eve, that goes on and does not start.
select distinct on (period.kind, period.ends, cme_episode.pupil_id, cme_episode.starts)
    period.kind,
    period.ends,
    cme_episode.pupil_id,
    cme_episode.starts,
    cme_episode.cme_reason as reason
from period
join cme_episode             on cme_episode.starts between period.starts and period.ends
                            and (cme_episode.ends is null or cme_episode.ends > cme_episode.starts)
left join cme_episode earlier
                             on earlier.pupil_id = cme_episode.pupil_id
                            and earlier.starts < cme_episode.starts
                            and (earlier.ends is null or earlier.ends >= cme_episode.starts)
left join school_age         on school_age.pupil_id = cme_episode.pupil_id
where cme_episode.pupil_id is not null
  and earlier.pupil_id is null
  and (school_age.pupil_id is null or cme_episode.starts between school_age.school_age_from and school_age.school_age_to)
order by period.kind, period.ends, cme_episode.pupil_id, cme_episode.starts, cme_episode.cme_id
