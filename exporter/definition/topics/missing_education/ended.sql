-- A row is a child who no longer missed education from a day of the period on, while of compulsory school age. The day of the
-- end is the first on which the child does not; where another record of the child goes on, nothing ends.
select distinct on (period.kind, period.ends, cme_episode.pupil_id, cme_episode.ends)
    period.kind,
    period.ends,
    cme_episode.pupil_id,
    cme_episode.starts,
    cme_episode.ends            as ended,
    cme_episode.cme_end_reason  as reason
from period
join cme_episode             on cme_episode.ends between period.starts and period.ends
                            and cme_episode.ends > cme_episode.starts
left join cme_episode other  on other.pupil_id = cme_episode.pupil_id
                            and other.starts <= cme_episode.ends
                            and (other.ends is null or other.ends > cme_episode.ends)
left join school_age         on school_age.pupil_id = cme_episode.pupil_id
where cme_episode.pupil_id is not null
  and other.pupil_id is null
  and (school_age.pupil_id is null or cme_episode.ends - 1 between school_age.school_age_from and school_age.school_age_to)
order by period.kind, period.ends, cme_episode.pupil_id, cme_episode.ends, cme_episode.starts, cme_episode.cme_id
