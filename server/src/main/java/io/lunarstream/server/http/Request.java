package io.lunarstream.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.auth.Principal;
import io.lunarstream.server.auth.Sha256;
import io.lunarstream.server.http.RouteMatch.Found;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A request to the API, whole: its body has been read.
///
/// @param id what `X-Request-Id` says
/// @param method in capitals
/// @param path as sent, without the query
/// @param match the route table's answer
/// @param query its parameters
/// @param headers its headers
/// @param rawBody the body as sent
/// @param json the body as parsed; an empty object until the chain has parsed it
/// @param client where it comes from
/// @param principal who asks, once the chain has found out; empty on public routes
public record Request(
        String id,
        String method,
        String path,
        RouteMatch match,
        Query query,
        Headers headers,
        Body rawBody,
        ObjectNode json,
        ClientAddress client,
        Optional<Principal> principal) {

    static Request received(
            String id,
            String method,
            String path,
            RouteMatch match,
            Query query,
            Headers headers,
            Body body,
            ClientAddress client) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return new Request(id, method, path, match, query, headers, body, json, client, Optional.empty());
    }

    Request withPrincipal(Principal known) {
        return new Request(id, method, path, match, query, headers, rawBody, json, client, Optional.of(known));
    }

    /// The same request, on the event loop if its route can answer it there.
    Request routed() {
        return match instanceof Found(Route route, Map<String, String> parameters)
                ? new Request(
                        id,
                        method,
                        path,
                        new Found(route.asFor(this), parameters),
                        query,
                        headers,
                        rawBody,
                        json,
                        client,
                        principal)
                : this;
    }

    Request withJson(ObjectNode parsed) {
        return new Request(id, method, path, match, query, headers, rawBody, parsed, client, principal);
    }

    /// The route that answers; empty for an unknown path or a wrong method.
    Optional<Route> route() {
        return match instanceof Found found ? Optional.of(found.route()) : Optional.empty();
    }

    /// The partner who asks, on routes that are a partner's.
    Principal.Partner partner() {
        return principal
                .filter(Principal.Partner.class::isInstance)
                .map(Principal.Partner.class::cast)
                .orElseThrow();
    }

    /// The media server that asks, on routes that are a media server's.
    public UUID mediaServerId() {
        return mediaServer().id();
    }

    /// Whether the media server that asks is a media node: one of ours.
    public boolean isFromMediaNode() {
        return mediaServer().isNode();
    }

    /// The media node that asks; ends the request (403) if it is another media server.
    public UUID mediaNodeId() {
        if (!isFromMediaNode()) {
            throw new ApiException(ErrorCode.ACCESS_DENIED);
        }
        return mediaServerId();
    }

    private Principal.MediaServer mediaServer() {
        return principal
                .filter(Principal.MediaServer.class::isInstance)
                .map(Principal.MediaServer.class::cast)
                .orElseThrow();
    }

    /// Whether the body was sent as an HTML form, whose fields are then the texts of [#json()].
    public boolean isForm() {
        String type = headers.get("content-type").orElse("");
        return type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/x-www-form-urlencoded");
    }

    /// The SHA-256 of the body as sent, in hex: tells whether two requests say the same.
    public String bodySha256() {
        return Sha256.hex(rawBody.bytes());
    }

    /// A parameter of the route's template.
    public String pathParameter(String name) {
        Map<String, String> parameters = match instanceof Found found ? found.parameters() : Map.of();
        return Optional.ofNullable(parameters.get(name)).orElseThrow();
    }
}
