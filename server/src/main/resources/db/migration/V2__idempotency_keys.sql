-- The same statements run on SQLite and PostgreSQL.

-- Create requests that carried an Idempotency-Key.
create table idempotency_key (
    project_id uuid not null references project (id),
    idempotency_key text not null,
    body_sha256 text not null,                  -- of the request's body, in hex
    livestream_id uuid not null,                -- what the request makes; no row of its own yet while it is running
    jti uuid,                                   -- the token of the response; null while the request is running
    expires_at timestamp with time zone not null,
    primary key (project_id, idempotency_key)
);

create index idempotency_key_expiry on idempotency_key (expires_at);
