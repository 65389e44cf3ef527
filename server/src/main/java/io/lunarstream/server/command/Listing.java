package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.client.Api;
import io.lunarstream.server.client.ApiAnswer;
import io.lunarstream.server.client.ApiAnswer.Accepted;
import io.lunarstream.server.client.ApiAnswer.Refused;
import io.lunarstream.server.client.ApiRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rows of a list, and what people want to know about those that are not there.
record Listing(List<JsonNode> rows, Optional<String> note) {
    private static final int LARGEST_PAGE = 100;
    private static final int TOO_MANY_REQUESTS = 429;

    /// The API's longest window of a rate limit, and a little.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(61);

    Listing {
        rows = List.copyOf(rows);
    }

    static Listing read(Api api, ApiRequest request, PageOptions options, Terminal terminal) {
        return options.all()
                ? all(api, request, terminal)
                : page(api.call(request.with("page", options.page()).with("limit", options.limit())));
    }

    /// A list without pages.
    static Listing whole(Api api, ApiRequest request) {
        return page(api.call(request));
    }

    private static Listing page(Accepted answer) {
        List<JsonNode> rows = rowsOf(answer);
        JsonNode pagination = answer.meta().path("pagination");
        long pages = pagination.path("totalPages").asLong();
        if (pages > 1) {
            String note = "Page " + pagination.path("page").asLong() + " of " + pages + ", "
                    + pagination.path("total").asLong() + " in all; --page N or --all shows the others.";
            return new Listing(rows, Optional.of(note));
        }
        return new Listing(rows, rows.isEmpty() ? Optional.of("There are none.") : Optional.empty());
    }

    /// Page by page. What is created meanwhile moves rows to later pages, where they are met again: by their ids they
    /// are known.
    private static Listing all(Api api, ApiRequest request, Terminal terminal) {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        long page = 0;
        long pages;
        do {
            page++;
            Accepted answer = patiently(api, request.with("page", page).with("limit", LARGEST_PAGE), terminal);
            rowsOf(answer).forEach(row -> rows.put(row.path("id").asText(), row));
            pages = answer.meta().at("/pagination/totalPages").asLong();
        } while (page < pages);
        return new Listing(
                List.copyOf(rows.values()), rows.isEmpty() ? Optional.of("There are none.") : Optional.empty());
    }

    /// Waits where the pages are more than the rate limit lets through.
    private static Accepted patiently(Api api, ApiRequest request, Terminal terminal) {
        ApiAnswer answer = api.send(request);
        while (answer instanceof Refused refused
                && refused.status() == TOO_MANY_REQUESTS
                && refused.retryAfterSeconds().isPresent()) {
            Duration pause = Duration.ofSeconds(refused.retryAfterSeconds().getAsLong());
            terminal.err().println("Waiting " + pause.toSeconds() + " s for the rate limit…");
            terminal.pause().accept(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            answer = api.send(request);
        }
        return Api.accepted(answer);
    }

    private static List<JsonNode> rowsOf(Accepted answer) {
        List<JsonNode> rows = new ArrayList<>();
        answer.data().forEach(rows::add);
        return rows;
    }
}
