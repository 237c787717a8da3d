package io.wheelhouse.timer.thread;

/** What takes a processor's time and is not its buckets'. Asked by the processor's thread alone, in order of time. */
public interface OtherWork {

    /** Nothing else runs. */
    OtherWork NONE = new OtherWork() {
        @Override
        public boolean isAway(long nowNs) {
            return false;
        }

        @Override
        public boolean runIfDue(long nowNs, LiveMeter meter) {
            return false;
        }

        @Override
        public long nextNs() {
            return Long.MAX_VALUE;
        }
    };

    /** Whether the processor is not there at all for its buckets. */
    boolean isAway(long nowNs);

    /**
     * Runs what else is due by an instant, before waiting work of buckets.
     *
     * @return whether something was
     */
    boolean runIfDue(long nowNs, LiveMeter meter);

    /** When something is due next; {@link Long#MAX_VALUE} for never. */
    long nextNs();
}
