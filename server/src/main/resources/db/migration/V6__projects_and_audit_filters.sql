-- The same statements run on SQLite and PostgreSQL.

create unique index project_name on project (name);
create index project_newest on project (created_at desc, id desc);
create index api_key_newest on api_key (project_id, created_at desc, id desc);

-- One for each filter of the audit log.
create index audit_entry_action on audit_entry (action, at desc, id desc);
create index audit_entry_actor on audit_entry (actor_id, at desc, id desc);
create index audit_entry_resource on audit_entry (resource_id, at desc, id desc);
create index audit_entry_project on audit_entry (project_id, at desc, id desc);
