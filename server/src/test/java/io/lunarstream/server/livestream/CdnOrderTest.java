package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.config.Settings.Cdn;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The order of CDNs in `hlsSources`.
class CdnOrderTest {
    private final CdnOrder order =
            new CdnOrder(List.of(cdn("everywhere"), cdn("asia", "ap"), cdn("west", "eu", "us"), cdn("europe", "eu")));

    private static Cdn cdn(String name, String... regions) {
        return new Cdn(name, "https://" + name + ".example/hls", List.of(regions));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eu    | west, europe, everywhere, asia",
                "ap    | asia, everywhere, west, europe",
                "local | everywhere, asia, west, europe"
            })
    void thoseMadeForTheRegionComeFirstAndElseTheOrderOfTheConfigurationHolds(String region, String names) {
        assertThat(order.in(region)).map(Cdn::name).containsExactly(names.split(", ", -1));
    }
}
