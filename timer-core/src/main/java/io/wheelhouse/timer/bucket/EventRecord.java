package io.wheelhouse.timer.bucket;

/**
 * A pending event as three longs: its time; whose it is, the bucket in the high half and the connection in the low one; and
 * what it is, its place in the order of scheduling in the high half and the work's number for it in the low one.
 *
 * <p>Of events of one instant and one connection the one scheduled first comes first. Places in that order roll over after
 * 2^32 events of a bucket; two that meet at one instant are never that far apart.
 */
final class EventRecord {
    static final int TIME = 0;
    static final int WHOSE = 1;
    static final int WHAT = 2;
    static final int WORDS = 3;

    /**
     * The connection that timers of far ends have here, so that at one instant they come after the events of all
     * connections, by their numbers.
     */
    static final int OUTSIDE = Integer.MAX_VALUE;

    private static final int HIGH = 32;
    private static final long LOW_MASK = 0xFFFF_FFFFL;

    private EventRecord() {}

    static long whose(int bucket, int connection) {
        assert connection >= 0 : connection;
        return (long) bucket << HIGH | connection;
    }

    static long what(int order, int event) {
        return (long) order << HIGH | (event & LOW_MASK);
    }

    static int bucket(long whose) {
        return (int) (whose >>> HIGH);
    }

    static int connection(long whose) {
        return (int) whose;
    }

    static int event(long what) {
        return (int) what;
    }

    /** The order of two events of one instant. */
    static boolean before(long whose, long what, long otherWhose, long otherWhat) {
        return whose != otherWhose ? whose < otherWhose : (int) (what >>> HIGH) - (int) (otherWhat >>> HIGH) < 0;
    }
}
