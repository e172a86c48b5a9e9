-- A row is a child of compulsory school age who is missing education on the day, by the episode that began first.
select distinct on (period.ends, cme_episode.pupil_id)
    period.kind,
    period.ends,
    cme_episode.pupil_id,
    cme_episode.starts     as missing_since,
    cme_episode.cme_reason as reason,
    case
        when period.ends - cme_episode.starts > limits.cme_long then 'over 12 weeks'
        else 'up to 12 weeks'
    end                    as duration_band
from period
cross join limits
join cme_episode      on cme_episode.starts <= period.ends
                     and (cme_episode.ends is null or cme_episode.ends > period.ends)
left join school_age  on school_age.pupil_id = cme_episode.pupil_id
where period.kind = 'snapshot'
  and cme_episode.pupil_id is not null
  and (school_age.pupil_id is null or period.ends between school_age.school_age_from and school_age.school_age_to)
order by period.ends, cme_episode.pupil_id, cme_episode.starts, cme_episode.cme_id
