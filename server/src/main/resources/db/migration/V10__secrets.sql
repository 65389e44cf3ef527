-- The same statements run on SQLite and PostgreSQL.

-- What signs tokens, for all nodes, encrypted by the configured secrets.key. Without one it lies in files of the data
-- directory, and this table is empty.
create table secret (
    name text not null primary key,             -- that of the file
    sealed text not null                        -- base64 of version, key id, nonce and AES-256-GCM's output
);
