package io.lunarstream.rtmp.session;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a publisher wants to publish to, put together from what it said in `connect` and in `publish`.
///
/// Encoders cut one and the same URL in different places:
///
/// | encoder                     | `tcUrl`        | app         | publish name |
/// |-----------------------------|----------------|-------------|--------------|
/// | FFmpeg, GStreamer, one part | `…/key?q`      | `key?q`     |              |
/// | FFmpeg, GStreamer, OBS      | `…/live`       | `live`      | `key?q`      |
/// | OBS, key box empty          | `…/live/key?q` | `live/key?q`|              |
/// | OBS, several renditions     | `…/live/key?q` | `live/key?q`| `?q`         |
///
/// The last part of the path is the stream key, what comes before it the app. The same thing said twice is fine, two
/// different things are refused.
///
/// @param app the parts of the path before the stream key, joined by slashes; may be empty
/// @param streamKey the last part of the path
/// @param parameters the query, from wherever it was; it holds secrets
public record PublishAddress(String app, String streamKey, Map<String, String> parameters) {
    private static final String QUOTES = "'\"";

    public PublishAddress {
        parameters = Map.copyOf(parameters);
    }

    /// Puts an address together.
    ///
    /// @param tcUrl from `connect`, empty if it was missing
    /// @param app from `connect`, empty if it was missing
    /// @param publishName from `publish`, empty if it was missing
    /// @throws RtmpException if there is no stream key, or if two things contradict each other
    static PublishAddress resolve(String tcUrl, String app, String publishName) {
        AddressPart urlPart = AddressPart.ofUrl(withoutQuotes(tcUrl));
        AddressPart appPart = AddressPart.of(withoutQuotes(app));
        AddressPart namePart = AddressPart.of(withoutQuotes(publishName));
        List<String> appPath = appPart.path().isEmpty() ? urlPart.path() : appPart.path();
        List<String> path = joined(appPath, namePart.path());
        boolean urlAgrees = urlPart.path().isEmpty()
                || urlPart.path().equals(appPath)
                || urlPart.path().equals(path);
        if (!urlAgrees) {
            throw new RtmpException(Reason.BAD_ADDRESS, "tcUrl and app name different places");
        }
        if (path.isEmpty()) {
            throw new RtmpException(Reason.BAD_ADDRESS, "the publish address has no stream key");
        }
        Map<String, String> parameters = new HashMap<>();
        for (AddressPart part : List.of(namePart, appPart, urlPart)) {
            part.parameters().forEach((name, value) -> AddressPart.put(parameters, name, value));
        }
        return new PublishAddress(String.join("/", path.subList(0, path.size() - 1)), path.getLast(), parameters);
    }

    /// A parameter of the query.
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// The whole path. A publish name that the app ends with already is the same thing said twice.
    private static List<String> joined(List<String> appPath, List<String> namePath) {
        int rest = appPath.size() - namePath.size();
        if (rest > 0 && appPath.subList(rest, appPath.size()).equals(namePath)) {
            return appPath;
        }
        List<String> path = new ArrayList<>(appPath);
        path.addAll(namePath);
        return path;
    }

    /// Some encoders leave the quotes of their configuration around an address.
    private static String withoutQuotes(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && QUOTES.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && QUOTES.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /// Without the query and the app, which may hold secrets.
    @Override
    public String toString() {
        return "PublishAddress[streamKey=" + streamKey + "]";
    }
}
