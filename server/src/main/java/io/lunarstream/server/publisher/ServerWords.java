package io.lunarstream.server.publisher;

import io.lunarstream.rtmp.session.ClientEvent.PublishRefused;
import io.lunarstream.rtmp.session.PublishTarget;

/// A server's words made fit for one line on a screen or in a log: short, printable, and without the secrets that we
/// sent, which some servers repeat.
final class ServerWords {
    /// More than any server's sentence; a hostile one may send 64 KiB.
    private static final int MAX_CHARACTERS = 300;

    /// Shorter values of the query, such as `1` or `live`, are no secrets and would be found everywhere.
    private static final int SECRET_MIN_CHARACTERS = 8;

    private ServerWords() {}

    static PublishEnd.Refused refusal(PublishRefused refused, PublishTarget target) {
        return new PublishEnd.Refused(fit(refused.code(), target), fit(refused.description(), target));
    }

    private static String fit(String words, PublishTarget target) {
        String fit = words;
        for (String part : query(target).split("[?&=]", -1)) {
            if (part.length() >= SECRET_MIN_CHARACTERS && !part.equals("pushToken")) {
                fit = fit.replace(part, "…");
            }
        }
        fit = fit.replaceAll("\\p{Cntrl}", " ").strip();
        return fit.length() > MAX_CHARACTERS ? fit.substring(0, MAX_CHARACTERS) + "…" : fit;
    }

    private static String query(PublishTarget target) {
        int mark = target.streamName().indexOf('?');
        return mark < 0 ? "" : target.streamName().substring(mark);
    }
}
