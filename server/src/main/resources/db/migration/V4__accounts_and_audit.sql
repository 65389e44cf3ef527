-- The same statements run on SQLite and PostgreSQL.

-- Operators. Partners have API keys instead.
create table account (
    id uuid not null primary key,
    email text not null unique,                 -- in lower case
    password_hash text not null,                -- Argon2id, in PHC string format
    created_at timestamp with time zone not null
);

-- One login and all refresh tokens that came from it.
create table refresh_family (
    id uuid not null primary key,
    account_id uuid not null references account (id),
    expires_at timestamp with time zone not null,   -- of its newest token
    revoked_at timestamp with time zone
);

create index refresh_family_account on refresh_family (account_id);
create index refresh_family_expiry on refresh_family (expires_at);

create table refresh_token (
    sha256 text not null primary key,           -- in hex; the token itself is not kept
    family_id uuid not null references refresh_family (id),
    expires_at timestamp with time zone not null,
    used_at timestamp with time zone            -- a second use revokes the family
);

create index refresh_token_family on refresh_token (family_id);

-- Who did what. Ids only, never a secret; rows outlive what they name.
create table audit_entry (
    id uuid not null primary key,
    at timestamp with time zone not null,
    actor_type text not null,                   -- account, api_key, media_server, system
    actor_id uuid,                              -- null for the system
    action text not null,
    resource_id uuid,
    project_id uuid,
    request_id text,                            -- null for what no request has asked for
    address text                                -- the client's
);

create index audit_entry_newest on audit_entry (at desc, id desc);
