package io.lunarstream.server.http;

import io.lunarstream.server.auth.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The shape check of one request: a handler reads all of its input through this, then calls [#check].
///
/// Faults are collected, and what is read from a faulty field is a stand-in that nobody gets to see: [#check] ends
/// the request first. Source: the Partner API, errors ("400 or 422").
public final class Shape {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Pattern PRINTABLE_ASCII_255 = Pattern.compile("[\\x20-\\x7e]{1,255}");
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /// What a faulty field is read as.
    static final UUID NO_ID = new UUID(0, 0);

    private final Request request;
    private final Faults faults = new Faults(ErrorCode.VALIDATION_FAILED);
    private final QueryFields query;
    private final BodyFields body;
    private final List<UUID> namedProjects = new ArrayList<>();

    public Shape(Request request) {
        this.request = request;
        this.query = new QueryFields(request.query(), faults);
        this.body = new BodyFields(request.json(), faults);
        if (request.principal().filter(Principal.Partner.class::isInstance).isPresent()) {
            query.uuid("projectId").ifPresent(namedProjects::add);
        }
    }

    /// An id in the path.
    public UUID pathId(String name) {
        Optional<UUID> id = parseUuid(request.pathParameter(name));
        if (id.isEmpty()) {
            faults.add(Fault.malformedId(name));
        }
        return id.orElse(NO_ID);
    }

    /// The header `Idempotency-Key`.
    public Optional<String> idempotencyKey() {
        Optional<String> key = request.headers().get(IDEMPOTENCY_KEY);
        if (key.isPresent() && !PRINTABLE_ASCII_255.matcher(key.get()).matches()) {
            faults.add(Fault.of(IDEMPOTENCY_KEY, "must be 1 to 255 printable ASCII characters"));
        }
        return key;
    }

    public QueryFields query() {
        return query;
    }

    public BodyFields body() {
        return body;
    }

    /// The body's `projectId`, which the key's project must equal.
    public void bodyProject(boolean required) {
        if (required) {
            namedProjects.add(body.requiredUuid("projectId"));
        } else {
            body.uuid("projectId").ifPresent(namedProjects::add);
        }
    }

    /// Ends the request if a field that was read is faulty (400). Others do no harm.
    public void checkKnownFields() {
        faults.check();
    }

    /// Ends the request if a field is faulty (400).
    public void checkFields() {
        if (request.route().map(Route::expectsBody).orElse(false)) {
            body.refuseUnread();
        }
        faults.check();
    }

    /// Ends a partner's request if a field is faulty (400), or if it names another project than the key's (403).
    ///
    /// @return the project of the key
    public UUID check() {
        checkFields();
        UUID project = request.partner().projectId();
        if (namedProjects.stream().anyMatch(named -> !named.equals(project))) {
            throw new ApiException(ErrorCode.ACCESS_DENIED);
        }
        return project;
    }

    /// 8-4-4-4-12 hex digits in any case, and nothing else that Java's own parser takes.
    static Optional<UUID> parseUuid(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
