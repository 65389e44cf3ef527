package io.lunarstream.server.cluster;

/// What one node has written to the database and others may hold in memory.
///
/// It says where to look, never what is there: a message that is made up, late or lost changes nothing but when others
/// look again.
public sealed interface Change {

    /// A livestream: what it is called, its status, its push tokens, whether it is there at all.
    record LivestreamChanged(String streamKey) implements Change {}

    /// The keys that sign push tokens.
    record SigningKeysChanged() implements Change {}

    /// Nobody knows what: a node has been cut off, and may have missed or not told something.
    record AnythingChanged() implements Change {}
}
