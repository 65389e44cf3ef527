package io.lunarstream.server.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.contract.OpenApi31;
import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The document and its page over HTTP.
@TestInstance(Lifecycle.PER_CLASS)
class ApiDocsIT {
    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/docs/[0-9a-f]{12}/[^\"]+)\"");

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Answer get(String path) {
        return server.send(server.request("/" + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/api/v1/openapi.yaml"})
    void theDocumentNamesThePublicAddress(String path) {
        Answer answer = get(path);
        String publicUrl =
                server.request("//").build().uri().resolve("/").toString().replaceAll("/$", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/yaml; charset=utf-8");
        assertThat(answer.response().body())
                .startsWith("openapi: 3.1")
                .containsOnlyOnce("url: \"" + publicUrl + "\"")
                .doesNotContain("localhost:8080");
        assertThat(OpenApi31.faults(answer.response().body())).isEmpty();
    }

    @Test
    void theDocumentIsNotSentToWhoHasIt() {
        String etag = get("/openapi.yaml").header("etag");
        Answer again = server.send(server.request("//openapi.yaml").header("If-None-Match", etag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        Answer other = server.send(server.request("//openapi.yaml").header("If-None-Match", "\"other\""));
        assertThat(other.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/api/v1/docs"})
    void thePageLoadsNothingButItsOwnFiles(String path) {
        Answer page = get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-security-policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe", "http");
        String html = page.response().body();
        assertThat(html).doesNotContain("{{", "://", "<style", " style=", " onclick=");
        assertThat(FILE.matcher(html).results().map((MatchResult file) -> file.group(1)))
                .hasSize(5)
                .allSatisfy(file -> {
                    Answer answer = get(file);
                    assertThat(answer.status()).as(file).isEqualTo(200);
                    assertThat(answer.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
                });
    }

    @Test
    void otherFilesAndOtherVersionsAreNotThere() {
        String folder = FILE.matcher(get("/docs").response().body())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        folder = folder.substring(0, folder.lastIndexOf('/'));
        for (String path : new String[] {
            folder + "/VENDORED.md", folder + "/..%2Fopenapi.yaml", "/docs/000000000000/docs.js", "/docs/", "/docs/x"
        }) {
            assertThat(get(path).status()).as(path).isEqualTo(404);
        }
    }
}
