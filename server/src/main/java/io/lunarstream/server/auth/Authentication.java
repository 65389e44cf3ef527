package io.lunarstream.server.auth;

/// Every way to prove who one is.
///
/// @param apiKeys of partners
/// @param mediaServerSecrets of media servers outside this process
/// @param accessTokens of operators
public record Authentication(ApiKeys apiKeys, MediaServerSecrets mediaServerSecrets, AccessTokens accessTokens) {}
