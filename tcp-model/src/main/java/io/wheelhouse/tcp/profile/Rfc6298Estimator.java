package io.wheelhouse.tcp.profile;

/**
 * The estimator of RFC 6298, section 2: SRTT with gain 1/8, RTTVAR with gain 1/4, RTO = SRTT + max(G, 4 RTTVAR).
 *
 * <p>State: SRTT and RTTVAR as 64-bit numbers of 1/256 ns, each in two ints, so that the series of the RFC's rules come
 * out to the nanosecond. SRTT is kept above 0 once there is a sample.
 */
final class Rfc6298Estimator implements RttEstimator {
    private static final int FRACTION_BITS = 8;
    private static final long SAMPLE_MAX_NS = 1L << 50;
    private static final int SRTT = 0;
    private static final int RTTVAR = 2;
    private static final int STATE_INTS = 4;

    private final long initialNs;
    private final long sumFloorNs;
    private final long variationFloorNs;
    private final long maxNs;
    private final long slopNs;
    private final Profile profile;

    Rfc6298Estimator(Profile profile) {
        boolean onVariation = profile.is(TcpConstant.RTO_MIN_ON_VARIATION);
        long minNs = profile.ns(TcpConstant.RTO_MIN);
        this.profile = profile;
        this.initialNs = profile.ns(TcpConstant.RTO_INITIAL);
        this.maxNs = profile.ns(TcpConstant.RTO_MAX);
        this.sumFloorNs = onVariation ? 0 : minNs;
        this.slopNs = profile.ns(TcpConstant.RTO_SLOP);
        this.variationFloorNs = Math.max(profile.ns(TcpConstant.CLOCK_GRANULARITY), onVariation ? minNs : 0);
    }

    @Override
    public int stateInts() {
        return STATE_INTS;
    }

    @Override
    public void sample(int[] row, int base, long rttNs, int sndUna, int sndNxt) {
        if (rttNs < 0) {
            throw new IllegalArgumentException("a round-trip time must not be negative: " + rttNs);
        }
        long rtt = Math.min(rttNs, SAMPLE_MAX_NS) << FRACTION_BITS;
        if (hasSample(row, base)) {
            long error = rtt - get(row, base + SRTT);
            long rttvar = get(row, base + RTTVAR);
            put(row, base + RTTVAR, rttvar + ((Math.abs(error) - rttvar) >> 2));
            put(row, base + SRTT, Math.max(1, get(row, base + SRTT) + (error >> 3)));
        } else {
            put(row, base + SRTT, Math.max(1, rtt));
            put(row, base + RTTVAR, rtt >> 1);
        }
    }

    @Override
    public boolean hasSample(int[] row, int base) {
        return get(row, base + SRTT) != 0;
    }

    @Override
    public long srttNs(int[] row, int base) {
        return rounded(get(row, base + SRTT));
    }

    @Override
    public long variationNs(int[] row, int base) {
        return rounded(get(row, base + RTTVAR));
    }

    @Override
    public long unclampedRtoNs(int[] row, int base) {
        long variation = Math.max(variationFloorNs << FRACTION_BITS, get(row, base + RTTVAR) << 2);
        return rounded(get(row, base + SRTT) + variation);
    }

    @Override
    public long rtoNs(int[] row, int base) {
        // the slop is on top of the floor: TCP_REXMTVAL(), TCPT_RANGESET() of FreeBSD 14
        long rtoNs = hasSample(row, base)
                ? Math.max(sumFloorNs, unclampedRtoNs(row, base)) + slopNs
                : Math.max(sumFloorNs, initialNs);
        return Math.min(maxNs, profile.ceilToJiffyNs(rtoNs));
    }

    private static long rounded(long scaled) {
        return (scaled + (1 << (FRACTION_BITS - 1))) >> FRACTION_BITS;
    }

    private static long get(int[] row, int index) {
        return (long) row[index] << 32 | Integer.toUnsignedLong(row[index + 1]);
    }

    private static void put(int[] row, int index, long value) {
        row[index] = (int) (value >> 32);
        row[index + 1] = (int) value;
    }
}
