-- Sets the given settings for this transaction alone, as far as the server has them. Only Linux can look whether a client
-- is still there while a statement runs.
select set_config(wanted.name, wanted.value, true)
from unnest($1::text[], $2::text[]) as wanted (name, value)
where current_setting(wanted.name, true) is not null
  and (wanted.name <> 'client_connection_check_interval' or version() like '%linux%')
