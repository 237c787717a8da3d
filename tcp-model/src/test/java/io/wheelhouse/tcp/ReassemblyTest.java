package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges against a set of bits, at numbers that wrap around. */
class ReassemblyTest {
    private static final int SPACE = 400;
    private static final int ORIGIN = -200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithASetOfBits(long seed) {
        Random random = new Random(seed);
        Reassembly reassembly = new Reassembly(new AtHand(new BucketRows(new PiecePool())));
        for (int round = 0; round < 300; round++) {
            int row = reassembly.take();
            BitSet bits = new BitSet();
            int next = 0;
            for (int step = 0; step < 60 && next < SPACE - 50; step++) {
                if (random.nextInt(5) == 0) {
                    int to = Math.min(SPACE, next + random.nextInt(30));
                    next = bits.nextClearBit(to);
                    bits.clear(0, next);
                    assertThat(reassembly.absorb(row, ORIGIN + to))
                            .as("seed %d", seed)
                            .isEqualTo(ORIGIN + next);
                } else {
                    int from = next + 1 + random.nextInt(SPACE - next - 1);
                    int to = from + 1 + random.nextInt(20);
                    BitSet grown = (BitSet) bits.clone();
                    grown.set(from, to);
                    boolean fits = ranges(grown) <= Reassembly.RANGES_MAX;
                    assertThat(reassembly.add(row, ORIGIN + from, ORIGIN + to))
                            .as("seed %d", seed)
                            .isEqualTo(fits);
                    bits = fits ? grown : bits;
                }
                check(reassembly, row, bits, seed);
            }
            reassembly.release(row);
        }
        assertThat(reassembly.taken()).isZero();
    }

    private static int ranges(BitSet bits) {
        int count = 0;
        for (int from = bits.nextSetBit(0); from >= 0; from = bits.nextSetBit(bits.nextClearBit(from))) {
            count++;
        }
        return count;
    }

    private static void check(Reassembly reassembly, int row, BitSet bits, long seed) {
        int range = 0;
        for (int from = bits.nextSetBit(0); from >= 0; from = bits.nextSetBit(bits.nextClearBit(from))) {
            assertThat(reassembly.from(row, range)).as("seed %d", seed).isEqualTo(ORIGIN + from);
            assertThat(reassembly.to(row, range)).as("seed %d", seed).isEqualTo(ORIGIN + bits.nextClearBit(from));
            range++;
        }
        assertThat(reassembly.count(row)).as("seed %d", seed).isEqualTo(range);
    }
}
