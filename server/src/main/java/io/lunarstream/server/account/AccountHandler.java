package io.lunarstream.server.account;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import java.util.List;
import java.util.Map;

/// The endpoints by which operators prove who they are.
public final class AccountHandler {
    private final Accounts accounts;
    private final Sessions sessions;

    public AccountHandler(Accounts accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /// Logins are limited before a password is hashed; of the others only failures count.
    public List<Route> routes() {
        String auth = Route.BASE + "/auth";
        return List.of(
                Route.post(auth + "/login", Access.CREDENTIALS, this::login),
                Route.post(auth + "/refresh", Access.CREDENTIALS, this::refresh).unlimited(),
                Route.post(auth + "/logout", Access.CREDENTIALS, this::logout).unlimited());
    }

    private Response login(Request request) {
        Shape shape = new Shape(request);
        String email = shape.body().requiredText("email");
        String password = shape.body().requiredText("password");
        shape.checkFields();
        return Response.ok(accounts.login(new Email(email), password));
    }

    private Response refresh(Request request) {
        return Response.ok(sessions.refresh(refreshToken(request)));
    }

    private Response logout(Request request) {
        sessions.end(refreshToken(request));
        return Response.ok(Map.of());
    }

    private static RefreshToken refreshToken(Request request) {
        Shape shape = new Shape(request);
        String token = shape.body().requiredText("refreshToken");
        shape.checkFields();
        return RefreshToken.parse(token).orElseThrow(() -> new ApiException(ErrorCode.INVALID_REFRESH_TOKEN));
    }
}
