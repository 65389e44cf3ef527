package io.lunarstream.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Timeout;

/// Fuzzes what a trusted proxy's connection begins with: the same header, and as many bytes taken, when the bytes come
/// one by one.
class ProxyHeaderFuzzTest {

    @FuzzTest
    @Timeout(10)
    void isTheSameWhenBytesComeOneByOne(byte[] bytes) {
        ByteBuf whole = Unpooled.wrappedBuffer(bytes);
        ProxyHeader header = ProxyHeaderReader.read(whole);
        ByteBuf growing = Unpooled.buffer(bytes.length);
        ProxyHeader soFar = ProxyHeaderReader.read(growing);
        for (int at = 0; at < bytes.length && soFar instanceof ProxyHeader.NeedMoreBytes; at++) {
            assertThat(growing.readerIndex()).isZero();
            growing.writeByte(bytes[at]);
            soFar = ProxyHeaderReader.read(growing);
        }
        assertThat(soFar).isEqualTo(header);
        if (!(header instanceof ProxyHeader.Malformed)) {
            assertThat(growing.readerIndex()).isEqualTo(whole.readerIndex());
        }
        if (header instanceof ProxyHeader.Absent) {
            assertThat(whole.readerIndex()).isZero();
        }
    }
}
