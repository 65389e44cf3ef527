package io.lunarstream.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Projects, as operators make and list them. Partner API, section 9.
class AdminProjectsIT {
    private static final String PROJECTS = "/admin/projects";

    private final MutableClock clock = new MutableClock();
    private final TestServer server;

    AdminProjectsIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aNewProjectIsAnsweredWithItsIdAndIsListedFirst() {
        clock.advance(Duration.ofMillis(1));
        Answer made = server.adminPost(PROJECTS, "{\"name\":\" \\u00a0Ünïted \"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.data().properties()).extracting(Map.Entry::getKey).containsExactly("id", "name", "createdAt");
        assertThat(made.data().required("name").asText()).isEqualTo("Ünïted");
        assertThat(made.data().required("createdAt").asText())
                .isEqualTo(clock.instant().toString());
        Answer list = server.adminGet(PROJECTS);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.data().get(0)).isEqualTo(made.data());
        assertThat(list.data().get(1).required("id").asText()).isEqualTo(server.projectId());
        assertThat(list.json().at("/meta/pagination").toString())
                .isEqualTo("{\"page\":1,\"limit\":10,\"total\":2,\"totalPages\":1}");
    }

    @Test
    void pagesShowEachProjectOnceNewestFirst() {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.addFirst(server.adminPost(PROJECTS, "{\"name\":\"p" + i + "\"}")
                    .data()
                    .required("id")
                    .asText());
            clock.advance(Duration.ofMillis(1));
        }
        List<String> listed = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            server.adminGet(PROJECTS + "?limit=2&page=" + page)
                    .data()
                    .forEach(project -> listed.add(project.required("id").asText()));
        }
        assertThat(listed.subList(0, 4)).isEqualTo(newestFirst.subList(0, 4));
        assertThat(listed).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void aNameIsTakenOnce() {
        assertThat(server.adminPost(PROJECTS, "{\"name\":\"a\"}").status()).isEqualTo(201);
        Answer again = server.adminPost(PROJECTS, "{\"name\":\" a\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().required("code").asText()).isEqualTo("PROJECT_NAME_EXISTS");
        assertThat(again.json().required("message").asText()).isEqualTo("A project with this name already exists");
        assertThat(server.adminPost(PROJECTS, "{\"name\":\"A\"}").status()).isEqualTo(201);
    }

    @Test
    void ofManyWhoWantOneNameOneGetsIt() {
        List<Integer> statuses = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> server.adminPost(PROJECTS, "{\"name\":\"one\"}").status())
                .toList();
        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                      | 400 | name is required  | name is required",
                "{\"name\":null}         | 400 | name is required  | name is required",
                "{\"name\":5}            | 400 | Validation failed | name must be a string",
                "{\"name\":\"a\",\"id\":1} | 400 | Validation failed | property id should not exist",
                "{\"name\":\" \"}        | 422 | Validation failed | name should not be empty",
                "{\"name\":\"{256}\"}|422|Validation failed|name must be shorter than or equal to 255 characters",
                "{\"name\":\"\\u0000\"}|422|Validation failed|name must not contain U+0000 or unpaired surrogates",
            })
    void aNameThatIsNoneIsRefused(String json, int status, String message, String detail) {
        Answer answer = server.adminPost(PROJECTS, json.replace("{256}", "é".repeat(256)));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().required("message").asText()).isEqualTo(message);
        assertThat(answer.json().at("/details/0/message").asText()).isEqualTo(detail);
        assertThat(server.adminGet(PROJECTS).json().at("/meta/pagination/total").asInt())
                .isEqualTo(1);
    }

    @Test
    void theLongestNameFits() {
        JsonNode made = server.adminPost(PROJECTS, "{\"name\":\"" + "😀".repeat(255) + "\"}")
                .data();
        assertThat(made.required("name").asText()).isEqualTo("😀".repeat(255));
    }

    @Test
    void aQueryIsReadAsInEveryList() {
        assertThat(server.adminGet(PROJECTS + "?limit=0").status()).isEqualTo(400);
        assertThat(server.adminGet(PROJECTS + "?projectId=x&unknown=1").status())
                .as("parameters that mean nothing here are ignored")
                .isEqualTo(200);
        assertThat(server.adminGet(PROJECTS + "?page=9").data()).isEmpty();
    }
}
