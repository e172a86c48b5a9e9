-- A row is a placement of a child in care that counts as a home: not a temporary one (T), nor one of less than a day by the
-- clock. A child whose foster carers adopt it (A3, A5) stays in the same home. Home_since is when the child came there,
-- home_before_since when it came to the home before, within the same period of care.
with of_child as (
    select distinct care_id, person_id
    from care_spell
    where care_id is not null
),
lived as (
    select person_id,
           care_id,
           placement_id,
           placement_type,
           starts,
           ends,
           row_number() over (partition by person_id, care_id order by starts, placement_id) as nth
    from (
        select distinct
               of_child.person_id,
               placement.care_id,
               placement.placement_id,
               placement.placement_type,
               placement.starts,
               placement.ends
        from placement
        join of_child on of_child.care_id = placement.care_id
        where placement.starts is not null
          and coalesce(placement.placement_type not like 'T%', true)
          and (placement.moved_at is null or placement.moved_at >= placement.placed_at + interval '1 day')
    ) as placed_once
),
moved as (
    select lived.*,
           sum(case when placement_type in ('A3', 'A5') and nth > 1 then 0 else 1 end) over (
               partition by person_id, care_id
               order by nth
           ) as home
    from lived
),
arrival as (
    select person_id,
           care_id,
           home,
           min(starts)                                                                as home_since,
           lag(min(starts)) over (partition by person_id, care_id order by home)      as home_before_since
    from moved
    group by person_id, care_id, home
)
select moved.person_id,
       moved.care_id,
       moved.placement_id,
       moved.placement_type,
       moved.starts,
       moved.ends,
       moved.home,
       arrival.home_since,
       arrival.home_before_since
from moved
join arrival using (person_id, care_id, home)
