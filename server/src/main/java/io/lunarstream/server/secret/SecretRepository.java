package io.lunarstream.server.secret;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The SQL of secrets that all nodes share. It sees them sealed.
final class SecretRepository {

    boolean any(Handle handle) {
        return handle.createQuery("select count(*) from secret")
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    Optional<String> find(Handle handle, String name) {
        return handle.createQuery("select sealed from secret where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findFirst();
    }

    /// As [#find]; nobody else changes it until the transaction ends.
    Optional<String> lock(Handle transaction, String name) {
        return transaction
                .createQuery("update secret set sealed = sealed where name = :name returning sealed")
                .bind("name", name)
                .mapTo(String.class)
                .findFirst();
    }

    void insert(Handle transaction, String name, String sealed) {
        transaction
                .createUpdate("insert into secret (name, sealed) values (:name, :sealed)")
                .bind("name", name)
                .bind("sealed", sealed)
                .execute();
    }

    void update(Handle transaction, String name, String sealed) {
        transaction
                .createUpdate("update secret set sealed = :sealed where name = :name")
                .bind("name", name)
                .bind("sealed", sealed)
                .execute();
    }
}
