-- The one value is true while another session waits for a table that the given backend holds. A reader is in the way of
-- nothing but an exclusive lock. pg_blocking_pids does not know the process that replays a primary's changes on a standby.
select exists (
    select 1
    from pg_locks wanted
    join pg_locks held on held.database = wanted.database and held.relation = wanted.relation
    where wanted.locktype = 'relation'
      and wanted.mode = 'AccessExclusiveLock'
      and not wanted.granted
      and held.locktype = 'relation'
      and held.granted
      and held.pid = $1::integer
)
