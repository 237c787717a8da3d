package io.wheelhouse.timer.balance;

/**
 * One timer thread, processor 0's, for everything, as it was before timer work was spread over processors. Never moves a
 * bucket, not even when that processor is offline. Has no parameters; fails as soon as the work exceeds one processor.
 */
final class SinglePolicy implements AssignerPolicy {
    static final String NAME = "single";
    private final ImbalanceIndex index;

    SinglePolicy(ImbalanceIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int initialOwner(int bucket, int buckets, int processors) {
        return 0;
    }

    @Override
    public Assignment plan(Reading reading) {
        return Assignment.unchanged(reading, index.of(reading));
    }
}
