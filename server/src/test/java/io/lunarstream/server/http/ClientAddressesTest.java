package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.config.Configuration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressesTest {
    private final ClientAddresses clients = new ClientAddresses(Configuration.read(
                    List.of(), Map.of("LUNAR_TRUSTED_PROXIES", "10.0.0.0/8,192.168.4.0/22,2001:db8::/33,::1"))
            .settings()
            .trustedProxies());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8.8.8.8      | 1.1.1.1                     | 8.8.8.8",
                "10.1.2.3     | 1.1.1.1                     | 1.1.1.1",
                "10.1.2.3     | 6.6.6.6, 1.1.1.1            | 1.1.1.1",
                "10.1.2.3     | 6.6.6.6, 1.1.1.1 , 10.9.9.9 | 1.1.1.1",
                "10.1.2.3     | 6.6.6.6,1.1.1.1,192.168.7.255,10.9.9.9 | 1.1.1.1",
                "10.1.2.3     | 6.6.6.6,192.168.8.1         | 192.168.8.1",
                "10.1.2.3     | 10.0.0.1,10.0.0.2           | 10.0.0.1",
                "10.1.2.3     | unknown                     | 10.1.2.3",
                "10.1.2.3     | 1.1.1.1,,10.0.0.2           | 10.1.2.3",
                "10.1.2.3     | 1.1.1.1:80                  | 10.1.2.3",
                "10.1.2.3     | example.com                 | 10.1.2.3",
                "10.1.2.3     | nonsense,1.1.1.1            | 1.1.1.1",
                "10.1.2.3     | ''                          | 10.1.2.3",
                "::1          | 1.1.1.1                     | 1.1.1.1",
                "::ffff:10.1.2.3 | 1.1.1.1                  | 1.1.1.1",
                "2001:db8:7fff::1 | 2001:db8:8000::1        | 2001:db8:8000:0:0:0:0:1",
                "2001:db8:8000::1 | 1.1.1.1                 | 2001:db8:8000:0:0:0:0:1",
            })
    void onlyTrustedProxiesAreBelievedAndOnlyAsFarAsTheyReach(String peer, String forwardedFor, String client) {
        assertThat(clients.of(peer, new Headers(Map.of("x-forwarded-for", forwardedFor))))
                .hasToString(client);
    }

    @Test
    void withoutTheHeaderTheClientIsThePeer() {
        assertThat(clients.of("10.1.2.3", new Headers(Map.of()))).hasToString("10.1.2.3");
        assertThat(clients.of("fe80::1%eth0", new Headers(Map.of()))).hasToString("fe80:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4,               1.2.3.4",
        "::ffff:1.2.3.4,        1.2.3.4",
        "2001:db9::1,           20010db900000000/64",
        "2001:db9::ffff:0:0:1,  20010db900000000/64",
        "2001:db9:0:1::1,       20010db900000001/64",
    })
    void ipv6ClientsCountByTheir64(String peer, String key) {
        assertThat(clients.of(peer, new Headers(Map.of())).limitKey()).isEqualTo(key);
    }
}
