package io.lunarstream.server.client;

import io.lunarstream.server.client.ClientException.Reason;
import java.net.URI;
import java.net.URISyntaxException;

/// The base address of an API: `https://HOST/api/v1`, without a slash at the end.
public record ApiUrl(URI address) {
    private static final String BASE_PATH = "/api/v1";

    /// Understands an address as people give it: the base path may be left out.
    ///
    /// @param origin where the text comes from, for the message
    public static ApiUrl parse(String text, String origin) {
        try {
            URI uri = new URI(text.strip().replaceAll("/+$", ""));
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null && hasPathOnly(uri)) {
                return new ApiUrl(uri.getRawPath().isEmpty() ? URI.create(uri + BASE_PATH) : uri);
            }
        } catch (URISyntaxException e) {
            // The text may hold a password: it is not repeated below.
        }
        throw new ClientException(Reason.MISUSED, origin + " is not an address like https://HOST/api/v1");
    }

    private static boolean hasPathOnly(URI uri) {
        return uri.getRawQuery() == null && uri.getRawFragment() == null;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
