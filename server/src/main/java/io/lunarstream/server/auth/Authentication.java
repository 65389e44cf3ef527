package io.lunarstream.server.auth;

import java.util.Optional;
import java.util.function.Function;

/// Every way to prove who one is: from what a header says to who that is, if anybody.
///
/// @param apiKeys of partners
/// @param mediaServerSecrets of media servers outside this process
/// @param accessTokens of operators
public record Authentication(
        Function<String, Optional<Principal.Partner>> apiKeys,
        Function<String, Optional<Principal.MediaServer>> mediaServerSecrets,
        Function<String, Optional<Principal.Administrator>> accessTokens) {

    /// For a program without users.
    public static Authentication ofNobody() {
        return new Authentication(key -> Optional.empty(), secret -> Optional.empty(), token -> Optional.empty());
    }
}
