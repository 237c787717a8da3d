package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.AssignerSpec;
import io.wheelhouse.sim.scenario.Host;
import io.wheelhouse.sim.scenario.QueueingSpec;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.TimerSpec;
import io.wheelhouse.timer.balance.AssignerPolicy;
import io.wheelhouse.timer.balance.Policies;
import io.wheelhouse.timer.bucket.DrrDiscipline;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.FlowLimitDiscipline;
import io.wheelhouse.timer.bucket.QueueDiscipline;
import io.wheelhouse.timer.bucket.RunQueue;
import io.wheelhouse.timer.bucket.SfqDiscipline;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.Structure;
import io.wheelhouse.timer.queue.TimerQueue;
import io.wheelhouse.timer.queue.WheelShape;

/** Makes the parts of the timer subsystem that a scenario names. */
public final class Structures {
    private Structures() {}

    /** When timer threads wake up. A wheel of a phase shares it with the tick, as the kernel's shares its jiffies. */
    public static TickGrid grid(Scenario scenario) {
        long tickNs = scenario.host().tickNs();
        if (tickNs == Host.NO_TICK) {
            return TickGrid.NONE;
        }
        boolean phased = scenario.timers().structure() == TimerSpec.Structure.COALESCING;
        return new TickGrid(tickNs, phased ? scenario.timers().shape().phaseNs() : 0);
    }

    /** A new structure for one bucket's timers. Exact ones go by the tick, if there is one. */
    static TimerQueue timers(Scenario scenario) {
        return Structure.valueOf(scenario.timers().structure().name())
                .create(shape(scenario.timers()), scenario.host().tickNs());
    }

    /** Levels and a phase are the coalescing wheel's alone: those of other structures may be any. */
    private static WheelShape shape(TimerSpec spec) {
        TimerSpec.Shape shape = spec.shape();
        return spec.structure() == TimerSpec.Structure.COALESCING
                ? new WheelShape(shape.slots(), shape.shift(), shape.levels(), shape.granuleNs(), shape.phaseNs())
                : new WheelShape(shape.slots(), 1, 1, shape.granuleNs(), 0);
    }

    /** A new queue discipline for one bucket. */
    static QueueDiscipline discipline(QueueingSpec spec, WorkItems items) {
        return discipline(spec.discipline(), spec.quantumNs(), spec.backlog(), items);
    }

    /** A new run queue for one processor. */
    public static RunQueue runQueue(QueueingSpec spec) {
        QueueingSpec.BetweenBuckets between = spec.betweenBuckets();
        return new RunQueue(tokens -> discipline(between.discipline(), between.quantumNs(), 0, tokens));
    }

    private static QueueDiscipline discipline(
            QueueingSpec.Discipline discipline, long quantumNs, int backlog, WorkItems items) {
        return switch (discipline) {
            case FIFO -> new FifoDiscipline(items);
            case DRR -> new DrrDiscipline(items, quantumNs);
            case SFQ -> new SfqDiscipline(items);
            case FLOW_LIMIT -> new FlowLimitDiscipline(items, backlog);
        };
    }

    /** The assigner policy. */
    public static AssignerPolicy policy(AssignerSpec spec) {
        return Policies.create(spec.policy(), spec.parameters());
    }
}
