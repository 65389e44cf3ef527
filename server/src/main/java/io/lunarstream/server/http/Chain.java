package io.lunarstream.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.auth.Authentication;
import io.lunarstream.server.auth.Caller;
import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.http.Route.BodyUse;
import io.lunarstream.server.http.RouteMatch.Found;
import io.lunarstream.server.http.RouteMatch.OtherMethod;
import io.lunarstream.server.http.RouteMatch.UnknownPath;
import io.lunarstream.server.logging.RareLine;
import io.lunarstream.server.ratelimit.RateLimit;
import io.lunarstream.server.ratelimit.RateLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every API request goes through, as one list. A step does one job and either answers or asks the next.
///
/// After the chain, the route's handler goes on in the order that the Partner API gives: field shape, project access,
/// existence, values, state.
final class Chain {

    /// Answers a request.
    interface Step {
        Response answer(Request request);
    }

    /// Does its job before or after the next step, or instead of it.
    private interface Filter {
        Response answer(Request request, Step next);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

    /// Long enough for a commit that was waited for to be over, short enough for a person who waits.
    private static final Duration RETRY_AFTER_OUTAGE = Duration.ofSeconds(2);

    private static final String BEARER = "Bearer ";
    private static final int UNAUTHORIZED = 401;

    private static final Set<String> COUNTED_METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Authentication authentication;
    private final Limiter limiter;
    private final Consumer<AnsweredRequest> counter;
    private final RareLine outages = new RareLine();
    private final Step first;

    Chain(Authentication authentication, RateLimits limits, Consumer<AnsweredRequest> counter) {
        this.authentication = authentication;
        this.limiter = new Limiter(limits);
        this.counter = counter;
        this.first = linked(List.of(
                // Outermost: whatever answers, the answer is counted and logged as it leaves.
                this::count,
                // Every response carries these headers, errors and preflights too.
                Chain::addHeaders,
                // Inside the headers, outside all that can fail: a failure becomes a response here and nowhere else.
                this::turnFailuresIntoErrors,
                // A browser's preflight has no key and asks about a path, not about a method of it.
                Chain::answerPreflight,
                // A path that does not exist is no secret: 404 and 405 come before 401.
                Chain::requireKnownPathAndMethod,
                // Before anything the client sent is looked at: strangers cause no work.
                this::authenticate,
                // After authentication, because partners are counted by key.
                this::limit,
                // Once more, inside the limits: errors from here on carry the headers of the limit.
                this::turnFailuresIntoErrors,
                // Around all that acts: what is done is done in somebody's name.
                Chain::bindCaller,
                // Last: only a request that will be handled is parsed.
                Chain::parseBody));
    }

    Response answer(Request request) {
        return first.answer(request);
    }

    private static Step linked(List<Filter> filters) {
        Step step = Chain::handle;
        for (Filter filter : filters.reversed()) {
            Step next = step;
            step = request -> filter.answer(request, next);
        }
        return step;
    }

    private static Response handle(Request request) {
        return request.route().orElseThrow().handler().apply(request);
    }

    private Response count(Request request, Step next) {
        long startNs = System.nanoTime();
        Response response = next.answer(request);
        Duration duration = Duration.ofNanos(System.nanoTime() - startNs);
        String method = COUNTED_METHODS.contains(request.method()) ? request.method() : "OTHER";
        String template = request.route().map(Route::template).orElse("unknown");
        counter.accept(new AnsweredRequest(method, template, response.status(), duration));
        LOG.debug(
                "{} {} {} {} {} {} ms",
                request.client(),
                request.id(),
                method,
                template,
                response.status(),
                duration.toMillis());
        return response;
    }

    private static Response addHeaders(Request request, Step next) {
        Response response = next.answer(request)
                .with(RequestId.HEADER, request.id())
                .withDefault("Cache-Control", "no-store")
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .withDefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        return isPublic(request) ? Cors.exposed(response) : response;
    }

    private static boolean isPublic(Request request) {
        return switch (request.match()) {
            case Found found -> found.route().access() == Access.PUBLIC;
            case OtherMethod other -> other.isPublic();
            case UnknownPath() -> false;
        };
    }

    private Response turnFailuresIntoErrors(Request request, Step next) {
        try {
            return next.answer(request);
        } catch (ApiException e) {
            return e.error().toResponse(request.id());
        } catch (DatabaseUnavailableException e) {
            tell(e, request);
            return ApiError.unavailable(RETRY_AFTER_OUTAGE).toResponse(request.id());
        } catch (RuntimeException | Error e) {
            LOG.error("request {} failed", request.id(), e);
            return ApiError.of(ErrorCode.INTERNAL).toResponse(request.id());
        }
    }

    /// Requests come by the thousand while a database is away.
    private void tell(DatabaseUnavailableException outage, Request request) {
        long many = outages.happened();
        if (many > 0) {
            LOG.warn(
                    "request {}: {}; answered with 503 since the last such line: {} requests",
                    request.id(),
                    outage.getMessage(),
                    many);
        }
    }

    private static Response answerPreflight(Request request, Step next) {
        return request.method().equals("OPTIONS") && request.match() instanceof OtherMethod other && other.isPublic()
                ? Cors.preflight(other.allowed())
                : next.answer(request);
    }

    private static Response requireKnownPathAndMethod(Request request, Step next) {
        return switch (request.match()) {
            case Found found -> next.answer(request);
            case OtherMethod other ->
                cannot(ErrorCode.METHOD_NOT_ALLOWED, request).with("Allow", String.join(", ", other.allowed()));
            case UnknownPath() -> cannot(ErrorCode.NOT_FOUND, request);
        };
    }

    private static Response cannot(ErrorCode code, Request request) {
        return ApiError.cannot(code, request.method(), request.path()).toResponse(request.id());
    }

    private Response authenticate(Request request, Step next) {
        return switch (request.route().orElseThrow().access()) {
            case PUBLIC, CREDENTIALS -> next.answer(request);
            case PARTNER ->
                request.headers()
                        .get("ls-api-key")
                        .flatMap(authentication.apiKeys())
                        .map(partner -> next.answer(request.withPrincipal(partner)))
                        .orElseGet(() -> refuse(request, ErrorCode.INVALID_API_KEY));
            case MEDIA_SERVER ->
                request.headers()
                        .get("ls-media-server-secret")
                        .or(() -> request.query().first("secret"))
                        .flatMap(authentication.mediaServerSecrets())
                        .map(server -> next.answer(request.withPrincipal(server)))
                        .orElseGet(() -> refuse(request, ErrorCode.INVALID_MEDIA_SERVER_SECRET));
            case ADMIN ->
                request.headers()
                        .get("authorization")
                        .flatMap(Chain::bearerToken)
                        .flatMap(authentication.accessTokens())
                        .map(administrator -> next.answer(request.withPrincipal(administrator)))
                        .orElseGet(() -> refuse(request, ErrorCode.INVALID_ACCESS_TOKEN));
        };
    }

    /// RFC 6750, section 2.1; the scheme in any case (RFC 9110, section 11.1).
    private static Optional<String> bearerToken(String authorization) {
        return authorization.regionMatches(/* ignoreCase= */ true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private Response refuse(Request request, ErrorCode code) {
        return countFailure(request, ApiError.of(code).toResponse(request.id()));
    }

    /// Only failures are counted, and only after the credentials were looked at: valid ones are never refused here.
    private Response countFailure(Request request, Response failure) {
        return limiter.within(
                RateLimit.FAILED_AUTHENTICATIONS, request.client().limitKey(), request, stranger -> failure);
    }

    private Response limit(Request request, Step next) {
        Route route = request.route().orElseThrow();
        if (!route.limited()) {
            Response response = next.answer(request);
            return response.status() == UNAUTHORIZED ? countFailure(request, response) : response;
        }
        return switch (route.access()) {
            case PUBLIC -> limiter.within(RateLimit.PUBLIC, request.client().limitKey(), request, next);
            case PARTNER -> {
                UUID key = request.partner().apiKeyId();
                yield limiter.within(RateLimit.PARTNER, key.toString(), request, next);
            }
            case CREDENTIALS ->
                limiter.within(RateLimit.LOGINS, request.client().limitKey(), request, next);
            // They have proved who they are: a publisher's media server, and those who run this service.
            case MEDIA_SERVER, ADMIN -> next.answer(request);
        };
    }

    private static Response bindCaller(Request request, Step next) {
        Caller caller =
                new Caller(request.principal(), request.id(), request.client().toString());
        return caller.run(() -> next.answer(request));
    }

    private static Response parseBody(Request request, Step next) {
        if (!request.route().orElseThrow().expectsBody()) {
            return next.answer(request);
        }
        if (request.rawBody().isTooLarge()) {
            throw new ApiException(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        if (request.route().orElseThrow().takesForms() && request.isForm()) {
            return next.answer(request.withJson(formFields(request.rawBody())));
        }
        if (isLeftOut(request)) {
            return next.answer(request);
        }
        if (request.rawBody().bytes().length > 0 && !isDeclaredAsJson(request.headers())) {
            throw new ApiException(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
        JsonNode json =
                Json.parse(request.rawBody().bytes()).orElseThrow(() -> new ApiException(ErrorCode.MALFORMED_JSON));
        if (json instanceof ObjectNode object) {
            return next.answer(request.withJson(object));
        }
        throw new ApiException(ApiError.ofFaults(ErrorCode.VALIDATION_FAILED, List.of(Fault.bodyIsNoObject())));
    }

    private static boolean isLeftOut(Request request) {
        return request.route().orElseThrow().body() == BodyUse.OPTIONAL
                && request.rawBody().bytes().length == 0;
    }

    /// The fields of a form as texts; of a field sent twice, the first.
    private static ObjectNode formFields(Body body) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        Query form = Query.parse(new String(body.bytes(), StandardCharsets.UTF_8));
        form.values()
                .forEach((name, values) -> fields.put(name, values.getFirst().orElse("")));
        return fields;
    }

    /// `application/json` or a `+json` type, in UTF-8 and not compressed.
    private static boolean isDeclaredAsJson(Headers headers) {
        String[] parts =
                headers.get("content-type").orElse("").toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        boolean json = type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace("\"", "").strip();
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        return json && headers.get("content-encoding").orElse("identity").equalsIgnoreCase("identity");
    }
}
