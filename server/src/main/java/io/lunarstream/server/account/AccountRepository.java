package io.lunarstream.server.account;

import io.lunarstream.server.database.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of accounts.
final class AccountRepository {

    record StoredAccount(UUID id, Email email, PasswordHash password) {}

    void insert(Handle handle, UUID id, Email email, PasswordHash password, Instant now) {
        handle.createUpdate("""
                        insert into account (id, email, password_hash, created_at)
                        values (:id, :email, :password, :now)""")
                .bind("id", id)
                .bind("email", email.text())
                .bind("password", password.phc())
                .bind("now", now)
                .execute();
    }

    Optional<StoredAccount> find(Handle handle, Email email) {
        return handle.createQuery("select id, email, password_hash from account where email = :email")
                .bind("email", email.text())
                .map((results, context) -> {
                    Row row = new Row(results);
                    return new StoredAccount(
                            row.uuid("id"), new Email(row.text("email")), new PasswordHash(row.text("password_hash")));
                })
                .findFirst();
    }

    boolean any(Handle handle) {
        return handle.createQuery("select 1 from account limit 1")
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    void setPassword(Handle handle, UUID id, PasswordHash password) {
        handle.createUpdate("update account set password_hash = :password where id = :id")
                .bind("id", id)
                .bind("password", password.phc())
                .execute();
    }
}
