package io.lunarstream.server.apidocs;

import io.lunarstream.server.auth.Sha256;
import io.lunarstream.server.config.Addresses;
import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.StaticFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// The endpoints of the document and of its page.
public final class ApiDocsHandler {
    /// Where the page's files lie.
    private static final String PREFIX = "/docs/";

    /// What stands in the document for the address of this server.
    private static final String PLACEHOLDER = "url: http://localhost:8080\n";

    /// The page's own files, and requests to the server it came from. The pictures in Swagger UI's style sheet are
    /// `data:` addresses.
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// The page with its files, read when it is first asked for: 2 MB to hash would slow every start.
    private static final class Page {
        static final StaticFiles FILES = new StaticFiles(
                PREFIX,
                ApiDocsHandler.class,
                "swagger-ui-bundle.js",
                "swagger-ui.css",
                "docs.js",
                "docs.css",
                "favicon.svg");

        static final String HTML =
                StaticFiles.readText(ApiDocsHandler.class, "docs.html").replace("{{assets}}", FILES.path());

        private Page() {}
    }

    private final String document;
    private final String etag;

    public ApiDocsHandler(Addresses addresses) {
        this.document = StaticFiles.readText(ApiDocsHandler.class, "openapi.yaml")
                .replace(PLACEHOLDER, "url: \"" + addresses.publicUrl() + "\"\n");
        this.etag = '"' + Sha256.hex(document.getBytes(StandardCharsets.UTF_8)) + '"';
    }

    /// The document and the page answer under the base path and at the root.
    public List<Route> routes() {
        Stream<Route> both = Stream.of(Route.BASE, "")
                .flatMap(base -> Stream.of(
                        Route.get(base + "/openapi.yaml", Access.PUBLIC, this::document),
                        Route.get(base + "/docs", Access.PUBLIC, request -> page())));
        Route file = Route.get(PREFIX + "{version}/{name}", Access.PUBLIC, request -> Page.FILES.answer(request));
        return Stream.concat(both, Stream.of(file.unlimited())).toList();
    }

    private Response document(Request request) {
        return Response.text(200, "application/yaml; charset=utf-8", document)
                .with("Cache-Control", "no-cache")
                .tagged(etag, request.headers().get("if-none-match"));
    }

    private static Response page() {
        return Response.text(200, "text/html; charset=utf-8", Page.HTML)
                .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .with("Cache-Control", "no-cache");
    }
}
