-- The same statements run on SQLite and PostgreSQL.

-- What a media server outside this process proves itself with: SHA-256 in hex; the embedded one has none.
alter table media_server add column secret_sha256 text;

create unique index media_server_secret on media_server (secret_sha256);
