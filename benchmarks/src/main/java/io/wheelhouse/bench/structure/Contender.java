package io.wheelhouse.bench.structure;

import io.wheelhouse.timer.queue.Structure;
import io.wheelhouse.timer.queue.WheelShape;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The structures compared, by name. Each is built for a tick of {@value TimerAdapter#TICK_NS} ns and, where it has one
 * ring of slots, {@value #SLOTS} of them: more than RTO-sized delays need, so that none goes round twice.
 */
public enum Contender {
    /** Our exact wheel, by the owner's tick. */
    HIERARCHICAL {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new QueueAdapter(Structure.HIERARCHICAL.create(SHAPE, TimerAdapter.TICK_NS), timers, handler);
        }
    },
    /** Our exact wheel, by exact deadline. */
    HIERARCHICAL_EXACT {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new QueueAdapter(Structure.HIERARCHICAL.create(SHAPE, 0), timers, handler);
        }
    },
    /** Our exact wheel, by tick, behind handles and payloads. */
    HANDLES {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new HandlesAdapter(Structure.HIERARCHICAL.create(SHAPE, TimerAdapter.TICK_NS), timers, handler);
        }
    },
    /** Our kernel-shaped wheel. */
    COALESCING {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new QueueAdapter(Structure.COALESCING.create(SHAPE, TimerAdapter.TICK_NS), timers, handler);
        }
    },
    /** Our hashed wheel. */
    HASHED {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            WheelShape shape = new WheelShape(SLOTS, 1, 1, TimerAdapter.TICK_NS, 0);
            return new QueueAdapter(Structure.HASHED.create(shape, TimerAdapter.TICK_NS), timers, handler);
        }
    },
    /** Our heap. */
    HEAP {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new QueueAdapter(Structure.HEAP.create(SHAPE, TimerAdapter.TICK_NS), timers, handler);
        }
    },
    /** Our walk over all timers. */
    SCAN {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new QueueAdapter(Structure.SCAN.create(SHAPE, TimerAdapter.TICK_NS), timers, handler);
        }
    },
    /** Agrona's {@code DeadlineTimerWheel}. */
    AGRONA {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new AgronaAdapter(SLOTS, timers, handler);
        }
    },
    /** Netty's {@code HashedWheelTimer}. */
    NETTY {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new NettyAdapter(SLOTS, timers, handler);
        }
    },
    /** Kafka's {@code TimingWheel}. */
    KAFKA {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new KafkaAdapter(timers, handler);
        }
    },
    /** {@code java.util.PriorityQueue}, stale entries dropped at its head. */
    PRIORITY_QUEUE {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new PriorityQueueAdapter(timers, PriorityQueueAdapter.Kind.LAZY, handler);
        }
    },
    /** {@code java.util.PriorityQueue}, purged when more than half is stale. */
    PRIORITY_QUEUE_PURGED {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new PriorityQueueAdapter(timers, PriorityQueueAdapter.Kind.PURGED, handler);
        }
    },
    /** {@code java.util.PriorityQueue}, entries taken out by its {@code remove}. */
    PRIORITY_QUEUE_REMOVING {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new PriorityQueueAdapter(timers, PriorityQueueAdapter.Kind.REMOVING, handler);
        }
    },
    /** The queue of {@code java.util.concurrent.ScheduledThreadPoolExecutor}. */
    SCHEDULED_POOL {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new ScheduledPoolAdapter(timers, handler);
        }
    },
    /** Nothing at all: what the workload itself costs. */
    NOTHING {
        @Override
        public TimerAdapter create(int timers, TimerAdapter.Handler handler) {
            return new NothingAdapter();
        }
    };

    private static final int SLOTS = 1_024;
    private static final WheelShape SHAPE = WheelShape.linux(1_000);

    /**
     * An empty structure.
     *
     * @param timers how many timers it will hold, numbered below that
     */
    public abstract TimerAdapter create(int timers, TimerAdapter.Handler handler);

    /** Whether every advance looks at timers that are far from due, so that a long simulated time takes too long. */
    public boolean isSlowOverHours() {
        return this == HASHED || this == AGRONA || this == NETTY || this == SCAN;
    }

    /** Whether an operation may look at every timer, so that there is nothing to learn from very many. */
    public boolean walks() {
        return this == SCAN || this == PRIORITY_QUEUE_REMOVING;
    }

    /** Whether it is one of ours. */
    public boolean isOurs() {
        return compareTo(SCAN) <= 0;
    }

    /** The name on the command line and in the tables, for example {@code priority-queue}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The contender of that name; an unknown one is an error that lists the names. */
    public static Contender ofKey(String key) {
        for (Contender contender : values()) {
            if (contender.key().equals(key)) {
                return contender;
            }
        }
        String known = Arrays.stream(values()).map(Contender::key).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown structure '" + key + "': one of " + known);
    }
}
