-- A row is a column of a table, view or foreign table outside the system schemas; readable is null where the table was
-- dropped since the snapshot. information_schema hides what the role may not read, which would make a missing right look
-- like a missing table; pg_class and pg_attribute tell them apart.
select class.oid,
       namespace.nspname,
       class.relname,
       attribute.attname,
       case when type.typtype = 'd' then base.typname else type.typname end as kind,
       has_schema_privilege(namespace.oid, 'usage')
           and has_column_privilege(class.oid, attribute.attnum, 'select')  as readable,
       array_position(current_schemas(false), namespace.nspname) is not null as on_path
from pg_class class
join pg_namespace namespace on namespace.oid = class.relnamespace
join pg_attribute attribute on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
join pg_type type           on type.oid = attribute.atttypid
left join pg_type base      on base.oid = type.typbasetype
where class.relkind in ('r', 'p', 'v', 'm', 'f')
  and namespace.nspname not in ('pg_catalog', 'information_schema')
  and namespace.nspname not like 'pg\_t%'
  and ($1 = '' or lower(namespace.nspname) = lower($1))
order by array_position(current_schemas(false), namespace.nspname) nulls last,
         namespace.nspname, class.relname, attribute.attnum
