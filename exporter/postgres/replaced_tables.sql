-- The one row names the tables that this transaction holds and that are not the
-- files its snapshot knows, and those it should hold but for another in their place.
with held as (
    select relation
    from pg_locks
    where pid = pg_backend_pid()
      and locktype = 'relation'
      and mode = 'AccessShareLock'
      and database = (select oid from pg_database where datname = current_database())
),
replaced as (
    select coalesce(class.relname, 'a new table') as name
    from held
    left join pg_class class on class.oid = held.relation
    where class.oid is null
       or class.relkind in ('r', 'm')
          and class.relnamespace <> 'pg_catalog'::regnamespace
          and class.relfilenode is distinct from pg_relation_filenode(held.relation)
    union
    select class.relname
    from pg_class class
    where class.oid = any ($1::bigint[]::oid[])
      and class.oid not in (select relation from held)
)
select string_agg(name, ', ' order by name)
from replaced
