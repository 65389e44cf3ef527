package io.lunarstream.server.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lunarstream.server.client.ApiAnswer.Accepted;
import io.lunarstream.server.client.ApiAnswer.Refused;
import io.lunarstream.server.client.ClientException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends requests to one API. Never follows a redirect, which could carry credentials to another server.
public final class ApiClient {
    /// A server that is there connects within this even over a bad line.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// The longest a command waits for an answer, its body included: the server gives up long before.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /// A page of 100 livestreams with all the metadata they may have is 2 MB.
    private static final int MAX_ANSWER_BYTES = 16 << 20;

    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int REFUSED = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ApiUrl url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    public ApiClient(ApiUrl url) {
        this.url = url;
    }

    ApiUrl url() {
        return url;
    }

    ApiAnswer send(ApiRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.at(url))
                .method(request.method(), request.body().map(ApiClient::json).orElse(BodyPublishers.noBody()));
        if (request.body().isPresent()) {
            builder.header("Content-Type", "application/json");
        }
        request.headers().forEach((name, value) -> header(builder, name, value));
        return answer(exchange(builder.build()));
    }

    private static void header(HttpRequest.Builder request, String name, String value) {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException e) {
            // Its own message would repeat the value.
            throw new ClientException(Reason.MISUSED, name + " can only hold printable characters of ASCII");
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            return response.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unreachable(why(Optional.ofNullable(e.getCause()).orElse(e)));
        } catch (TimeoutException e) {
            response.cancel(true);
            throw unreachable("no answer within " + ANSWER_TIMEOUT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted");
        }
    }

    private ApiAnswer answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        Optional<JsonNode> body = parse(response.body()).filter(JsonNode::isObject);
        if (status >= OK
                && status < REDIRECT
                && body.filter(json -> json.has("data")).isPresent()) {
            return new Accepted(body.get().path("data"), body.get().path("meta"));
        }
        if (status >= REFUSED
                && body.filter(json -> json.path("message").isTextual()).isPresent()) {
            return Refused.of(status, body.get());
        }
        throw new ClientException(
                Reason.UNREACHABLE, url + " answered " + status + ", but not as the API does; is the address right?");
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.of(MAPPER.readTree(body));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static BodyPublisher json(JsonNode body) {
        try {
            return BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body));
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private ClientException unreachable(String why) {
        return new ClientException(Reason.UNREACHABLE, url + " cannot be reached: " + why);
    }

    private static String why(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection within " + CONNECT_TIMEOUT.toSeconds() + " s";
        }
        if (failure.getCause() instanceof UnresolvedAddressException) {
            return "its host name is unknown";
        }
        if (failure instanceof ConnectException) {
            return "connection refused; is the server running?";
        }
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }
}
