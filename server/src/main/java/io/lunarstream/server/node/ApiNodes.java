package io.lunarstream.server.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.config.ApiAccess;
import io.lunarstream.server.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API as a media node reaches it. Each question goes to the address that has answered last, and then to the
/// others.
///
/// Blocks; safe to call from any virtual thread. Follows no redirect, which could carry the secret elsewhere.
public final class ApiNodes {
    private static final Logger LOG = LoggerFactory.getLogger(ApiNodes.class);

    /// An encoder waits for the answer, and so does the cut of another: a node that is there connects within this.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /// From the first byte sent to the last one read. An encoder gives up after some seconds, and two addresses may
    /// have to be tried; what comes later is asked for again.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    /// More than any answer has: one to a report of 50 streams is 10 kB.
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int UNAUTHORIZED = 401;

    /// What one API node does not take the others do not either.
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

    private final ApiAccess access;
    private final AtomicInteger answering = new AtomicInteger();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Thread::startVirtualThread)
            .build();
    private volatile boolean there;

    public ApiNodes(ApiAccess access) {
        this.access = access;
    }

    /// Whether the last question was answered.
    public boolean isThere() {
        return there;
    }

    /// Sends a JSON body and gives the answer's.
    ///
    /// @param path from the root
    /// @throws ApiAwayException if no address answers as it should
    /// @throws ApiRefusalException if the API does not take the body
    JsonNode post(String path, Object body) {
        String json = Json.text(body);
        return exchange(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /// Gives an answer's body.
    ///
    /// @param path from the root
    /// @throws ApiAwayException if no address answers as it should
    JsonNode get(String path) {
        return exchange(path, HttpRequest.newBuilder().GET());
    }

    private JsonNode exchange(String path, HttpRequest.Builder request) {
        request.header("ls-media-server-secret", access.secret());
        StringJoiner failures = new StringJoiner("; ");
        int first = answering.get();
        for (int i = 0; i < access.urls().size(); i++) {
            int index = (first + i) % access.urls().size();
            URI url = access.urls().get(index);
            try {
                JsonNode answer =
                        exchange(request.copy().uri(URI.create(url + path)).build());
                answering.set(index);
                found(true, url.toString());
                return answer;
            } catch (IOException e) {
                failures.add(url + ": " + e.getMessage());
            }
        }
        found(false, failures.toString());
        throw new ApiAwayException(failures.toString());
    }

    private JsonNode exchange(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            return read(response.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw new IOException(reason(Optional.ofNullable(e.getCause()).orElse(e)), e);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new IOException("no answer within " + ANSWER_TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode read(HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (REFUSALS.contains(status)) {
            throw new ApiRefusalException("answers " + status + ": " + message(response));
        }
        if (status == UNAUTHORIZED) {
            throw new IOException("it does not know the secret of this media server; is media-server.secret right?");
        }
        if (status < OK || status >= MULTIPLE_CHOICES) {
            throw new IOException("answers " + status);
        }
        return Json.parse(response.body())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IOException("answers something that is no JSON"));
    }

    private static String message(HttpResponse<byte[]> response) {
        return Json.parse(response.body())
                .map(body -> body.path("message").asText() + " " + body.path("details"))
                .orElse("");
    }

    private static String reason(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElseGet(() -> failure.getClass().getSimpleName());
    }

    /// Says in the log when the API comes and goes, once each.
    private synchronized void found(boolean answers, String what) {
        if (answers && !there) {
            LOG.info("the API answers at {}", what);
        } else if (!answers && there) {
            LOG.warn("the API is away, what is live goes on: {}", what);
        } else if (!answers) {
            LOG.debug("the API is still away: {}", what);
        }
        there = answers;
    }
}
