package io.lunarstream.server.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An error as the client gets it.
///
/// @param message the code's own, or one that names the case
/// @param details a row per fault of the input; empty for errors that are not about input
/// @param retryAfter when to try again, where that is known
public record ApiError(ErrorCode code, String message, List<Detail> details, Optional<Duration> retryAfter) {

    /// A row of `details`.
    public record Detail(String field, String message) {}

    public ApiError {
        details = List.copyOf(details);
    }

    public static ApiError of(ErrorCode code) {
        return new ApiError(code, code.message(), List.of(), Optional.empty());
    }

    /// A dependency is down, or this server has too much to do or is stopping.
    public static ApiError unavailable(Duration retryAfter) {
        return new ApiError(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.message(), List.of(), Optional.of(retryAfter));
    }

    /// A parameter of the query that must be a number and is none.
    public static ApiError parameterIsNoNumber(String name) {
        return ofFaults(ErrorCode.VALIDATION_FAILED, List.of(Fault.noNumber(name)));
    }

    /// A parameter of the query that means nothing without another one.
    public static ApiError parameterNeeds(String name, String other) {
        return ofFaults(ErrorCode.VALIDATION_FAILED, List.of(Fault.needs(name, other)));
    }

    /// A parameter of the query that asks for something which will not be there soon.
    public static ApiError parameterIsTooFarAhead(String name) {
        return ofFaults(ErrorCode.VALIDATION_FAILED, List.of(Fault.tooFarAhead(name)));
    }

    /// Too many requests.
    public static ApiError rateLimited(long retryAfterSeconds) {
        return new ApiError(
                ErrorCode.RATE_LIMITED,
                ErrorCode.RATE_LIMITED.message(),
                List.of(),
                Optional.of(Duration.ofSeconds(retryAfterSeconds)));
    }

    /// Unknown path or wrong method: `Cannot GET /api/v1/x`. To `HEAD` it is as long as to `GET`, whose answer that is.
    static ApiError cannot(ErrorCode code, String method, String path) {
        String asked = method.equals("HEAD") ? "GET" : method;
        return new ApiError(code, "Cannot " + asked + " " + path, List.of(), Optional.empty());
    }

    /// Faults of the input: a lone one may name the request, more are told in `details` only.
    static ApiError ofFaults(ErrorCode code, List<Fault> faults) {
        boolean named = code == ErrorCode.VALIDATION_FAILED
                && faults.size() == 1
                && faults.getFirst().namesRequest();
        List<Detail> details = faults.stream()
                .map(fault -> new Detail(fault.field(), fault.message()))
                .toList();
        return new ApiError(code, named ? faults.getFirst().message() : code.message(), details, Optional.empty());
    }

    /// The standard error body.
    public String toJson(String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("statusCode", code.status());
        body.put("message", message);
        body.put("error", code.reasonPhrase());
        if (!details.isEmpty()) {
            body.put("details", details);
        }
        if (code == ErrorCode.RATE_LIMITED) {
            retryAfter.ifPresent(wait -> body.put("retryAfter", wait.toSeconds()));
        }
        body.put("code", code.name());
        body.put("requestId", requestId);
        return Json.text(body);
    }

    /// As a response of the chain.
    Response toResponse(String requestId) {
        Response response = Response.json(code.status(), toJson(requestId));
        return retryAfter
                .map(wait -> response.with("Retry-After", Long.toString(wait.toSeconds())))
                .orElse(response);
    }
}
