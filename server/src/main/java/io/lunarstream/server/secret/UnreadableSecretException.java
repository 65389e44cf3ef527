package io.lunarstream.server.secret;

/// A secret is in the database and cannot be read. Its message is one line that says what to do, without the secret.
public final class UnreadableSecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnreadableSecretException(String message) {
        super(message);
    }

    static UnreadableSecretException otherKey(String name) {
        return new UnreadableSecretException("secrets.key: \"" + name + "\" in the database is encrypted by another"
                + " key; allowed: the key of the other nodes, or that one in secrets.previous-keys");
    }

    static UnreadableSecretException damaged(String name) {
        return new UnreadableSecretException("\"" + name + "\" in table secret of the database is damaged; restore it"
                + " from a backup, or delete its row to have a new one made: what it has signed is refused then");
    }

    static UnreadableSecretException gone(String name) {
        return new UnreadableSecretException("\"" + name + "\" is gone from table secret of the database; restore it"
                + " from a backup, or restart all nodes to have a new one made: what it has signed is refused then");
    }
}
