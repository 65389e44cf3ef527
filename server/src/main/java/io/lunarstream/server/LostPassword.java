package io.lunarstream.server;

import io.lunarstream.server.account.Accounts;
import io.lunarstream.server.account.Email;
import io.lunarstream.server.account.Sessions;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.auth.AccessTokens;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.config.DataDirectory;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseLocation;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.database.UnusableDatabaseException;
import io.lunarstream.server.ratelimit.RateLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Sets an operator's password on the machine of the service, whether or not the service runs. Whoever may read the
/// data directory may do this. Source: operations, "One machine".
public final class LostPassword {
    /// NIST SP 800-63B-4, section 3.1.1.2, for a password that is the only factor.
    private static final int MIN_CHARS = 15;

    /// What the credentials file calls the two.
    private static final String EMAIL = "adminEmail";

    private static final String PASSWORD = "adminPassword";

    /// Whose password was set.
    ///
    /// @param generated the password, if nobody has chosen it
    /// @param credentials the file that holds it now
    public record Done(String email, Optional<String> generated, Path credentials) {}

    private final DatabaseLocation location;
    private final CredentialsFile credentials;
    private final InstantSource clock;

    private LostPassword(DataDirectory directory, DatabaseLocation location, InstantSource clock) {
        this.location = location;
        this.credentials = new CredentialsFile(directory);
        this.clock = clock;
    }

    /// Sets a password and ends all sessions of the account.
    ///
    /// @param dataDirectory of an installation, and the location of its database
    /// @param email whose; empty for the administrator that the credentials file names
    /// @param chosen the new password; empty to have one made, which the credentials file then holds
    /// @throws ConfigException with a line for the user, if it cannot be done
    public static Done set(
            Path dataDirectory,
            DatabaseLocation location,
            Optional<String> email,
            Optional<String> chosen,
            InstantSource clock) {
        if (location instanceof SqliteFile(Path file) && !Files.exists(file)) {
            throw new ConfigException("no installation in " + dataDirectory + "; name its folder by --data-dir");
        }
        return new LostPassword(DataDirectory.open(dataDirectory), location, clock).set(email, chosen);
    }

    private Done set(Optional<String> email, Optional<String> chosen) {
        Email account = new Email(email.or(() -> credentials.get(EMAIL))
                .orElseThrow(() -> new ConfigException(
                        credentials.path() + " does not name the administrator; name the account by --email")));
        chosen.filter(password -> password.codePointCount(0, password.length()) < MIN_CHARS)
                .ifPresent(tooShort -> {
                    throw new ConfigException("the password must have at least " + MIN_CHARS + " characters");
                });
        try (Database database = Database.open(location)) {
            Accounts accounts = accounts(database);
            String password = chosen.orElseGet(accounts::generatePassword);
            if (!accounts.setPassword(account, password)) {
                throw new ConfigException("there is no account of \"" + account.text() + "\"");
            }
            renewFile(account, chosen, password);
            return new Done(
                    account.text(), chosen.isPresent() ? Optional.empty() : Optional.of(password), credentials.path());
        } catch (DatabaseUnavailableException | UnusableDatabaseException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private Accounts accounts(Database database) {
        SecureRandom random = new SecureRandom();
        AuditLog audit = new AuditLog(clock);
        Sessions sessions = new Sessions(database, AccessTokens.unknownToOthers(random, clock), audit, clock, random);
        return new Accounts(
                database, sessions, new RateLimits(Map.of(), Optional.empty(), clock), audit, clock, random);
    }

    /// A chosen password is nobody's business; the file must not go on naming the old one.
    private void renewFile(Email account, Optional<String> chosen, String password) {
        if (chosen.isEmpty()) {
            credentials.put(Map.of(EMAIL, account.text(), PASSWORD, password));
        } else if (credentials.get(EMAIL).map(Email::new).equals(Optional.of(account))) {
            credentials.remove(PASSWORD);
        }
    }
}
