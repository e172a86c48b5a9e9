-- A row is an early help episode of a child, ended in the period, and the first referral of the child about that time.
-- Earlier referrals count as well: a case is often opened before help is closed.
with referred as (
    select early_help.episode_id,
           min(new_referral.received) as referred
    from early_help
    cross join limits
    join new_referral  on new_referral.person_id = early_help.person_id
                      and new_referral.received between early_help.ends - limits.early_help_step_up_before
                                                    and early_help.ends + limits.early_help_step_up_after
    group by early_help.episode_id
)
select period.kind,
       period.ends,
       early_help.episode_id,
       early_help.person_id,
       early_help.ends            as ended,
       early_help.help_end_reason as reason,
       referred.referred
from period
join early_help     on early_help.ends between period.starts and period.ends
left join referred  on referred.episode_id = early_help.episode_id
