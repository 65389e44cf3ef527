package io.lunarstream.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// PROXY protocol headers by hand, whole and one byte at a time.
class ProxyHeaderReaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String REST = "the connection's own bytes";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 | 192.0.2.1 | 56324",
                "PROXY TCP6 2001:db8::7 2001:db8::1 1 65535 | 2001:db8::7 | 1",
            })
    void readsALine(String line, String source, int port) {
        assertReads((line + "\r\n").getBytes(StandardCharsets.US_ASCII), Optional.of(address(source, port)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PROXY UNKNOWN", "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535", "PROXY UNKNOWN x"})
    void aLineMaySayThatItDoesNotKnow(String line) {
        assertReads((line + "\r\n").getBytes(StandardCharsets.US_ASCII), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "2111000cc0000201c6336401dc0401bb, 192.0.2.1, 56324",
        "21110013c0000201c6336401dc0401bb04000461626364, 192.0.2.1, 56324",
        "2121002420010db800000000000000000000000720010db8000000000000000000000001ffff01bb, 2001:db8::7, 65535",
    })
    void readsABlockAndSkipsItsExtensions(String block, String source, int port) {
        assertReads(ByteBufUtil.decodeHexDump(SIGNATURE + block), Optional.of(address(source, port)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A health check of the load balancer, with and without addresses.
                "20000000",
                "2011000cc0000201c6336401dc0401bb",
                // For somebody without an IP address.
                "21000000",
                "210000050400024142",
            })
    void aBlockMaySpeakForNobody(String block) {
        assertReads(ByteBufUtil.decodeHexDump(SIGNATURE + block), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\\n | CR LF",
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324\\r\\n | two addresses",
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 7\\r\\n | two addresses",
                "PROXY TCP4  192.0.2.1 198.51.100.1 56324 443\\r\\n | two addresses",
                "PROXY TCP4 example.com 198.51.100.1 56324 443\\r\\n | an address or a port",
                "PROXY TCP4 192.0.2.1 300.51.100.1 56324 443\\r\\n | an address or a port",
                "PROXY TCP4 192.0.2.1 198.51.100.1 65536 443\\r\\n | an address or a port",
                "PROXY TCP4 192.0.2.1 198.51.100.1 -1 443\\r\\n | an address or a port",
                "PROXY UDP4 192.0.2.1 198.51.100.1 56324 443\\r\\n | protocol",
                "PROXY  \\r\\n | protocol",
            })
    void refusesALineThatBreaksTheProtocol(String line, String reason) {
        String bytes = line.replace("\\r", "\r").replace("\\n", "\n");
        assertRefuses(bytes.getBytes(StandardCharsets.US_ASCII), reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {107, 108, 5_000})
    void refusesALineThatDoesNotEnd(int length) {
        assertRefuses(("PROXY " + "x".repeat(length - 6)).getBytes(StandardCharsets.US_ASCII), "too long");
    }

    @ParameterizedTest
    @CsvSource({
        "1111000cc0000201c6336401dc0401bb, version",
        "3111000cc0000201c6336401dc0401bb, version",
        "2211000cc0000201c6336401dc0401bb, version",
        "2112000cc0000201c6336401dc0401bb, transport",
        "2141000cc0000201c6336401dc0401bb, transport",
        "2111000bc0000201c6336401dc0401, too short",
        "21210023, needs more",
        "21111001, longer than 4096",
        "2111ffff, longer than 4096",
    })
    void refusesABlockThatBreaksTheProtocol(String block, String reason) {
        byte[] bytes = ByteBufUtil.decodeHexDump(SIGNATURE + block);
        if (reason.equals("needs more")) {
            assertThat(ProxyHeaderReader.read(Unpooled.wrappedBuffer(bytes)))
                    .isInstanceOf(ProxyHeader.NeedMoreBytes.class);
        } else {
            assertRefuses(bytes, reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1", "PRI * HTTP/2.0\r\n", "PROXX", "\r\n\r\nGET /"})
    void leavesWhatIsNoHeaderAlone(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        assertThat(ProxyHeaderReader.read(bytes)).isInstanceOf(ProxyHeader.Absent.class);
        assertThat(bytes.readableBytes()).isEqualTo(text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "160301"})
    void leavesHandshakesAlone(String hex) {
        ByteBuf bytes = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        assertThat(ProxyHeaderReader.read(bytes)).isInstanceOf(ProxyHeader.Absent.class);
    }

    /// Whole, and growing by one byte.
    private static void assertReads(byte[] header, Optional<InetSocketAddress> source) {
        ByteBuf whole = Unpooled.copiedBuffer(header, REST.getBytes(StandardCharsets.US_ASCII));
        assertThat(ProxyHeaderReader.read(whole)).isEqualTo(new ProxyHeader.HeaderRead(source));
        assertThat(whole.toString(StandardCharsets.US_ASCII)).isEqualTo(REST);
        ByteBuf growing = Unpooled.buffer();
        for (byte next : header) {
            assertThat(ProxyHeaderReader.read(growing)).isInstanceOf(ProxyHeader.NeedMoreBytes.class);
            growing.writeByte(next);
        }
        assertThat(ProxyHeaderReader.read(growing)).isEqualTo(new ProxyHeader.HeaderRead(source));
        assertThat(growing.isReadable()).isFalse();
    }

    private static void assertRefuses(byte[] header, String reason) {
        assertThat(ProxyHeaderReader.read(Unpooled.wrappedBuffer(header)))
                .isInstanceOfSatisfying(
                        ProxyHeader.Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains(reason));
        ByteBuf growing = Unpooled.buffer();
        ProxyHeader found = new ProxyHeader.NeedMoreBytes();
        for (int i = 0; i < header.length && found instanceof ProxyHeader.NeedMoreBytes; i++) {
            growing.writeByte(header[i]);
            found = ProxyHeaderReader.read(growing);
        }
        assertThat(found).isInstanceOf(ProxyHeader.Malformed.class);
    }

    private static InetSocketAddress address(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
