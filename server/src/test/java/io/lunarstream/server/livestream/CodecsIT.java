package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.ingest.RtmpEncoder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the API and HLS say of codecs that come by Enhanced RTMP. The configurations are real ones; the frames have
/// only their beginning.
class CodecsIT {
    private static final int LENGTH_MS = 6_000;
    private static final int PICTURE_MS = 40;
    private static final int KEYFRAME_MS = 2_000;

    /// A codec as tags.
    private record Sent(String fourCc, String configuration, String keyFrame, String frame, int frameMs) {}

    private static final Sent HEVC = new Sent(
            "hvc1",
            "0101600000009000000000007bf000fcfdf8f800000f03"
                    + "200001001840010c01ffff01600000030090000003000003007b959409"
                    + "210001002b42010101600000030090000003000003007ba003c0801107cb965654a4c2f0168080000003008000001e04"
                    + "22000100064401c073c189",
            "000000000000032601af",
            "000000000000030201d0",
            PICTURE_MS);
    private static final Sent AV1 =
            new Sent("av01", "81054c000a0b0000002d4cffb3cdaf9404", "1200320310aabb", "1200320330aabb", PICTURE_MS);
    private static final Sent VP9 =
            new Sent("vp09", "01000000000a820202020000", "824983420009f005963824", "86004092f0a12500", PICTURE_MS);
    private static final Sent OPUS =
            new Sent("Opus", "4f707573486561640102380180bb0000000000", "fcb4065a", "fcb4065a", 20);
    private static final Sent FLAC = new Sent(
            "fLaC",
            "664c6143" + "80000022" + "120012000000000000000bb802f0" + "0000000000000000000000000000000000000000",
            "fff85a8800374e",
            "fff85a8800374e",
            96);
    private static final Sent AC3 = new Sent("ac-3", "", "0b7738900c4043e106f0", "0b7738900c4043e106f0", 32);

    private final TestServer server;

    CodecsIT(@TempDir Path folder) {
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hevc | opus | 1920 | 1080 | hvc1.1.6.L123.90,Opus",
                "av1  | flac | 1280 | 720  | av01.0.05M.10,fLaC",
                "vp9  | ac3  | 160  | 90   | vp09.00.10.08,ac-3"
            })
    void areNamedAndPlayAsFragmentedMp4Only(String video, String audio, int width, int height, String codecs)
            throws IOException {
        JsonNode livestream =
                server.post("/livestream", server.createBody(video, "")).data();
        String streamKey = livestream.required("streamKey").asText();
        try (RtmpEncoder encoder = publishing(livestream)) {
            List<FlvTag> tags = tags(sent(video), FlvTag.Type.VIDEO);
            tags.addAll(tags(sent(audio), FlvTag.Type.AUDIO));
            tags.sort(Comparator.comparingLong(FlvTag::timestampMs));
            encoder.send(tags);
            await().until(() ->
                    server.get("//hls/" + streamKey + "/master.m3u8").status() == 200);

            String multivariant =
                    server.get("//hls/" + streamKey + "/master.m3u8").response().body();
            assertThat(multivariant).contains("CODECS=\"" + codecs + "\",RESOLUTION=" + width + "x" + height + ",");
            assertNotInTs(server.get("//live/" + streamKey + "/hls.m3u8"));
            String media = multivariant.lines().reduce((_, last) -> last).orElseThrow();
            assertThat(server.get("//hls/" + streamKey + "/" + media).status()).isEqualTo(200);
            assertNotInTs(server.get("//live/" + streamKey + "/" + media));

            JsonNode ingest = server.get(
                            "/livestream/" + livestream.required("id").asText())
                    .data()
                    .required("ingest");
            assertThat(ingest.required("videoCodec").asText()).isEqualTo(video);
            assertThat(ingest.required("audioCodec").asText()).isEqualTo(audio);
            assertThat(ingest.required("width").asInt()).isEqualTo(width);
            assertThat(ingest.required("height").asInt()).isEqualTo(height);
        }
    }

    @Test
    void areRefusedByTheirNameIfTheyAreNotSupported() throws IOException {
        JsonNode livestream =
                server.post("/livestream", server.createBody("vvc", "")).data();
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(List.of(tag(FlvTag.Type.VIDEO, 0, "90" + hex("vvc1") + "00")));
            assertThat(encoder.refusal())
                    .startsWith("NetStream.Publish.Rejected UNSUPPORTED_CODEC: vvc1 video is not supported");
            assertThat(encoder.isClosed()).isTrue();
        }
    }

    /// The first track as ever, the others with their number.
    @Test
    void playTenTracksOfAKindAndSayThatMoreAreLeftOut() throws IOException {
        JsonNode livestream =
                server.post("/livestream", server.createBody("multitrack", "")).data();
        String id = livestream.required("id").asText();
        try (RtmpEncoder encoder = publishing(livestream)) {
            for (int track = 1; track <= 10; track++) {
                String header = "9600" + hex("hvc1") + "%02x".formatted(track);
                encoder.send(List.of(tag(FlvTag.Type.VIDEO, 0, header + HEVC.configuration())));
            }
            encoder.send(tags(HEVC, FlvTag.Type.VIDEO));
            await().until(
                            () -> server.get("/livestream/" + id)
                                    .data()
                                    .required("status")
                                    .asText(),
                            "STARTED"::equals);
            JsonNode ingest = server.get("/livestream/" + id).data().required("ingest");
            assertThat(ingest.required("warnings").toString()).contains("FURTHER_TRACKS_LEFT_OUT");
            String streamKey = livestream.required("streamKey").asText();
            String multivariant =
                    server.get("//hls/" + streamKey + "/master.m3u8").response().body();
            assertThat(multivariant.lines().filter(line -> line.startsWith("#EXT-X-STREAM-INF")))
                    .hasSize(10);
        }
    }

    @Test
    void leaveOutAnotherEncodingWhoseCodecIsNotSupported() throws IOException {
        JsonNode livestream =
                server.post("/livestream", server.createBody("vvc beside", "")).data();
        String id = livestream.required("id").asText();
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(List.of(tag(FlvTag.Type.VIDEO, 0, "9600" + hex("vvc1") + "01" + "00")));
            encoder.send(tags(HEVC, FlvTag.Type.VIDEO));
            await().until(
                            () -> server.get("/livestream/" + id)
                                    .data()
                                    .required("status")
                                    .asText(),
                            "STARTED"::equals);
            JsonNode ingest = server.get("/livestream/" + id).data().required("ingest");
            assertThat(ingest.required("warnings").toString()).contains("vvc1 video is not supported and left out");
        }
    }

    private static void assertNotInTs(Answer answer) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().required("code").asText()).isEqualTo("CODEC_NOT_IN_TS");
        assertThat(answer.header("cache-control")).isEqualTo("public, max-age=1");
    }

    private static Sent sent(String word) {
        return switch (word) {
            case "hevc" -> HEVC;
            case "av1" -> AV1;
            case "vp9" -> VP9;
            case "opus" -> OPUS;
            case "flac" -> FLAC;
            default -> AC3;
        };
    }

    private RtmpEncoder publishing(JsonNode livestream) throws IOException {
        RtmpEncoder encoder = new RtmpEncoder(
                server.rtmpPort(),
                livestream.required("streamKey").asText(),
                livestream.required("pushToken").asText());
        assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
        return encoder;
    }

    private static List<FlvTag> tags(Sent sent, FlvTag.Type type) {
        boolean video = type == FlvTag.Type.VIDEO;
        List<FlvTag> tags = new ArrayList<>();
        tags.add(tag(type, 0, "90" + hex(sent.fourCc()) + sent.configuration()));
        for (int ms = 0; ms < LENGTH_MS; ms += sent.frameMs()) {
            boolean key = ms % KEYFRAME_MS == 0;
            String firstByte = key || !video ? "91" : "a1";
            tags.add(tag(type, ms, firstByte + hex(sent.fourCc()) + (key ? sent.keyFrame() : sent.frame())));
        }
        return tags;
    }

    private static FlvTag tag(FlvTag.Type type, long ms, String hex) {
        return new FlvTag(type, ms, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static String hex(String fourCc) {
        return HexFormat.of().formatHex(fourCc.getBytes(StandardCharsets.US_ASCII));
    }
}
