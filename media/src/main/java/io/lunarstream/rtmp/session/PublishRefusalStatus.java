package io.lunarstream.rtmp.session;

/// The status code with which a publisher is turned away: what encoders look at before they show the description.
public enum PublishRefusalStatus {
    /// It may not publish here: its token is missing or bad.
    DENIED("NetStream.Publish.Denied"),
    /// Another publisher has the name, or the name is none.
    BAD_NAME("NetStream.Publish.BadName"),
    /// It may publish, but not this or not now.
    REJECTED("NetStream.Publish.Rejected");

    private final String code;

    PublishRefusalStatus(String code) {
        this.code = code;
    }

    /// The code on the wire.
    public String code() {
        return code;
    }
}
