package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CUBIC against RFC 9438's formula, on a path of 100 ms whose window is always full. */
class CubicTest {
    private static final long RTT_NS = 100 * Bench.MS;
    private static final double C = 0.4;

    /** W(t) = C (t - K)^3 + Wmax, with K = cbrt((Wmax - W) / C): sections 4.2 and 4.6. */
    @ParameterizedTest
    @CsvSource({"100, 1", "100, 2", "100, 4", "100, 6", "100, 8", "1000, 2", "1000, 5", "1000, 9", "1000, 12"})
    void theWindowIsTheCubicFunctionOfTheTimeSinceTheLoss(int windowAtLoss, int seconds) {
        FullWindow end = new FullWindow(windowAtLoss);
        end.lose();
        int reduced = end.cwnd();
        assertThat(reduced).isEqualTo(windowAtLoss * 717 / 1024);
        end.runUntil(seconds * Bench.SECOND);
        double k = StrictMath.cbrt((windowAtLoss - reduced) / C);
        // an acknowledgment aims at the window of a round trip later (section 4.4)
        double expected = C * StrictMath.pow(seconds - k, 3) + windowAtLoss;
        double step = 3 * C * (seconds - k) * (seconds - k) * 0.2;
        assertThat((double) end.cwnd()).isCloseTo(expected, Offset.offset(2 + 0.01 * expected + step));
    }

    /** Where the function is slower, Reno's window is the least: section 4.3. */
    @Test
    void isNoSlowerThanReno() {
        FullWindow end = new FullWindow(20);
        end.rttNs = 10 * Bench.MS;
        end.lose();
        end.runUntil(2 * Bench.SECOND);
        double perRtt = 3 * (1 - 0.7) / (1 + 0.7);
        assertThat((double) end.cwnd()).isCloseTo(14 + perRtt * 200, Offset.offset(12.0));
    }

    /** Section 4.7: a loss below the last maximum gives way. */
    @Test
    void fastConvergence() {
        FullWindow end = new FullWindow(100);
        end.lose();
        end.lose();
        // 70 (1024 + 717) / 2048
        assertThat(end.own(Cubic.LAST_MAX)).isEqualTo(59);
        assertThat(end.cwnd()).isEqualTo(49);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "7, 1", "8, 2", "26, 2", "27, 3", "999999999, 999", "1000000000, 1000"})
    void cubeRootsAreExact(long value, long root) {
        assertThat(Cubic.cubeRoot(value)).isEqualTo(root);
    }

    /** An end whose window is acknowledged whole each round trip. */
    private static final class FullWindow implements CongestionControl.State {
        private final int[] own = new int[CongestionControl.STATE_INTS_MAX];
        private int window;
        private int threshold = Reno.NO_THRESHOLD;
        private int count;
        private long nowNs = 10 * Bench.SECOND;
        private long rttNs = RTT_NS;

        FullWindow(int window) {
            this.window = window;
        }

        void lose() {
            threshold = Cubic.INSTANCE.thresholdAfterLoss(this);
            window = threshold;
            count = 0;
        }

        void runUntil(long sinceLossNs) {
            long endNs = nowNs + sinceLossNs;
            while (nowNs < endNs) {
                int round = window;
                for (int i = 0; i < round; i++) {
                    Cubic.INSTANCE.acknowledged(this, 1);
                    nowNs += rttNs / round;
                }
            }
        }

        @Override
        public int cwnd() {
            return window;
        }

        @Override
        public void cwnd(int newWindow) {
            window = newWindow;
        }

        @Override
        public int ssthresh() {
            return threshold;
        }

        @Override
        public void ssthresh(int newThreshold) {
            threshold = newThreshold;
        }

        @Override
        public int unit() {
            return 1;
        }

        @Override
        public int flight() {
            return window;
        }

        @Override
        public int priorCwnd() {
            return window;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void count(int acknowledged) {
            count = acknowledged;
        }

        @Override
        public long nowNs() {
            return nowNs;
        }

        @Override
        public long srttNs() {
            return rttNs;
        }

        @Override
        public int sndUna() {
            return 0;
        }

        @Override
        public int sndNxt() {
            return 0;
        }

        @Override
        public int own(int field) {
            return own[field];
        }

        @Override
        public void own(int field, int value) {
            own[field] = value;
        }
    }
}
