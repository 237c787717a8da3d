package io.wheelhouse.tcp;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The blocks of a SACK option (RFC 2018, section 3), in the order in which they stand there: up to {@value #MAX} ranges of
 * sequence numbers, the one that has changed last first. A first block at or below the acknowledgment, or within the
 * second, reports a segment that arrived twice (RFC 2883, section 4). A scratch object, filled and read again and again.
 */
final class SackBlocks {
    /** As many fit into TCP's header. */
    static final int MAX = 4;
    /** As many fit beside a timestamps option (RFC 2018, section 3). */
    static final int MAX_BESIDE_TIMESTAMPS = 3;

    private final int[] bounds = new int[2 * MAX];
    private int count;

    void clear() {
        count = 0;
    }

    /** Adds the numbers [from, to) as the last block. */
    void add(int from, int to) {
        assert count < MAX : "a block more than " + MAX;
        bounds[2 * count] = from;
        bounds[2 * count + 1] = to;
        count++;
    }

    int count() {
        return count;
    }

    /** The first sequence number of a block. */
    int from(int block) {
        return bounds[2 * block];
    }

    /** The sequence number after a block's last. */
    int to(int block) {
        return bounds[2 * block + 1];
    }

    /** The blocks as values. */
    List<SackBlock> list() {
        return IntStream.range(0, count)
                .mapToObj(block -> new SackBlock(from(block), to(block)))
                .toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("sack");
        for (int block = 0; block < count; block++) {
            text.append(' ').append(Integer.toUnsignedString(from(block)));
            text.append(':').append(Integer.toUnsignedString(to(block)));
        }
        return text.toString();
    }
}
