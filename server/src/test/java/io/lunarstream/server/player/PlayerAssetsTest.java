package io.lunarstream.server.player;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.StaticFiles;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlayerAssetsTest {
    private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"");

    private final StaticFiles assets = PlayerAssets.open();

    @Test
    void servesAFileForEverUnderItsVersion() {
        Response response = find("player.css");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsEntry("content-type", "text/css; charset=utf-8")
                .containsEntry("cache-control", "public, max-age=31536000, immutable");
        assertThat(response.body()).isEqualTo(StaticFiles.readText(PlayerAssets.class, "assets/player.css"));
        assertThat(assets.path()).matches("/player/[0-9a-f]{12}");
    }

    @Test
    void answersTheSameBytesAgainAfterTheyWereRead() {
        String first = text(find("states.js"));
        assertThat(text(find("states.js"))).isEqualTo(first).contains("waiting");
    }

    @Test
    void sendsNothingToABrowserThatHasTheFile() {
        String etag = find("player.css").headers().getOrDefault("etag", "");
        Response response = assets.find(assets.path() + "/player.css", Optional.of("W/\"x\", " + etag))
                .orElseThrow();
        assertThat(response.status()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void hasNoOtherFiles() {
        String path = assets.path();
        for (String other : List.of(
                path, path + "/", path + "/VENDORED.md", path + "/../page.html", "/player/0/player.js", path + "x")) {
            assertThat(assets.find(other, Optional.empty())).as(other).isEmpty();
        }
    }

    @Test
    void hasEveryModuleThatAModuleImports() {
        List<String> imported = List.of("player.js", "preview.js", "playback.js", "playlist.js", "view.js").stream()
                .flatMap(name -> IMPORT.matcher(text(find(name))).results())
                .map(match -> match.group(1))
                .distinct()
                .toList();
        assertThat(imported)
                .contains("hls.min.mjs", "states.js")
                .allSatisfy(name ->
                        assertThat(find(name).headers().get("content-type")).startsWith("text/javascript"));
    }

    private Response find(String name) {
        return assets.find(assets.path() + "/" + name, Optional.empty()).orElseThrow();
    }

    private static String text(Response response) {
        return response.body();
    }
}
