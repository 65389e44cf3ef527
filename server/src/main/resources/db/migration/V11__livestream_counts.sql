-- The same statements run on SQLite and PostgreSQL.

-- How many livestreams each project has in each status, without those that are deleted: this and the changes since.
create table livestream_count (
    project_id uuid not null references project (id),
    status text not null,
    livestreams bigint not null,
    primary key (project_id, status)
);

-- Changes that have not been added up yet, so that no two who change livestreams of a project wait for each other.
create table livestream_count_change (
    id uuid not null primary key,
    project_id uuid not null references project (id),
    status text not null,
    difference bigint not null
);

insert into livestream_count (project_id, status, livestreams)
    select project_id, status, count(*) from livestream where deleted_at is null group by project_id, status;

-- A list of one status, as it is shown.
create index livestream_status_newest on livestream (project_id, status, created_at desc, id desc)
    where deleted_at is null;

-- What is looked for every second, or at each start, among many livestreams that rest.
drop index livestream_status;
create index livestream_waiting on livestream (push_token_expires_at)
    where status = 'READY_FOR_USE' and deleted_at is null;
create index livestream_started on livestream (media_server_id)
    where status = 'STARTED' and deleted_at is null;
