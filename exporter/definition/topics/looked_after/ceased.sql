-- A row is a child who ceased to be looked after in the period, once for each period of care. After X1 care goes on, and so
-- it does while another episode of that period of care is open.
with closing as (
    select coalesce(ended.care_id, 'episode ' || ended.episode_id) as care_key,
           ended.episode_id,
           ended.person_id,
           ended.ends,
           ended.episode_end_reason
    from care_spell ended
    where ended.ends >= ended.starts
      and ended.episode_end_reason is distinct from 'X1'
      and not exists (
          select
          from care_spell going_on
          where going_on.care_id = ended.care_id
            and going_on.starts <= ended.ends
            and (going_on.ends is null or going_on.ends > ended.ends)
      )
)
select distinct on (period.kind, period.ends, closing.care_key)
    period.kind,
    period.ends,
    closing.care_key,
    closing.person_id,
    closing.ends as left_care,
    case
        when closing.episode_end_reason in ('E11', 'E12')               then 'adopted'
        when closing.episode_end_reason = 'E2'                          then 'died'
        when closing.episode_end_reason = 'E3'                          then 'another authority'
        when closing.episode_end_reason in ('E4A', 'E4B', 'E13')        then 'home or relatives'
        when closing.episode_end_reason = 'E41'                         then 'child arrangements order'
        when closing.episode_end_reason in ('E45', 'E46', 'E47', 'E48') then 'special guardianship order'
        when closing.episode_end_reason in ('E5', 'E6')                 then 'independent living'
        when closing.episode_end_reason = 'E7'                          then 'adult residential care'
        when closing.episode_end_reason in ('E9', 'E14')                then 'custody or end of remand'
        when closing.episode_end_reason = 'E15'                         then 'found to be an adult'
        when closing.episode_end_reason = 'E16'                         then 'moved abroad'
        when closing.episode_end_reason = 'E17'                         then 'stayed with carers at 18'
        when closing.episode_end_reason = 'E8'                          then 'other'
    end          as reason
from period
join closing on closing.ends between period.starts and period.ends
order by period.kind, period.ends, closing.care_key, closing.ends desc, closing.episode_id
