package io.lunarstream.server.live;

import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.MultivariantPlaylist;
import io.lunarstream.hls.SegmentForm;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

/// What viewers may fetch of one generation, at one moment. Replaced as a whole with each new part and segment.
///
/// @param generation the generation's name in addresses
/// @param playlist what is listed now
/// @param media the media playlist in each form that its codecs can be carried in
/// @param deltaUpdate the delta update of the media playlist in the fMP4 form
/// @param multivariant the multivariant playlist that leads to this generation, in the same forms
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

    /// Whether its codecs can be carried in a form.
    public boolean has(SegmentForm form) {
        return multivariant.containsKey(form);
    }

    /// @param variants how each form that there is is announced
    static Window of(
            String generation,
            MediaPlaylist playlist,
            Map<SegmentForm, MultivariantPlaylist.Variant> variants,
            ConcurrentMap<String, StoredMedia> objects) {
        return new Window(
                generation,
                playlist,
                perForm(variants, (form, _) -> new PlaylistBody(() -> playlist.text(form))),
                new PlaylistBody(playlist::deltaUpdate),
                perForm(variants, (form, variant) -> {
                    MultivariantPlaylist announced = new MultivariantPlaylist(List.of(variant));
                    return new PlaylistBody(() -> announced.text(form));
                }),
                objects);
    }

    /// The same segments with other parts: what does not list parts stays as it is.
    Window with(MediaPlaylist newer) {
        Map<SegmentForm, PlaylistBody> bodies = new EnumMap<>(media);
        bodies.put(SegmentForm.FMP4, new PlaylistBody(() -> newer.text(SegmentForm.FMP4)));
        return new Window(
                generation, newer, Map.copyOf(bodies), new PlaylistBody(newer::deltaUpdate), multivariant, objects);
    }

    private static Map<SegmentForm, PlaylistBody> perForm(
            Map<SegmentForm, MultivariantPlaylist.Variant> variants,
            BiFunction<SegmentForm, MultivariantPlaylist.Variant, PlaylistBody> body) {
        Map<SegmentForm, PlaylistBody> bodies = new EnumMap<>(SegmentForm.class);
        variants.forEach((form, variant) -> bodies.put(form, body.apply(form, variant)));
        return Map.copyOf(bodies);
    }
}
