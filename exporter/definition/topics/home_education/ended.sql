-- A row is a child whose home education ended in the period, while of compulsory school age. The day of the end is the first
-- on which the child is not home educated; where another record of the child goes on, nothing ends.
select distinct on (period.kind, period.ends, ehe_episode.pupil_id, ehe_episode.ends)
    period.kind,
    period.ends,
    ehe_episode.pupil_id,
    ehe_episode.starts,
    ehe_episode.ends            as ended,
    ehe_episode.ehe_end_reason  as reason
from period
join ehe_episode             on ehe_episode.ends between period.starts and period.ends
                            and ehe_episode.ends > ehe_episode.starts
left join ehe_episode other  on other.pupil_id = ehe_episode.pupil_id
                            and other.starts <= ehe_episode.ends
                            and (other.ends is null or other.ends > ehe_episode.ends)
                            and other.flexi is not true
left join school_age         on school_age.pupil_id = ehe_episode.pupil_id
where ehe_episode.pupil_id is not null
  and ehe_episode.flexi is not true
  and other.pupil_id is null
  and (school_age.pupil_id is null or ehe_episode.ends - 1 between school_age.school_age_from and school_age.school_age_to)
order by period.kind, period.ends, ehe_episode.pupil_id, ehe_episode.ends, ehe_episode.starts, ehe_episode.ehe_id
