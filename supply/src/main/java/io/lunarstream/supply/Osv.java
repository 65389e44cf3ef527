package io.lunarstream.supply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The advisories of [OSV](https://google.github.io/osv.dev/api/), or of a server that answers like it.
///
/// | request | answer |
/// |---|---|
/// | `POST /v1/querybatch` | for each question the ids of what is known, in the order of the questions, in pages |
/// | `GET /v1/vulns/{id}` | all of one |
///
/// @param source its address, without `/v1`
/// @param client speaks to it
record Osv(URI source, HttpClient client) implements AutoCloseable {
    /// More than it takes to answer a batch from far away; then it is not there.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The largest record known has less than 1 MiB.
    private static final long MAX_ANSWER_BYTES = 16L << 20;

    /// Of one batch, each with up to 1 000 ids for a question: more is no answer but a loop.
    private static final int MAX_PAGES = 20;

    private static final int OK = 200;
    private static final JsonMapper JSON = new JsonMapper();

    Osv(URI source) {
        this(source, HttpClient.newBuilder().connectTimeout(PATIENCE).build());
    }

    /// What a page said of a package, and where it goes on.
    private record Question(SoftwarePackage what, String pageToken) {}

    /// What is known of a package, by id alone.
    private record Found(SoftwarePackage what, String id) {}

    /// All that is known of these packages.
    List<Advisory> advisories(List<SoftwarePackage> packages) throws NotCheckedException, InterruptedException {
        List<Advisory> advisories = new ArrayList<>();
        for (Found found : found(packages)) {
            JsonNode record = get(found.id());
            if (!record.has("withdrawn")) {
                advisories.add(Advisory.of(found.what(), record));
            }
        }
        return advisories;
    }

    private List<Found> found(List<SoftwarePackage> packages) throws NotCheckedException, InterruptedException {
        List<Found> found = new ArrayList<>();
        List<Question> questions =
                packages.stream().map(what -> new Question(what, "")).toList();
        for (int page = 0; !questions.isEmpty(); page++) {
            if (page == MAX_PAGES) {
                throw new NotCheckedException(source + " had more than " + MAX_PAGES + " pages");
            }
            questions = read(ask(questions), questions, found);
        }
        return found;
    }

    private JsonNode ask(List<Question> questions) throws NotCheckedException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode queries = body.putArray("queries");
        for (Question question : questions) {
            ObjectNode query =
                    queries.addObject().put("version", question.what().version());
            query.putObject("package")
                    .put("ecosystem", question.what().ecosystem())
                    .put("name", question.what().name());
            if (!question.pageToken().isEmpty()) {
                query.put("page_token", question.pageToken());
            }
        }
        return answer(request("/v1/querybatch")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /// Adds what was found, and says what must be asked again for the next page.
    private List<Question> read(JsonNode answer, List<Question> questions, List<Found> found)
            throws NotCheckedException {
        JsonNode results = answer.path("results");
        if (results.size() != questions.size()) {
            throw new NotCheckedException(
                    "%s answered %d of %d questions".formatted(source, results.size(), questions.size()));
        }
        List<Question> next = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            SoftwarePackage what = questions.get(i).what();
            results.path(i)
                    .path("vulns")
                    .forEach(known -> found.add(new Found(what, known.path("id").asText())));
            String token = results.path(i).path("next_page_token").asText();
            if (!token.isEmpty()) {
                next.add(new Question(what, token));
            }
        }
        return next;
    }

    private JsonNode get(String id) throws NotCheckedException, InterruptedException {
        return answer(request("/v1/vulns/" + URLEncoder.encode(id, StandardCharsets.UTF_8)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(source + path)).timeout(PATIENCE);
    }

    private JsonNode answer(HttpRequest.Builder request) throws NotCheckedException, InterruptedException {
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
            if (response.statusCode() != OK) {
                throw new NotCheckedException(source + " answered with status " + response.statusCode());
            }
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new NotCheckedException(source + " answered with something else than JSON");
        } catch (IOException e) {
            throw new NotCheckedException(source + " cannot be reached (" + e + ")");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
