package io.lunarstream.bench.playlist;

import static io.lunarstream.bench.playlist.Rule.require;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A multivariant playlist as a strict stranger reads it. Source: RFC 8216, sections 4.1 and 4.3.4.
///
/// @param variants EXT-X-STREAM-INF, in their order
/// @param renditions EXT-X-MEDIA
public record MultivariantPlaylistText(List<Variant> variants, List<Rendition> renditions) {
    private static final Set<String> MEDIA_TAGS =
            Set.of("#EXTINF", "#EXT-X-TARGETDURATION", "#EXT-X-MEDIA-SEQUENCE", "#EXT-X-PART", "#EXT-X-ENDLIST");
    private static final Set<String> TYPES = Set.of("AUDIO", "VIDEO", "SUBTITLES", "CLOSED-CAPTIONS");
    private static final Pattern RESOLUTION = Pattern.compile("[1-9]\\d*x[1-9]\\d*");
    private static final Pattern FRAME_RATE = Pattern.compile("\\d+(\\.\\d+)?");

    /// One encoding of the whole.
    ///
    /// @param bandwidth bits per second at the most
    /// @param audio GROUP-ID of its audio renditions
    public record Variant(String uri, long bandwidth, Optional<String> codecs, Optional<String> audio) {}

    /// An alternative of one medium.
    ///
    /// @param uri its own media playlist; absent if it lies in the variant's
    public record Rendition(String type, String groupId, String name, Optional<String> uri) {}

    public MultivariantPlaylistText {
        variants = List.copyOf(variants);
        renditions = List.copyOf(renditions);
    }

    /// Reads a whole playlist.
    ///
    /// @throws IllegalArgumentException with the rule that is broken
    public static MultivariantPlaylistText parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isEmpty()).toList();
        require(!lines.isEmpty() && lines.getFirst().equals("#EXTM3U"), "the first line MUST be #EXTM3U (4.3.1.1)");
        require(text.endsWith("\n"), "the last line is cut off");
        List<Variant> variants = new ArrayList<>();
        List<Rendition> renditions = new ArrayList<>();
        Optional<TagAttributes> open = Optional.empty();
        for (String line : lines) {
            String tag = line.split(":", 2)[0];
            require(!MEDIA_TAGS.contains(tag), tag + " MUST NOT be in a multivariant playlist (4.1)");
            if (!line.startsWith("#")) {
                variants.add(variant(line, open));
                open = Optional.empty();
            } else if (tag.equals("#EXT-X-STREAM-INF")) {
                require(open.isEmpty(), "a URI MUST follow EXT-X-STREAM-INF (4.3.4.2)");
                open = Optional.of(TagAttributes.after(line));
            } else if (tag.equals("#EXT-X-MEDIA")) {
                renditions.add(rendition(TagAttributes.after(line)));
            }
        }
        require(open.isEmpty(), "a URI MUST follow EXT-X-STREAM-INF (4.3.4.2)");
        checkGroups(variants, renditions);
        return new MultivariantPlaylistText(variants, renditions);
    }

    private static Variant variant(String uri, Optional<TagAttributes> tag) {
        TagAttributes attributes =
                tag.orElseThrow(() -> new IllegalArgumentException("a URI without its tag (4.3.4.2): " + uri));
        long bandwidth = attributes.integer("BANDWIDTH");
        require(
                attributes.optional("AVERAGE-BANDWIDTH").isEmpty()
                        || attributes.integer("AVERAGE-BANDWIDTH") <= bandwidth,
                "AVERAGE-BANDWIDTH is not above the peak (4.3.4.2)");
        requireForm(attributes, "RESOLUTION", RESOLUTION);
        requireForm(attributes, "FRAME-RATE", FRAME_RATE);
        return new Variant(uri, bandwidth, attributes.optionalQuoted("CODECS"), attributes.optionalQuoted("AUDIO"));
    }

    private static void requireForm(TagAttributes attributes, String name, Pattern form) {
        require(
                attributes.optional(name).stream().allMatch(form.asMatchPredicate()),
                name + " is not of its form (4.2): " + attributes);
    }

    private static Rendition rendition(TagAttributes attributes) {
        String type = attributes.value("TYPE");
        require(TYPES.contains(type), "no TYPE of EXT-X-MEDIA (4.3.4.1): " + type);
        Optional<String> uri = attributes.optionalQuoted("URI");
        require(
                !type.equals("CLOSED-CAPTIONS") || uri.isEmpty(),
                "URI MUST NOT be there for closed captions (4.3.4.1)");
        require(!type.equals("SUBTITLES") || uri.isPresent(), "URI is REQUIRED for subtitles (4.3.4.1)");
        boolean isDefault = attributes.optional("DEFAULT").filter("YES"::equals).isPresent();
        require(
                !isDefault || attributes.optional("AUTOSELECT").orElse("YES").equals("YES"),
                "AUTOSELECT MUST be YES with DEFAULT=YES (4.3.4.1)");
        return new Rendition(type, attributes.quoted("GROUP-ID"), attributes.quoted("NAME"), uri);
    }

    private static void checkGroups(List<Variant> variants, List<Rendition> renditions) {
        Set<String> names = new HashSet<>();
        Set<String> audioGroups = new HashSet<>();
        for (Rendition rendition : renditions) {
            require(
                    names.add(rendition.type() + "\n" + rendition.groupId() + "\n" + rendition.name()),
                    "all of a group MUST have different NAMEs (4.3.4.1.1): " + rendition);
            if (rendition.type().equals("AUDIO")) {
                audioGroups.add(rendition.groupId());
            }
        }
        for (Variant variant : variants) {
            require(
                    variant.audio().stream().allMatch(audioGroups::contains),
                    "AUDIO MUST match a GROUP-ID of EXT-X-MEDIA (4.3.4.2): " + variant);
        }
    }

    /// Addresses of all media playlists, each once.
    public List<String> mediaPlaylists() {
        return Stream.concat(
                        variants.stream().map(Variant::uri),
                        renditions.stream().map(Rendition::uri).flatMap(Optional::stream))
                .distinct()
                .toList();
    }
}
