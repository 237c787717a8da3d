package io.wheelhouse.bench.work;

import io.wheelhouse.bench.structure.Contender;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The workloads by name, with the sizes that each is measured at. */
public enum Workload {
    /** {@link ArmingWork}. */
    INSERT("insert", "arm", "10k 1M", "10M") {
        @Override
        public Work create(Contender contender, Size size) {
            return ArmingWork.insert(contender, size);
        }
    },
    /** {@link ArmingWork}. */
    CANCEL("cancel", "cancel", "10k 1M", "10M") {
        @Override
        public Work create(Contender contender, Size size) {
            return ArmingWork.cancel(contender, size);
        }
    },
    /** {@link RearmWork}. */
    REARM_REDRAWN("re-arm, RTO redrawn", "re-arm", "10k 1M 1024x1000", "10M") {
        @Override
        public Work create(Contender contender, Size size) {
            return new RearmWork(contender, size, true);
        }
    },
    /** {@link RearmWork}, for the memory of ten million timers in the short form too: of our main wheel alone. */
    MEMORY("memory, re-arm with RTO redrawn", "re-arm", "10M", "") {
        @Override
        public Work create(Contender contender, Size size) {
            return new RearmWork(contender, size, true);
        }

        @Override
        public boolean suits(Contender contender, Size size) {
            return super.suits(contender, size)
                    && (contender == Contender.HIERARCHICAL || contender == Contender.HANDLES);
        }
    },
    /** {@link RearmWork}. */
    REARM_FIXED("re-arm, RTO fixed per connection", "re-arm", "10k 1M", "1024x1000 10M") {
        @Override
        public Work create(Contender contender, Size size) {
            return new RearmWork(contender, size, false);
        }
    },
    /** {@link ExpireWork}. */
    EXPIRE_10S("expire, over 10 s", "expiry", "10k 1M 1024x1000", "10M") {
        @Override
        public Work create(Contender contender, Size size) {
            return new ExpireWork(contender, size, 10_000_000_000L);
        }
    },
    /** {@link ExpireWork}. */
    EXPIRE_2H("expire, over 2 h", "expiry", "1M", "10k 10M") {
        @Override
        public Work create(Contender contender, Size size) {
            return new ExpireWork(contender, size, 7_200_000_000_000L);
        }

        @Override
        public boolean suits(Contender contender, Size size) {
            return super.suits(contender, size) && !contender.walks();
        }
    },
    /** {@link TcpMixWork}. */
    TCP_MIX("periodic TCP mix", "arm, re-arm, cancel or expiry", "10k 1M 1024x1000", "10M") {
        @Override
        public Work create(Contender contender, Size size) {
            return new TcpMixWork(contender, size);
        }
    },
    /** {@link EmptyTickWork}. */
    EMPTY_TICK("empty tick", "tick", "10k 1M", "10M") {
        @Override
        public Work create(Contender contender, Size size) {
            return new EmptyTickWork(contender, size);
        }
    },
    /** {@link JumpWork}. */
    CLOCK_JUMP("clock jump of an hour", "expiry", "10k", "") {
        @Override
        public Work create(Contender contender, Size size) {
            return new JumpWork(contender, size);
        }
    };

    /** Where every timer is looked at, at every tick or re-arm: beyond this many there is nothing to learn from it. */
    private static final int MOST_WALKED = 10_000;

    /** A dozen stale entries for each timer take about 500 bytes. */
    private static final int MOST_WITH_STALE_ENTRIES = 2_000_000;

    private final String title;
    private final String operation;
    private final String shortSizes;
    private final String moreSizes;

    Workload(String title, String operation, String shortSizes, String moreSizes) {
        this.title = title;
        this.operation = operation;
        this.shortSizes = shortSizes;
        this.moreSizes = moreSizes;
    }

    /** The workload on an empty structure. */
    public abstract Work create(Contender contender, Size size);

    /** Whether the structure can be measured by it. */
    public boolean suits(Contender contender, Size size) {
        boolean expiries = this == EXPIRE_10S || this == EXPIRE_2H || this == CLOCK_JUMP;
        return switch (contender) {
            case SCAN, PRIORITY_QUEUE_REMOVING -> size.timers() <= MOST_WALKED;
            case PRIORITY_QUEUE -> size.timers() <= MOST_WITH_STALE_ENTRIES;
            case NOTHING -> !expiries;
            default -> true;
        };
    }

    /** Whether the structure's memory is read off after this workload: with it the structure has settled, all armed. */
    public boolean tellsMemory() {
        return this == REARM_REDRAWN || this == MEMORY;
    }

    /** The sizes of the short form. */
    public List<Size> shortSizes() {
        return sizes(shortSizes);
    }

    /** All sizes. */
    public List<Size> allSizes() {
        return sizes((shortSizes + " " + moreSizes).strip());
    }

    private static List<Size> sizes(String text) {
        return Arrays.stream(text.split(" ", -1)).map(Size::parse).toList();
    }

    public String title() {
        return title;
    }

    /** What is counted. */
    public String operation() {
        return operation;
    }

    /** The name on the command line, for example {@code tcp-mix}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The workload of that name; an unknown one is an error that lists the names. */
    public static Workload ofKey(String key) {
        for (Workload workload : values()) {
            if (workload.key().equals(key)) {
                return workload;
            }
        }
        String known = Arrays.stream(values()).map(Workload::key).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown workload '" + key + "': one of " + known);
    }
}
