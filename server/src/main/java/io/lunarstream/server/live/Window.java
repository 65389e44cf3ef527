package io.lunarstream.server.live;

import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.MultivariantPlaylist;
import io.lunarstream.hls.SegmentForm;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// What viewers may fetch of one generation, at one moment. Replaced as a whole with each new part and segment.
///
/// @param generation the generation's name in addresses
/// @param playlist what is listed now
/// @param media the media playlist in each form
/// @param deltaUpdate the delta update of the media playlist in the fMP4 form
/// @param multivariant the multivariant playlist that leads to this generation, in each form
/// @param objects segments, parts and init segments by name, those included that have just left the playlist; shared
///     by all windows of a generation
public record Window(
        String generation,
        MediaPlaylist playlist,
        Map<SegmentForm, PlaylistBody> media,
        PlaylistBody deltaUpdate,
        Map<SegmentForm, PlaylistBody> multivariant,
        ConcurrentMap<String, StoredMedia> objects) {

    /// Name of a media playlist in its generation's folder.
    public static final String MEDIA_PLAYLIST = "media.m3u8";

    /// @param variants how each form is announced
    static Window of(
            String generation,
            MediaPlaylist playlist,
            Map<SegmentForm, MultivariantPlaylist.Variant> variants,
            ConcurrentMap<String, StoredMedia> objects) {
        return new Window(
                generation,
                playlist,
                perForm(form -> new PlaylistBody(() -> playlist.text(form))),
                new PlaylistBody(playlist::deltaUpdate),
                perForm(form -> {
                    MultivariantPlaylist announced = new MultivariantPlaylist(List.of(variants.get(form)));
                    return new PlaylistBody(() -> announced.text(form));
                }),
                objects);
    }

    /// The same segments with other parts: what does not list parts stays as it is.
    Window with(MediaPlaylist newer) {
        PlaylistBody withParts = new PlaylistBody(() -> newer.text(SegmentForm.FMP4));
        PlaylistBody withoutParts = Objects.requireNonNull(media.get(SegmentForm.MPEG_TS));
        return new Window(
                generation,
                newer,
                Map.of(SegmentForm.FMP4, withParts, SegmentForm.MPEG_TS, withoutParts),
                new PlaylistBody(newer::deltaUpdate),
                multivariant,
                objects);
    }

    private static Map<SegmentForm, PlaylistBody> perForm(Function<SegmentForm, PlaylistBody> body) {
        return Map.of(
                SegmentForm.FMP4, body.apply(SegmentForm.FMP4),
                SegmentForm.MPEG_TS, body.apply(SegmentForm.MPEG_TS));
    }
}
