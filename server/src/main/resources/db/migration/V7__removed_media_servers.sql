-- The same statements run on SQLite and PostgreSQL.

-- A removed media server stays, because deleted livestreams name it. Its name column then holds its id, so that the
-- name is free again, and removed_name what it was called.
alter table media_server add column removed_at timestamp with time zone;
alter table media_server add column removed_name text;

create index livestream_media_server on livestream (media_server_id) where deleted_at is null;
