-- A row is the name of a time limit, or of a setting that is on or off, that does not have its given value.
select wanted.name
from unnest($1::text[], $2::text[]) as wanted (name, value)
where case
          when wanted.name like '%timeout' then current_setting(wanted.name)::interval <> make_interval(secs => wanted.value::numeric / 1000.0)
          when wanted.value in ('on', 'off') then current_setting(wanted.name) <> wanted.value
      end
   or current_setting('transaction_read_only') <> 'on'
order by wanted.name
