package io.wheelhouse.sim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WideSumsTest {
    @Test
    void sumsAreExactBeyond64Bits() {
        long seed = 4711;
        SplittableRandom random = new SplittableRandom(seed);
        WideSums sums = new WideSums(2);
        WideSums others = new WideSums(2);
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 1_000; i++) {
            long value = random.nextLong() >>> random.nextInt(1, 64);
            (i % 3 == 0 ? others : sums).add(1, value);
            expected = expected.add(BigInteger.valueOf(value));
        }
        sums.add(others);
        assertThat(expected.bitLength()).isGreaterThan(64);
        assertThat(sums.get(1)).as("seed %d", seed).isEqualTo(expected);
        assertThat(sums.get(0)).isEqualTo(BigInteger.ZERO);
    }

    @Test
    void twoLargestValuesCarry() {
        WideSums sums = new WideSums(1);
        sums.add(0, Long.MAX_VALUE);
        sums.add(0, Long.MAX_VALUE);
        assertThat(sums.get(0)).isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));
        assertThat(sums.mean(0, 2)).isEqualTo(0x1p63);
    }

    @Test
    void meanOfNothingIsZero() {
        assertThat(new WideSums(1).mean(0, 0)).isZero();
    }
}
