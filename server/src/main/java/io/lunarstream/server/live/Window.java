package io.lunarstream.server.live;

import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.MultivariantPlaylist;
import io.lunarstream.hls.Rendition;
import io.lunarstream.hls.SegmentForm;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentMap;

/// What viewers may fetch of one generation, at one moment. Replaced as a whole with each new part and segment of all
/// its renditions.
///
/// @param generation the generation's name in addresses
/// @param playlists what is listed now, by the address of each rendition's playlist; at least one
/// @param media the same as bodies in the fMP4 form
/// @param deltaUpdates the delta updates of these
/// @param transportStream the media playlist in the MPEG-TS form, if its codecs can be carried in it
/// @param multivariant the multivariant playlist that leads to this generation, in each form that there is
/// @param objects segments, parts and init segments by name, those included that have just left the playlist; shared
///     by all windows of a generation
public record Window(
        String generation,
        SequencedMap<String, MediaPlaylist> playlists,
        Map<String, PlaylistBody> media,
        Map<String, PlaylistBody> deltaUpdates,
        Optional<PlaylistBody> transportStream,
        Map<SegmentForm, PlaylistBody> multivariant,
        ConcurrentMap<String, StoredMedia> objects) {

    /// Whether its codecs can be carried in a form.
    public boolean has(SegmentForm form) {
        return multivariant.containsKey(form);
    }

    /// What the first rendition lists. All list segments and parts of the same numbers.
    public MediaPlaylist playlist() {
        return playlists.firstEntry().getValue();
    }

    /// A media playlist as it is sent.
    ///
    /// @param name its address in the generation's folder
    public Optional<PlaylistBody> media(SegmentForm form, String name) {
        return switch (form) {
            case FMP4 -> Optional.ofNullable(media.get(name));
            case MPEG_TS -> transportStream.filter(_ -> name.equals(Rendition.MUXED_URI));
        };
    }

    /// Whether a playlist hints at a part that is to come.
    public boolean hintsAt(String part) {
        return playlists.values().stream()
                .anyMatch(
                        playlist -> playlist.preloadHint().filter(part::equals).isPresent());
    }

    /// @param playlists what each rendition lists
    /// @param announced how each form that there is is announced
    static Window of(
            String generation,
            SequencedMap<String, MediaPlaylist> playlists,
            Map<SegmentForm, MultivariantPlaylist> announced,
            ConcurrentMap<String, StoredMedia> objects) {
        MediaPlaylist first = playlists.firstEntry().getValue();
        Map<SegmentForm, PlaylistBody> multivariant = new EnumMap<>(SegmentForm.class);
        announced.forEach((form, playlist) -> multivariant.put(form, new PlaylistBody(() -> playlist.text(form))));
        Optional<PlaylistBody> transportStream = announced.containsKey(SegmentForm.MPEG_TS)
                ? Optional.of(new PlaylistBody(() -> first.text(SegmentForm.MPEG_TS)))
                : Optional.empty();
        return of(generation, playlists, transportStream, Map.copyOf(multivariant), objects);
    }

    /// The same segments with other parts: what does not list parts stays as it is.
    Window with(SequencedMap<String, MediaPlaylist> newer) {
        return of(generation, newer, transportStream, multivariant, objects);
    }

    private static Window of(
            String generation,
            SequencedMap<String, MediaPlaylist> playlists,
            Optional<PlaylistBody> transportStream,
            Map<SegmentForm, PlaylistBody> multivariant,
            ConcurrentMap<String, StoredMedia> objects) {
        SequencedMap<String, MediaPlaylist> listed = new LinkedHashMap<>(playlists);
        Map<String, PlaylistBody> media = new LinkedHashMap<>();
        Map<String, PlaylistBody> deltaUpdates = new LinkedHashMap<>();
        listed.forEach((name, playlist) -> {
            media.put(name, new PlaylistBody(() -> playlist.text(SegmentForm.FMP4)));
            deltaUpdates.put(name, new PlaylistBody(playlist::deltaUpdate));
        });
        return new Window(
                generation,
                Collections.unmodifiableSequencedMap(listed),
                Map.copyOf(media),
                Map.copyOf(deltaUpdates),
                transportStream,
                multivariant,
                objects);
    }
}
