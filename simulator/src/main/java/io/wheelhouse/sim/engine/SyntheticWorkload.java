package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.traffic.SyntheticSource;
import io.wheelhouse.sim.traffic.SyntheticWork;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.List;

/** Timers alone. */
final class SyntheticWorkload implements Workload {
    private final Population population;
    private final List<SyntheticSource> sources;

    /**
     * @param sources what each group draws, by group number
     */
    SyntheticWorkload(Population population, List<SyntheticSource> sources) {
        this.population = population;
        this.sources = List.copyOf(sources);
    }

    @Override
    public BucketWork newWork(ProcessorObserver observer) {
        return new SyntheticWork(sources, observer);
    }

    @Override
    public void attach(TimerBucket bucket) {}

    @Override
    public void open(TimerBucket bucket, int group, int index, long atNs) {
        work(bucket).open(bucket, group, population.number(group, index), atNs);
    }

    @Override
    public void observer(TimerBucket bucket, ProcessorObserver observer) {
        work(bucket).observer(observer);
    }

    @Override
    public void settle(TimerBucket bucket) {
        // a synthetic timer has no state to put away
    }

    @Override
    public int groupOf(TimerBucket bucket, int connection) {
        return work(bucket).groupOf(connection);
    }

    @Override
    public void count(TimerBucket bucket, long nowNs, Census census) {
        SyntheticWork work = work(bucket);
        work.forEachConnection(group -> census.openByGroup[group]++);
        work.forEachArmed(timer -> {
            census.pendingByLane[Lane.SYNTHETIC.index()]++;
            long dueSinceNs = bucket.dueSinceNs(timer);
            boolean due = dueSinceNs < nowNs;
            if (due) {
                census.addOverdue(nowNs - dueSinceNs);
            } else if (!bucket.timers().isArmed(timer)) {
                census.addTimersWithoutEntry(1);
            }
        });
    }

    private static SyntheticWork work(TimerBucket bucket) {
        return (SyntheticWork) bucket.work();
    }
}
