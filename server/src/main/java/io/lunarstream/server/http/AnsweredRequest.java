package io.lunarstream.server.http;

import java.time.Duration;

/// A request and how it was answered, for counting.
///
/// @param method in capitals; `OTHER` for one that HTTP does not name, so that strangers cannot make up new ones
/// @param template the route's path with its parameters' names; `unknown` where no route answered
/// @param status the HTTP status
/// @param duration from the whole request to the whole response, without sending it
public record AnsweredRequest(String method, String template, int status, Duration duration) {}
