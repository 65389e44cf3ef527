package io.lunarstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/// Memory for buffers that is counted: more than its bound is not given, and at the end all of it must be back.
public final class CountedMemory extends AbstractByteBufAllocator implements AutoCloseable {
    private final long mostBytes;
    private long usedBytes;

    /// @param mostBytes that may be in use at once
    public CountedMemory(long mostBytes) {
        super(/* preferDirect= */ false);
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    /// Checks that all has been given back.
    @Override
    public void close() {
        assertThat(usedBytes).as("bytes that were not given back").isZero();
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new CountedBuffer(this, initialCapacity, maxCapacity);
    }

    /// On the heap all the same: quicker to make, and its bounds are checked too.
    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return new CountedBuffer(this, initialCapacity, maxCapacity);
    }

    private void take(int bytes) {
        usedBytes += bytes;
        assertThat(usedBytes).as("bytes in use").isLessThanOrEqualTo(mostBytes);
    }

    private static final class CountedBuffer extends UnpooledHeapByteBuf {
        CountedBuffer(CountedMemory memory, int initialCapacity, int maxCapacity) {
            super(memory, initialCapacity, maxCapacity);
        }

        @Override
        protected byte[] allocateArray(int initialCapacity) {
            ((CountedMemory) alloc()).take(initialCapacity);
            return super.allocateArray(initialCapacity);
        }

        @Override
        protected void freeArray(byte[] array) {
            ((CountedMemory) alloc()).usedBytes -= array.length;
            super.freeArray(array);
        }
    }
}
