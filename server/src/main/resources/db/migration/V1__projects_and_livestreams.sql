-- The same statements run on SQLite and PostgreSQL.

create table project (
    id uuid not null primary key,
    name text not null,
    created_at timestamp with time zone not null
);

create table api_key (
    id uuid not null primary key,
    project_id uuid not null references project (id),
    name text not null,
    prefix text not null,                       -- the first characters, to tell keys apart by sight
    sha256 text not null unique,                -- of the whole key, in hex; the key itself is not kept
    created_at timestamp with time zone not null,
    last_used_at timestamp with time zone,      -- to the minute
    revoked_at timestamp with time zone
);

create table media_server (
    id uuid not null primary key,
    name text not null unique,
    region text not null,
    status text not null,                       -- ONLINE, DRAINING, OFFLINE
    rtmp_server text not null,
    hls_base_url text not null,
    max_streams integer not null,
    created_at timestamp with time zone not null
);

create table livestream (
    id uuid not null primary key,
    project_id uuid not null references project (id),
    media_server_id uuid not null references media_server (id),
    name text not null,
    name_folded text not null,                  -- for searching without regard to case
    external_id text,
    external_id_folded text,
    metadata text not null,                     -- a JSON object of strings
    status text not null,
    stream_key text not null unique,            -- also of deleted livestreams, so that a key never comes back
    push_token_expires_at timestamp with time zone not null,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_reason text,
    keyframe_interval_ms integer,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    deleted_at timestamp with time zone
);

create unique index livestream_external_id on livestream (project_id, external_id) where deleted_at is null;
create index livestream_newest on livestream (project_id, created_at desc, id desc) where deleted_at is null;
create index livestream_status on livestream (status, push_token_expires_at) where deleted_at is null;

create table push_token (
    jti uuid not null primary key,
    livestream_id uuid not null references livestream (id),
    kid text not null,
    iat timestamp with time zone not null,
    exp timestamp with time zone not null,
    revoked_at timestamp with time zone
);

create index push_token_livestream on push_token (livestream_id, exp);
