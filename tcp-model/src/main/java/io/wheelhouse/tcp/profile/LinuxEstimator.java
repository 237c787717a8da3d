package io.wheelhouse.tcp.profile;

/**
 * Linux's integer estimator, in microseconds.
 *
 * <p>It differs from RFC 6298 in three ways. A sample below the smoothed time that would raise the deviation raises it by
 * an eighth of what it would otherwise. What is added to the smoothed time is the greatest deviation of a round trip, at
 * least the minimum RTO; it rises at once, and falls by a quarter of the difference once a round trip. The timeout is
 * rounded up to a jiffy. A round trip ends when the sequence number that was next at its start is acknowledged.
 *
 * <p>State: smoothed time scaled by 8, deviation scaled by 4, the greatest deviation of this round trip and the variation
 * (both in the deviation's scale, which makes them four deviations), and the sequence number that ends the round trip.
 *
 * <p>Source: the behaviour of Linux 6.18, tcp_rtt_estimator() and tcp_set_rto() in net/ipv4/tcp_input.c, held against
 * recordings of that kernel.
 */
final class LinuxEstimator implements RttEstimator {
    /** About 268 s: the most that the scaled time holds without overflow. */
    private static final long SAMPLE_MAX_US = (1 << 28) - 1;

    private static final int SRTT_8 = 0;
    private static final int DEVIATION_4 = 1;
    private static final int ROUND_MAX = 2;
    private static final int VARIATION = 3;
    private static final int ROUND_END = 4;
    private static final int STATE_INTS = 5;

    private final long initialNs;
    private final long sumFloorNs;
    private final int variationFloorUs;
    private final long maxNs;
    private final long jiffyNs;

    LinuxEstimator(Profile profile) {
        boolean onVariation = profile.is(TcpConstant.RTO_MIN_ON_VARIATION);
        // kept in jiffies: tcp_init_sock(), net/ipv4/tcp.c
        long minNs = profile.ceilToJiffyNs(profile.ns(TcpConstant.RTO_MIN));
        this.jiffyNs = Math.max(1, profile.ns(TcpConstant.JIFFY));
        this.initialNs = profile.ns(TcpConstant.RTO_INITIAL);
        this.maxNs = profile.ns(TcpConstant.RTO_MAX);
        this.sumFloorNs = onVariation ? 0 : minNs;
        this.variationFloorUs = onVariation ? (int) Math.min(SAMPLE_MAX_US, minNs / 1_000) : 0;
    }

    @Override
    public int stateInts() {
        return STATE_INTS;
    }

    @Override
    public void likely(int[] likely, int base, int sndNxt) {
        likely[base + VARIATION] = base + ROUND_MAX;
        likely[base + ROUND_END] = sndNxt;
    }

    @Override
    public void sample(int[] row, int base, long rttNs, int sndUna, int sndNxt) {
        if (rttNs < 0) {
            throw new IllegalArgumentException("a round-trip time must not be negative: " + rttNs);
        }
        int rttUs = (int) Math.min(SAMPLE_MAX_US, rttNs / 1_000);
        if (hasSample(row, base)) {
            smooth(row, base, rttUs);
            raiseVariation(row, base);
            if (sndUna - row[base + ROUND_END] > 0) {
                endRound(row, base, sndNxt);
            }
        } else {
            first(row, base, rttUs, sndNxt);
        }
    }

    private void first(int[] row, int base, int rttUs, int sndNxt) {
        row[base + SRTT_8] = Math.max(1, rttUs << 3);
        row[base + DEVIATION_4] = rttUs << 1;
        row[base + VARIATION] = Math.max(rttUs << 1, variationFloorUs);
        row[base + ROUND_MAX] = row[base + VARIATION];
        row[base + ROUND_END] = sndNxt;
    }

    private static void smooth(int[] row, int base, int rttUs) {
        int error = rttUs - (row[base + SRTT_8] >> 3);
        row[base + SRTT_8] = Math.max(1, row[base + SRTT_8] + error);
        int change = Math.abs(error) - (row[base + DEVIATION_4] >> 2);
        // A fall of the round-trip time is no reason to wait longer: it counts for an eighth.
        row[base + DEVIATION_4] += error < 0 && change > 0 ? change >> 3 : change;
    }

    private static void raiseVariation(int[] row, int base) {
        row[base + ROUND_MAX] = Math.max(row[base + ROUND_MAX], row[base + DEVIATION_4]);
        row[base + VARIATION] = Math.max(row[base + VARIATION], row[base + ROUND_MAX]);
    }

    private void endRound(int[] row, int base, int sndNxt) {
        row[base + VARIATION] -= (row[base + VARIATION] - row[base + ROUND_MAX]) >> 2;
        row[base + ROUND_MAX] = variationFloorUs;
        row[base + ROUND_END] = sndNxt;
    }

    @Override
    public boolean hasSample(int[] row, int base) {
        return row[base + SRTT_8] != 0;
    }

    @Override
    public long srttNs(int[] row, int base) {
        return (row[base + SRTT_8] >> 3) * 1_000L;
    }

    @Override
    public long variationNs(int[] row, int base) {
        return (row[base + DEVIATION_4] >> 2) * 1_000L;
    }

    @Override
    public long unclampedRtoNs(int[] row, int base) {
        return ((row[base + SRTT_8] >> 3) + (long) row[base + VARIATION]) * 1_000L;
    }

    @Override
    public long rtoNs(int[] row, int base) {
        long rtoNs = Math.max(sumFloorNs, hasSample(row, base) ? unclampedRtoNs(row, base) : initialNs);
        return Math.min(maxNs, (rtoNs + jiffyNs - 1) / jiffyNs * jiffyNs);
    }
}
