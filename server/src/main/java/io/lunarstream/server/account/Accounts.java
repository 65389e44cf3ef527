package io.lunarstream.server.account;

import io.lunarstream.server.account.AccountRepository.StoredAccount;
import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.ApiError;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.Values;
import io.lunarstream.server.ratelimit.Decision;
import io.lunarstream.server.ratelimit.RateLimit;
import io.lunarstream.server.ratelimit.RateLimits;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The rules of accounts. Source: the Partner API, people.
public final class Accounts {
    /// The account of a first start.
    private static final Email FIRST = new Email("admin@localhost");

    /// An account just made, with the only copy of its password.
    public record NewAccount(Email email, String password) {

        /// Without the secret.
        @Override
        public String toString() {
            return "NewAccount[email=" + email.text() + "]";
        }
    }

    private final Database database;
    private final AccountRepository repository = new AccountRepository();
    private final Sessions sessions;
    private final Passwords passwords;
    private final RateLimits limits;
    private final AuditLog audit;
    private final InstantSource clock;

    public Accounts(
            Database database,
            Sessions sessions,
            RateLimits limits,
            AuditLog audit,
            InstantSource clock,
            SecureRandom random) {
        this.database = database;
        this.sessions = sessions;
        this.passwords = new Passwords(random);
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /// A session for an e-mail and its password.
    Session login(Email email, String password) {
        Values values = new Values();
        values.text("email", email.text(), Email.MAX_CHARS);
        values.searchText("password", password);
        values.check();
        Decision decision = limits.take(RateLimit.LOGINS, "email " + email.text());
        if (!decision.passes()) {
            throw new ApiException(ApiError.rateLimited(decision.resetSeconds()));
        }
        Optional<StoredAccount> account = database.read(handle -> repository.find(handle, email));
        if (!passwords.matches(account.map(StoredAccount::password), password)) {
            account.ifPresent(this::noteRefusal);
            throw new ApiException(ErrorCode.INVALID_CREDENTIALS);
        }
        return sessions.begin(account.orElseThrow().id());
    }

    private void noteRefusal(StoredAccount account) {
        database.run(transaction -> audit.recordOfAccount(transaction, AuditAction.LOGIN_REFUSED, account.id()));
    }

    /// Gives an account another password and ends its sessions.
    ///
    /// @return false if there is no such account
    public boolean setPassword(Email email, String password) {
        PasswordHash hash = passwords.hash(password);
        return database.write(transaction -> repository
                .find(transaction, email)
                .map(account -> {
                    repository.setPassword(transaction, account.id(), hash);
                    sessions.endAll(transaction, account.id());
                    audit.record(transaction, AuditAction.PASSWORD_SET, Optional.of(account.id()), Optional.empty());
                    return account;
                })
                .isPresent());
    }

    /// A password that nobody has had before.
    public String generatePassword() {
        return passwords.generate();
    }

    /// Whether there is an account at all.
    public boolean any(Handle handle) {
        return repository.any(handle);
    }

    /// Makes the account of a first start.
    public NewAccount createFirst(Handle transaction) {
        UUID id = UUID.randomUUID();
        String password = passwords.generate();
        repository.insert(transaction, id, FIRST, passwords.hash(password), clock.instant());
        audit.record(transaction, AuditAction.ACCOUNT_CREATED, Optional.of(id), Optional.empty());
        return new NewAccount(FIRST, password);
    }
}
