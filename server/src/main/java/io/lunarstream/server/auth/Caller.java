package io.lunarstream.server.auth;

import java.util.Optional;

/// On whose behalf the current thread works; bound by the HTTP chain around a request, and by nobody else.
///
/// @param principal who it is; empty while nobody has proved who they are
/// @param requestId what `X-Request-Id` says
/// @param address the client's
public record Caller(Optional<Principal> principal, String requestId, String address) {
    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /// The request that this thread answers; empty for work that no request has asked for.
    public static Optional<Caller> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// Does some work on behalf of this caller.
    public <T> T run(ScopedValue.CallableOp<T, RuntimeException> work) {
        return ScopedValue.where(CURRENT, this).call(work);
    }
}
