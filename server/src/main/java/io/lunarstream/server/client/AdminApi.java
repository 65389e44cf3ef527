package io.lunarstream.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lunarstream.server.client.ApiAnswer.Refused;
import io.lunarstream.server.client.ClientException.Reason;
import java.time.InstantSource;
import java.util.Optional;

/// The API by an account's login, which is refreshed when it has run out.
///
/// On the machine of the server itself nobody has to log in: its credentials file names the administrator.
public final class AdminApi implements Api {
    static final String HOW_TO_LOG_IN = "Log in: ./lunar login --email EMAIL";

    private static final int UNAUTHORIZED = 401;

    private final ApiClient client;
    private final Logins logins;
    private final Optional<LocalInstallation> local;
    private final InstantSource clock;

    AdminApi(ApiClient client, Logins logins, Optional<LocalInstallation> local, InstantSource clock) {
        this.client = client;
        this.logins = logins;
        this.local = local;
        this.clock = clock;
    }

    /// Logs in and remembers it.
    public void login(String email, String password) {
        JsonNode tokens =
                Api.accepted(client.send(withPassword(email, password))).data();
        logins.remember(client.url(), Login.of(email, tokens, clock.instant()));
    }

    /// Ends the login at the server, then forgets it.
    ///
    /// @return whether there was one
    public boolean logout() {
        Optional<Login> login = logins.find(client.url());
        logins.update(client.url(), current -> {
            current.ifPresent(this::revoke);
            return Optional.empty();
        });
        return login.isPresent();
    }

    private void revoke(Login login) {
        if (client.send(withRefreshToken("/auth/logout", login)) instanceof Refused refused
                && refused.status() != UNAUTHORIZED) {
            throw Refusals.exception(refused);
        }
    }

    @Override
    public ApiAnswer send(ApiRequest request) {
        Optional<Login> stored = logins.find(client.url());
        Login login = stored.filter(found -> found.isFresh(clock.instant())).orElseGet(() -> renew(stored));
        ApiAnswer answer = client.send(authorized(request, login));
        if (answer instanceof Refused refused && refused.status() == UNAUTHORIZED) {
            // The server has other keys than it had, or the clocks differ.
            return client.send(authorized(request, renew(Optional.of(login))));
        }
        return answer;
    }

    private static ApiRequest authorized(ApiRequest request, Login login) {
        return request.withHeader("Authorization", "Bearer " + login.accessToken());
    }

    /// A login in place of one that is missing or has run out; another command may have renewed it meanwhile.
    private Login renew(Optional<Login> stale) {
        return logins.update(
                        client.url(),
                        current -> current.filter(found -> !current.equals(stale))
                                .or(() -> current.flatMap(this::refresh))
                                .or(this::loginHere))
                .orElseThrow(() -> new ClientException(Reason.UNAUTHENTICATED, missing(stale)));
    }

    private String missing(Optional<Login> stale) {
        String what = stale.isPresent() ? "the login has ended at " : "not logged in at ";
        return what + client.url() + "\n" + HOW_TO_LOG_IN;
    }

    /// Empty if the server no longer knows the refresh token.
    private Optional<Login> refresh(Login login) {
        return unlessRefused(login.email(), client.send(withRefreshToken("/auth/refresh", login)));
    }

    private static ApiRequest withRefreshToken(String path, Login login) {
        return ApiRequest.post(path, JsonNodeFactory.instance.objectNode().put("refreshToken", login.refreshToken()));
    }

    private Optional<Login> loginHere() {
        return local.flatMap(installation -> installation
                .adminEmail()
                .flatMap(email -> installation.adminPassword().flatMap(password -> loginHere(email, password))));
    }

    /// Empty if the password has been changed since it was written into the file.
    private Optional<Login> loginHere(String email, String password) {
        return unlessRefused(email, client.send(withPassword(email, password)));
    }

    private static ApiRequest withPassword(String email, String password) {
        return ApiRequest.post(
                "/auth/login",
                JsonNodeFactory.instance.objectNode().put("email", email).put("password", password));
    }

    private Optional<Login> unlessRefused(String email, ApiAnswer answer) {
        return answer instanceof Refused refused && refused.status() == UNAUTHORIZED
                ? Optional.empty()
                : Optional.of(Login.of(email, Api.accepted(answer).data(), clock.instant()));
    }
}
