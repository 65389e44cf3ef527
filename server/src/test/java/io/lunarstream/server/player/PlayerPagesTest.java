package io.lunarstream.server.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.StaticFiles;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayerPagesTest {
    private static final URI ORIGIN = URI.create("/hls/0123456789abcdef0123456789abcdef/master.m3u8");

    private final StaticFiles assets = PlayerAssets.open();
    private final PlayerPages pages = new PlayerPages(assets);

    @Test
    void namesTheLivestreamAndItsSourcesInOrder() {
        URI cdn = URI.create("https://cdn.example:8443/a/master.m3u8?x=1&y=2");
        Response response = pages.preview(new Preview("Harbour concert", List.of(ORIGIN, cdn)));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("content-type", "text/html; charset=utf-8");
        assertThat(body(response))
                .contains("<title>Harbour concert · Lunar Stream</title>")
                .contains("<h1 dir=\"auto\">Harbour concert</h1>")
                .containsSubsequence(
                        "<li><a href=\"" + ORIGIN + "\">",
                        "<li><a href=\"https://cdn.example:8443/a/master.m3u8?x=1&amp;y=2\">")
                .contains("src=\"" + assets.path() + "/player.js\"")
                .doesNotContain("{{");
    }

    @Test
    void escapesWhatPartnersWrote() {
        String name = "</title><script>alert(\"1\")</script>'&amp;{{sources}}$1";
        assertThat(body(pages.preview(new Preview(name, List.of(ORIGIN)))))
                .contains("&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;amp;{{sources}}$1")
                .doesNotContain("<script>");
    }

    @Test
    void allowsNothingInlineAndNoHostButThoseOfTheSources() {
        List<URI> sources = List.of(
                ORIGIN,
                URI.create("HTTPS://cdn.example:8443/a/master.m3u8"),
                URI.create("https://cdn.example:8443/b/master.m3u8"),
                URI.create("http://[2001:db8::1]/master.m3u8"));
        Response response = pages.preview(new Preview("Harbour concert", sources));
        assertThat(response.headers().get("content-security-policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                        + "worker-src 'self'; "
                        + "connect-src 'self' https://cdn.example:8443 http://[2001:db8::1]; "
                        + "media-src 'self' blob: https://cdn.example:8443 http://[2001:db8::1]; "
                        + "base-uri 'none'; form-action 'none'; frame-ancestors *");
        assertThat(body(response)).doesNotContain(" style=").doesNotContain(" onclick=");
    }

    @Test
    void saysThatThereIsNoStream() {
        Response response = pages.notFound();
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers().get("content-security-policy")).contains("default-src 'none'");
        assertThat(body(response))
                .contains("There is no stream at this address")
                .doesNotContain("<script");
    }

    @Test
    void refusesSourcesABrowserCouldNotOrShouldNotOpen() {
        assertThatThrownBy(() -> new Preview("x", List.of())).isInstanceOf(IllegalArgumentException.class);
        for (String bad : List.of("javascript:alert(1)", "ftp://cdn.example/a", "//cdn.example/a", "https:/a")) {
            assertThatThrownBy(() -> new Preview("x", List.of(URI.create(bad))))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String body(Response response) {
        return response.body();
    }
}
