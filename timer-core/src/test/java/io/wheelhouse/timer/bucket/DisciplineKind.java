package io.wheelhouse.timer.bucket;

/** Every discipline there is, for tests that hold for all of them. */
public enum DisciplineKind {
    FIFO(67.0),
    DRR(100.0),
    SFQ(100.0),
    FLOW_LIMIT(100.0);

    /** How many items may wait before the flow limit is in force. */
    static final int BACKLOG = 8;

    /** What light connections get of their demand beside one that asks for more than everything. */
    final double lightPercent;

    DisciplineKind(double lightPercent) {
        this.lightPercent = lightPercent;
    }

    /**
     * @param quantumNs of those that go by turns
     */
    public QueueDiscipline over(WorkItems items, long quantumNs) {
        return switch (this) {
            case FIFO -> new FifoDiscipline(items);
            case DRR -> new DrrDiscipline(items, quantumNs);
            case SFQ -> new SfqDiscipline(items);
            case FLOW_LIMIT -> new FlowLimitDiscipline(items, BACKLOG);
        };
    }
}
