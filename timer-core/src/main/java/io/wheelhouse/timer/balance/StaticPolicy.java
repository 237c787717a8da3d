package io.wheelhouse.timer.balance;

/**
 * By hash, once: bucket b belongs to processor b modulo P for the whole run. So the counts differ by one at most, and
 * processors with lower numbers have the larger ones. Never moves a bucket, not even off a processor that is offline.
 * Has no parameters, costs nothing, and is as uneven as the loads of the buckets make it.
 *
 * <p>Source: what receive side scaling does with a fixed indirection table (Microsoft, Introduction to Receive Side
 * Scaling).
 */
final class StaticPolicy implements AssignerPolicy {
    static final String NAME = "static";
    private final ImbalanceIndex index;

    StaticPolicy(ImbalanceIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Assignment plan(Reading reading) {
        return Assignment.unchanged(reading, index.of(reading));
    }
}
