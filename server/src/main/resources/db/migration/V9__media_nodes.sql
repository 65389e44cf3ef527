-- The same statements run on SQLite and PostgreSQL.

-- Grows whenever another media server, or another claim of the same one, comes into question: media nodes name it with
-- each word, so that one that is too late is known.
alter table livestream add column fence bigint not null default 0;

-- What each media node has said of itself last.
create table media_node_report (
    media_server_id uuid not null primary key references media_server (id),
    reported_at timestamp with time zone not null,
    active_streams integer not null,
    viewers integer not null,
    cpu_load double precision                   -- of its machine, 0 to 1; null if it cannot tell
);

-- What media nodes have a broadcast of, or a publisher that has nothing to play yet.
create table lease (
    livestream_id uuid not null primary key references livestream (id),
    renewed_at timestamp with time zone not null,
    connected boolean not null,                 -- whether a publisher is connected
    viewers integer not null,
    ingest text                                 -- as the node told, a JSON object; null until it has
);

create index lease_renewal on lease (renewed_at);
