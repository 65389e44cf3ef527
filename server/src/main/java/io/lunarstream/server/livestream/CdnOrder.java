package io.lunarstream.server.livestream;

import io.lunarstream.server.config.Settings.Cdn;
import java.util.Comparator;
import java.util.List;

/// The configured CDNs, in the order that is best for a livestream.
///
/// @param cdns in the operator's order
public record CdnOrder(List<Cdn> cdns) {

    public CdnOrder {
        cdns = List.copyOf(cdns);
    }

    /// Those made for a region first, then the others; among both, the operator's order.
    ///
    /// @param region where the livestream's media server stands
    List<Cdn> in(String region) {
        return cdns.stream()
                .sorted(Comparator.comparing(cdn -> !cdn.regions().contains(region)))
                .toList();
    }
}
