-- The one value is true while another session waits for a lock that the given
-- backend holds.
select exists (
    select 1
    from pg_locks wanted
    where not wanted.granted
      and wanted.locktype = 'relation'
      and $1::integer = any (pg_blocking_pids(wanted.pid))
)
