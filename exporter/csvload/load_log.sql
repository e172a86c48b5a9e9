-- A row is what became of one load as a whole, of one of its tables, or of one column of which values were refused. It
-- holds counts and names, and never a value of a row.
create table if not exists childrens_load_log (
    run         timestamp with time zone not null, -- when the load began
    source      varchar(48)              not null,
    table_name  varchar(63),                       -- null for the load as a whole
    column_name varchar(63),                       -- null for a whole table
    rows        bigint                   not null, -- loaded; of a column the values that were there
    refused     bigint                   not null, -- rows of a table, values of a column, both of the load
    outcome     varchar(12)              not null, -- loaded, refused, failed
    seconds     double precision         not null  -- that the load took
);
