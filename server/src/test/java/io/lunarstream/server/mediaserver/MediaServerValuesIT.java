package io.lunarstream.server.mediaserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an operator may say of a new media server.
@TestInstance(Lifecycle.PER_CLASS)
class MediaServerValuesIT {
    private static final String RTMP = "must be an address that starts with rtmp:// or rtmps://, without ? and #";
    private static final String HTTP = "must be an address that starts with http:// or https://, without ? and #";

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void everyFieldIsRequired() {
        Answer answer = server.adminPost("/admin/media-servers", "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().required("details"))
                .extracting(row -> row.required("message").asText())
                .containsExactly(
                        "name is required",
                        "region is required",
                        "kind is required",
                        "rtmpServer is required",
                        "hlsBaseUrl is required",
                        "maxStreams is required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name       | 5                    | 400 | name must be a string",
                "name       | \" \"                | 422 | name should not be empty",
                "name       | \"{256}\"            | 422 | name must be shorter than or equal to 255 characters",
                "region     | \"\"                 | 422 | region should not be empty",
                "region     | \"{65}\"             | 422 | region must be shorter than or equal to 64 characters",
                "kind       | \"red5\"             | 400 | kind must be one of lunar, srs, zlmediakit, nginx-rtmp",
                "kind       | \"SRS\"              | 400 | kind must be one of lunar, srs, zlmediakit, nginx-rtmp",
                "kind       | 1                    | 400 | kind must be one of lunar, srs, zlmediakit, nginx-rtmp",
                "rtmpServer | {}                   | 400 | rtmpServer must be a string",
                "rtmpServer | \"\"                 | 422 | rtmpServer {rtmp}",
                "rtmpServer | \"a.example/live\"   | 422 | rtmpServer {rtmp}",
                "rtmpServer | \"http://a.example\" | 422 | rtmpServer {rtmp}",
                "rtmpServer | \"rtmp://\"          | 422 | rtmpServer {rtmp}",
                "rtmpServer | \"rtmp:live\"        | 422 | rtmpServer {rtmp}",
                "rtmpServer | \"rtmp:///live\"     | 422 | rtmpServer {rtmp}",
                "rtmpServer | \"rtmp://u:p@a.example/live\" | 422 | rtmpServer {rtmp}",
                "rtmpServer | \"rtmp://a.example/live?x\"   | 422 | rtmpServer {rtmp}",
                "rtmpServer | \"rtmp://a.example:70000/l\"  | 422 | rtmpServer {rtmp}",
                "rtmpServer | \"rtmp://a b/live\"  | 422 | rtmpServer {rtmp}",
                "rtmpServer|\"rtmp://a.ex/{256}\"|422|rtmpServer must be shorter than or equal to 255 characters",
                "hlsBaseUrl | \"ftp://a.example\"  | 422 | hlsBaseUrl {http}",
                "hlsBaseUrl | \"https://a.example/?t=1\" | 422 | hlsBaseUrl {http}",
                "hlsBaseUrl | \"https://a.example/#t\"   | 422 | hlsBaseUrl {http}",
                "hlsBaseUrl | \"//a.example/hls\"  | 422 | hlsBaseUrl {http}",
                "maxStreams | \"5\"                | 400 | maxStreams must be an integer",
                "maxStreams | 1.5                  | 400 | maxStreams must be an integer",
                "maxStreams | 0                    | 422 | maxStreams must not be less than 1",
                "maxStreams | 100001               | 422 | maxStreams must not be greater than 100000",
                "maxStreams | 99999999999999999999 | 422 | maxStreams must not be greater than 100000",
                "status     | \"ONLINE\"           | 400 | property status should not exist",
            })
    void aValueThatIsNoneIsRefused(String field, String value, int status, String message) {
        Answer answer = register(field, value.replace("{256}", "a".repeat(256)).replace("{65}", "r".repeat(65)));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().required("details")).hasSize(1);
        assertThat(answer.json().at("/details/0/message").asText())
                .isEqualTo(message.replace("{rtmp}", RTMP).replace("{http}", HTTP));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rtmpServer | rtmps://a.example/live     | rtmps://a.example/live",
                "rtmpServer | rtmp://[::1]:1935/live//   | rtmp://[::1]:1935/live",
                "rtmpServer | rtmp://127.0.0.1/a/b       | rtmp://127.0.0.1/a/b",
                "hlsBaseUrl | http://a.example/          | http://a.example",
                "hlsBaseUrl | https://a.example:8443/hls | https://a.example:8443/hls",
            })
    void anAddressIsKeptWithoutASlashAtItsEnd(String field, String value, String kept) {
        JsonNode made = register(field, "\"" + value + "\"").data();
        assertThat(made.required(field).asText()).isEqualTo(kept);
        server.adminDelete("/admin/media-servers/" + made.required("id").asText());
    }

    private Answer register(String field, String json) {
        ObjectNode body = (ObjectNode) Answer.parse("""
                {"name":"a","region":"r","kind":"srs","rtmpServer":"rtmp://a.example/live",
                 "hlsBaseUrl":"http://a.example/hls","maxStreams":5}""");
        body.set(field, Answer.parse(json));
        return server.adminPost("/admin/media-servers", body.toString());
    }
}
