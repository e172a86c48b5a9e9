-- The one value is the files of a table, of its partitions and, for a view, of the tables that it reads, through other
-- views too.
with recursive beneath as (
    select $1::oid as oid
    union
    select below.oid
    from beneath
    cross join lateral (
        select inhrelid
        from pg_inherits
        where inhparent = beneath.oid
        union
        select depend.refobjid
        from pg_rewrite rule
        join pg_depend depend on depend.classid = 'pg_rewrite'::regclass and depend.objid = rule.oid
        join pg_class view    on view.oid = rule.ev_class and view.relkind = 'v'
        where rule.ev_class = beneath.oid
          and depend.refclassid = 'pg_class'::regclass
          and depend.refobjid <> beneath.oid
    ) as below (oid)
)
select coalesce(array_agg(distinct file order by file) filter (where file is not null), '{}')
from (select pg_relation_filenode(oid)::bigint as file from beneath) as files
