package io.lunarstream.server.account;

/// What a login gives an operator. Both tokens are secrets.
///
/// @param accessToken for `Authorization: Bearer`
/// @param refreshToken for the next session, once
/// @param expiresIn of the access token, in seconds
record Session(String accessToken, String refreshToken, long expiresIn) {

    /// Without the secrets.
    @Override
    public String toString() {
        return "Session[expiresIn=" + expiresIn + "]";
    }
}
