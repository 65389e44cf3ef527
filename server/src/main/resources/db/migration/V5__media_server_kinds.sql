-- The same statements run on SQLite and PostgreSQL.

-- Which program a media server runs, in the API's words: lunar, srs, zlmediakit, nginx-rtmp.
alter table media_server add column kind text not null default 'lunar';

-- Opaque tokens, for media servers that cut long stream names. A JWT says all this itself and has neither column; an
-- opaque token has no kid.
alter table push_token add column secret_sha256 text;          -- of the token, in hex; the token itself is not kept
alter table push_token add column media_server_id uuid;        -- the one that the token is for
alter table push_token alter column kid drop not null;

create unique index push_token_secret on push_token (secret_sha256);
create index push_token_kid on push_token (kid, exp);

-- Connections that publish to a media server outside this process, as its hooks told.
create table foreign_publisher (
    livestream_id uuid not null references livestream (id),
    client_id text not null,                    -- the media server's own name of the connection
    heard_at timestamp with time zone not null, -- of its latest hook
    primary key (livestream_id, client_id)
);
