-- A row is a child looked after on the day and the score of the latest questionnaire of the last twelve months. A score runs
-- from 0 to 40; anything else is none.
with latest_score as (
    select distinct on (looked_after.day, looked_after.person_id)
        looked_after.day,
        looked_after.person_id,
        questionnaire.difficulties
    from looked_after
    join questionnaire on questionnaire.person_id = looked_after.person_id
                      and questionnaire.answered <= looked_after.day
                      and questionnaire.answered >= looked_after.year_began
    where questionnaire.difficulties between 0 and 40
    order by looked_after.day, looked_after.person_id, questionnaire.answered desc, questionnaire.questionnaire_id
)
select period.kind,
       period.ends,
       looked_after.person_id,
       looked_after.entered_care,
       looked_after.born <= looked_after.day - interval '4 years'
           and looked_after.born > looked_after.day - interval '17 years' as aged_4_to_16,
       latest_score.difficulties                                         as score
from period
join looked_after       on looked_after.day = period.ends
left join latest_score  on latest_score.day = looked_after.day
                       and latest_score.person_id = looked_after.person_id
where period.kind = 'snapshot'
