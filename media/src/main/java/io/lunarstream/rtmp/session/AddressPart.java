package io.lunarstream.rtmp.session;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One of the texts that an address is put together from: the publish name, the app, or the path of `tcUrl`.
///
/// @param path the parts between slashes, decoded, without empty ones and without `_definst_`
/// @param parameters the query, decoded
record AddressPart(List<String> path, Map<String, String> parameters) {
    /// An address with a push token in it has about 800 characters; encoders cut it at 1024 or so anyway.
    private static final int CHARS_MAX = 4_096;
    /// We need one parameter; some CDN addresses carry a handful.
    private static final int PARAMETERS_MAX = 64;
    /// The name of the default instance of an app, which some encoders add. Source: Wowza, application URLs.
    private static final String DEFAULT_INSTANCE = "_definst_";

    AddressPart {
        path = List.copyOf(path);
        parameters = Map.copyOf(parameters);
    }

    /// Takes apart `path?query`.
    static AddressPart of(String text) {
        if (text.length() > CHARS_MAX) {
            throw new RtmpException(Reason.LIMIT_EXCEEDED, "an address with more than " + CHARS_MAX + " characters");
        }
        // An encoder that escapes the whole text escapes the question mark too.
        String unescaped = PercentEncoding.decode(text);
        String whole = text.indexOf('?') < 0 && unescaped.indexOf('?') >= 0 ? unescaped : text;
        int mark = whole.indexOf('?');
        String path = mark < 0 ? whole : whole.substring(0, mark);
        String query = mark < 0 ? "" : whole.substring(mark + 1);
        return new AddressPart(pathOf(path), parametersOf(query));
    }

    /// Takes apart `scheme://host:port/path?query`, leaving scheme, host and port out.
    static AddressPart ofUrl(String url) {
        int scheme = url.indexOf("://");
        int slash = url.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        return of(slash < 0 ? "" : url.substring(slash + 1));
    }

    /// Puts a parameter to others, where it may be already, but not with another value.
    static void put(Map<String, String> parameters, String name, String value) {
        String before = parameters.putIfAbsent(name, value);
        if (before != null && !before.equals(value)) {
            throw new RtmpException(Reason.BAD_ADDRESS, "the publish address has a parameter with two values");
        }
        if (parameters.size() > PARAMETERS_MAX) {
            throw new RtmpException(
                    Reason.LIMIT_EXCEEDED, "a publish address with more than " + PARAMETERS_MAX + " parameters");
        }
    }

    private static List<String> pathOf(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            String decoded = PercentEncoding.decode(part);
            if (!decoded.isEmpty() && !decoded.equals(DEFAULT_INSTANCE)) {
                parts.add(decoded);
            }
        }
        return parts;
    }

    /// Takes apart `name=value&name=value`. A further question mark separates too: some encoders append a query of
    /// their own to one that is there.
    private static Map<String, String> parametersOf(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("[&?]", -1)) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                String value = equals < 0 ? "" : parameter.substring(equals + 1);
                put(parameters, PercentEncoding.decode(name), PercentEncoding.decode(value));
            }
        }
        return parameters;
    }

    /// Without anything: all of it may be secret.
    @Override
    public String toString() {
        return "AddressPart[redacted]";
    }
}
