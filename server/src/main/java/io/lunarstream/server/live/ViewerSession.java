package io.lunarstream.server.live;

/// Whom a request for a playlist is taken to come from. Nothing of it is stored, shown or logged.
///
/// @param network the viewer's address, or the network that a customer gets as one
/// @param number tells viewers behind one address apart; few, so that nobody can make up any number of viewers
public record ViewerSession(String network, int number) {

    /// How many viewers are told apart behind one address. Many share one in an office or a mobile network; one peer
    /// that makes up sessions can neither cost much memory nor pretend to be a crowd.
    private static final int MOST_PER_NETWORK = 1_024;

    /// A session of a player behind an address.
    ///
    /// @param network see [ViewerSession]
    /// @param player whatever tells one player from another
    public static ViewerSession of(String network, String player) {
        return new ViewerSession(network, Math.floorMod(player.hashCode(), MOST_PER_NETWORK));
    }
}
