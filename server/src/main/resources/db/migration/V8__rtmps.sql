-- The same statements run on SQLite and PostgreSQL.

-- Where encoders send to with TLS; null where there is none.
alter table media_server add column rtmps_server text;
