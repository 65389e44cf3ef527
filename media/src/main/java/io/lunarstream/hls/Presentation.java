package io.lunarstream.hls;

import io.lunarstream.hls.MultivariantPlaylist.AudioRendition;
import io.lunarstream.hls.MultivariantPlaylist.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// A generation as variants and renditions in the fMP4 form.
///
/// Each encoding of the picture is a variant. Sounds that are not muxed into it are renditions, those of one codec in
/// one group: a player that cannot decode a codec passes over the variants with its group. Variants stand in the
/// encoder's order, whose first track is the one that it would send alone, and which never changes. Source: RFC 8216,
/// sections 4.3.4.1.1 and 4.3.4.2.1.
final class Presentation {
    private final List<Generation> pictures = new ArrayList<>();
    private final List<Generation> sounds = new ArrayList<>();
    private final Map<String, List<Generation>> groups = new LinkedHashMap<>();

    /// @param playlists those of all renditions
    Presentation(List<Generation> playlists) {
        for (Generation playlist : playlists) {
            Announcement announcement = playlist.announcement();
            if (playlists.size() == 1 || announcement.resolution().isPresent()) {
                pictures.add(playlist);
            } else {
                sounds.add(playlist);
                String codec = announcement.codecWords().getFirst();
                groups.computeIfAbsent(codec, _ -> new ArrayList<>()).add(playlist);
            }
        }
    }

    MultivariantPlaylist announce() {
        List<AudioRendition> renditions = new ArrayList<>();
        List<Variant> variants = new ArrayList<>();
        groups.forEach((group, members) -> {
            members.forEach(member -> renditions.add(rendition(group, member, member.equals(members.getFirst()))));
            if (pictures.isEmpty()) {
                variants.add(soundOnly(group, members));
            }
            pictures.forEach(picture -> variants.add(withSound(picture, group, members)));
        });
        if (groups.isEmpty()) {
            pictures.forEach(picture -> variants.add(variant(picture)));
        }
        return new MultivariantPlaylist(renditions, variants);
    }

    private AudioRendition rendition(String group, Generation sound, boolean isDefault) {
        return new AudioRendition(
                group,
                "Audio " + (sounds.indexOf(sound) + 1),
                isDefault,
                sound.announcement().channels(),
                variant(sound).uri());
    }

    /// The picture with whichever sound of the group needs most.
    private static Variant withSound(Generation picture, String group, List<Generation> members) {
        Variant alone = variant(picture);
        Variant sound = soundOnly(group, members);
        return new Variant(
                alone.uri(),
                alone.bandwidth() + sound.bandwidth(),
                alone.averageBandwidth() + sound.averageBandwidth(),
                Stream.concat(alone.codecs().stream(), sound.codecs().stream()).toList(),
                alone.resolution(),
                alone.frameRate(),
                sound.audio());
    }

    private static Variant soundOnly(String group, List<Generation> members) {
        List<Variant> alone = members.stream().map(Presentation::variant).toList();
        return new Variant(
                alone.getFirst().uri(),
                alone.stream().mapToLong(Variant::bandwidth).max().orElseThrow(),
                alone.stream().mapToLong(Variant::averageBandwidth).max().orElseThrow(),
                alone.stream()
                        .flatMap(variant -> variant.codecs().stream())
                        .distinct()
                        .toList(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.of(group));
    }

    private static Variant variant(Generation playlist) {
        return playlist.variant(SegmentForm.FMP4);
    }
}
