package io.lunarstream.server.player;

import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.StaticFiles;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The HTML pages: the preview of a livestream, and the one for a stream key that names none.
public final class PlayerPages {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private final String page;
    private final String notFoundPage;
    private final String assetsPath;

    public PlayerPages(StaticFiles assets) {
        this.page = StaticFiles.readText(PlayerPages.class, "page.html");
        this.notFoundPage = StaticFiles.readText(PlayerPages.class, "not-found.html");
        this.assetsPath = assets.path();
    }

    /// The page that waits for, plays and says good-bye to a livestream.
    public Response preview(Preview preview) {
        String links = preview.sources().stream()
                .map(source -> "<li><a href=\"" + escape(source.toString()) + "\">HLS</a></li>")
                .collect(Collectors.joining());
        String html = fill(
                page,
                Map.of(
                        "name",
                        escape(preview.name()),
                        "assets",
                        assetsPath,
                        "firstSource",
                        escape(preview.sources().getFirst().toString()),
                        "sources",
                        links));
        return html(200, html, contentSecurityPolicy(preview));
    }

    /// The page for a stream key that is unknown, malformed or deleted.
    public Response notFound() {
        String policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors *";
        return html(404, fill(notFoundPage, Map.of("assets", assetsPath)), policy);
    }

    /// What the page may load: its own files, and playlists and media from the hosts of its sources. The `blob:` is
    /// how Media Source Extensions hand media to the video element. Any page may embed it.
    private static String contentSecurityPolicy(Preview preview) {
        String hosts = preview.sources().stream()
                .filter(URI::isAbsolute)
                .map(PlayerPages::origin)
                .distinct()
                .map(origin -> " " + origin)
                .collect(Collectors.joining());
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; worker-src 'self'; "
                + "connect-src 'self'" + hosts + "; media-src 'self' blob:" + hosts + "; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors *";
    }

    /// Scheme, host and port: a source expression of a Content-Security-Policy. A URI's host has no spaces,
    /// semicolons or commas in it.
    private static String origin(URI source) {
        String port = source.getPort() < 0 ? "" : ":" + source.getPort();
        return source.getScheme().toLowerCase(Locale.ROOT) + "://" + source.getHost() + port;
    }

    private static Response html(int status, String html, String contentSecurityPolicy) {
        return Response.text(status, "text/html; charset=utf-8", html)
                .with("Content-Security-Policy", contentSecurityPolicy)
                .with("Cache-Control", "no-cache");
    }

    /// Puts values into a template in one pass, so that a value that looks like a placeholder stays as it is.
    private static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalStateException("the template asks for an unknown value: " + match.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /// Text as HTML shows it, in element content and in quoted attributes.
    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
