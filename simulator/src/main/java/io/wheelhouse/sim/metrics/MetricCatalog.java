package io.wheelhouse.sim.metrics;

import io.wheelhouse.sim.scenario.Expectation;
import io.wheelhouse.sim.scenario.MetricNames;
import io.wheelhouse.sim.scenario.Quantity;
import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TimerCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an expectation may ask a run for, by name. The same table says what names there are and how each is
 * measured, so no name is known that cannot be measured.
 */
public final class MetricCatalog implements MetricNames {
    /** The label that narrows a metric to one group of connections. */
    public static final String GROUP = "group";

    /** The label that narrows a metric to one processor. */
    public static final String PROCESSOR = "processor";

    /** How one metric is measured; empty where there was nothing to measure. */
    @FunctionalInterface
    private interface Measure {
        OptionalDouble of(RunResult run, Map<String, String> labels);
    }

    private record Metric(Quantity quantity, List<String> labels, Measure measure) {}

    private record Statistic<T>(String key, Quantity quantity, ToDoubleFunction<T> of) {}

    private static final List<Statistic<Lateness>> LATENESS = List.of(
            new Statistic<>("count", Quantity.COUNT, Lateness::count),
            new Statistic<>("mean", Quantity.DURATION, Lateness::meanNs),
            new Statistic<>("p50", Quantity.DURATION, lateness -> lateness.atPercentileNs(50.0)),
            new Statistic<>("p90", Quantity.DURATION, lateness -> lateness.atPercentileNs(90.0)),
            new Statistic<>("p99", Quantity.DURATION, lateness -> lateness.atPercentileNs(99.0)),
            new Statistic<>("p99.9", Quantity.DURATION, lateness -> lateness.atPercentileNs(99.9)),
            new Statistic<>("p99.99", Quantity.DURATION, lateness -> lateness.atPercentileNs(99.99)),
            new Statistic<>("max", Quantity.DURATION, Lateness::maxNs));

    private static final List<Statistic<Lateness.Part>> PARTS = List.of(
            new Statistic<>("mean", Quantity.DURATION, Lateness.Part::meanNs),
            new Statistic<>("p50", Quantity.DURATION, Lateness.Part::p50Ns),
            new Statistic<>("p90", Quantity.DURATION, Lateness.Part::p90Ns),
            new Statistic<>("p99", Quantity.DURATION, Lateness.Part::p99Ns),
            new Statistic<>("p99.9", Quantity.DURATION, Lateness.Part::p999Ns),
            new Statistic<>("p99.99", Quantity.DURATION, Lateness.Part::p9999Ns),
            new Statistic<>("max", Quantity.DURATION, Lateness.Part::maxNs),
            new Statistic<>("share-at-p99", Quantity.FRACTION, Lateness.Part::shareAtP99));

    private static final List<Statistic<LightConnections>> LIGHT = List.of(
            new Statistic<>("count", Quantity.COUNT, LightConnections::count),
            new Statistic<>("mean", Quantity.DURATION, LightConnections::meanNs),
            new Statistic<>("p50", Quantity.DURATION, light -> light.atPercentileNs(50.0)),
            new Statistic<>("p99", Quantity.DURATION, light -> light.atPercentileNs(99.0)),
            new Statistic<>("p99.9", Quantity.DURATION, light -> light.atPercentileNs(99.9)),
            new Statistic<>("max", Quantity.DURATION, LightConnections::maxNs));

    private static final Map<String, ToDoubleFunction<BalanceResult>> BALANCE = balance();

    private static Map<String, ToDoubleFunction<BalanceResult>> balance() {
        Map<String, ToDoubleFunction<BalanceResult>> balance = new LinkedHashMap<>();
        balance.put("imbalance.max-mean", BalanceResult::maxToMeanAfter);
        balance.put("imbalance.max-mean.before", BalanceResult::maxToMeanBefore);
        balance.put("imbalance.max-mean.over-time", BalanceResult::maxToMeanOverTime);
        balance.put("imbalance.jain", BalanceResult::jainAfter);
        balance.put("imbalance.jain.before", BalanceResult::jainBefore);
        balance.put("imbalance.deviation", BalanceResult::deviationAfter);
        balance.put("imbalance.deviation.before", BalanceResult::deviationBefore);
        balance.put("imbalance.spread", BalanceResult::spreadAfter);
        balance.put("imbalance.spread.before", BalanceResult::spreadBefore);
        balance.put("imbalance.bound", BalanceResult::boundMaxToMean);
        balance.put("imbalance.over-bound", BalanceResult::overBound);
        return balance;
    }

    private static final Map<String, Metric> METRICS = Collections.unmodifiableMap(metrics());

    @Override
    public List<String> names() {
        return List.copyOf(METRICS.keySet());
    }

    @Override
    public Quantity quantity(String name) {
        return metric(name).quantity;
    }

    @Override
    public List<String> labels(String name) {
        return metric(name).labels;
    }

    /**
     * What a run measured, in the metric's base unit; empty where there was nothing to measure.
     *
     * @param expectation whose metric and labels are known, as those of a scenario that was read are
     */
    public OptionalDouble measure(Expectation expectation, RunResult run) {
        return metric(expectation.metric()).measure.of(run, expectation.labels());
    }

    /** What a run measured by a metric of that name, without labels. */
    public OptionalDouble measure(String name, RunResult run) {
        return metric(name).measure.of(run, Map.of());
    }

    private static Metric metric(String name) {
        Metric metric = METRICS.get(name);
        if (metric == null) {
            throw new IllegalArgumentException("metric: " + name);
        }
        return metric;
    }

    // ---- the table ------------------------------------------------------------------------------------------------

    private static Map<String, Metric> metrics() {
        Map<String, Metric> table = new LinkedHashMap<>();
        for (Lane lane : Lane.ALL) {
            addLateness(table, lane);
            addTimerCounts(table, lane);
        }
        addLightConnections(table);
        for (TcpCount what : TcpCount.values()) {
            Quantity quantity = what.key().startsWith("bytes") ? Quantity.SIZE : Quantity.COUNT;
            perGroup(table, what.key(), quantity, group -> group.count(what));
        }
        perGroup(table, "connections-open", Quantity.COUNT, GroupResult::open);
        share(table, "share.connection", GroupResult::largestShare, Fold.MAX);
        share(table, "share.group", GroupResult::busy, Fold.SUM);
        addProcessors(table);
        whole(table, "moves", Quantity.COUNT, run -> run.balance().moves());
        whole(table, "moves.measured", Quantity.COUNT, run -> run.balance().movesMeasured());
        whole(table, "churn", Quantity.FRACTION, run -> run.balance().churn());
        BALANCE.forEach((name, of) -> table.put(name, new Metric(Quantity.NUMBER, List.of(), (run, labels) -> {
            double value = of.applyAsDouble(run.balance());
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        })));
        whole(table, "overdue", Quantity.COUNT, run -> run.overdue().count());
        whole(table, "overdue.oldest", Quantity.DURATION, run -> run.overdue().oldestAgeNs());
        whole(table, "events", Quantity.COUNT, RunResult::events);
        return table;
    }

    private static void addLateness(Map<String, Metric> table, Lane lane) {
        String prefix = "lateness." + lane.key() + ".";
        for (Statistic<Lateness> statistic : LATENESS) {
            lateness(table, prefix + statistic.key, lane, statistic, Function.identity());
        }
        for (Cause cause : Cause.ALL) {
            for (Statistic<Lateness.Part> statistic : PARTS) {
                String name = prefix + cause.key() + "." + statistic.key;
                lateness(table, name, lane, statistic, lateness -> lateness.part(cause));
            }
        }
    }

    private static void addLightConnections(Map<String, Metric> table) {
        for (Statistic<LightConnections> statistic : LIGHT) {
            boolean counts = statistic.key.equals("count");
            table.put("lateness.light." + statistic.key, new Metric(statistic.quantity, List.of(), (run, labels) -> {
                LightConnections light = LightConnections.of(run);
                return light.count() == 0 && !counts
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(statistic.of.applyAsDouble(light));
            }));
        }
    }

    private static <T> void lateness(
            Map<String, Metric> table, String name, Lane lane, Statistic<T> statistic, Function<Lateness, T> part) {
        boolean counts = statistic.key.equals("count");
        table.put(name, new Metric(statistic.quantity, List.of(GROUP), (run, labels) -> {
            Lateness lateness = lateness(run, lane, labels.get(GROUP));
            if (lateness.count() == 0 && !counts) {
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(statistic.of.applyAsDouble(part.apply(lateness)));
        }));
    }

    private static Lateness lateness(RunResult run, Lane lane, @Nullable String group) {
        return run.timer(lane)
                .map(timer -> group == null
                        ? timer.lateness()
                        : timer.groups().get(groupNumber(run, group)).lateness())
                .orElse(Lateness.NONE);
    }

    private static int groupNumber(RunResult run, String name) {
        for (int number = 0; number < run.groups().size(); number++) {
            if (run.groups().get(number).name().equals(name)) {
                return number;
            }
        }
        throw new IllegalArgumentException("group: " + name);
    }

    private static void addTimerCounts(Map<String, Metric> table, Lane lane) {
        for (TimerCount what : TimerCount.values()) {
            String name = "timers." + lane.key() + "." + what.name().toLowerCase(Locale.ROOT);
            table.put(name, new Metric(Quantity.COUNT, List.of(GROUP), (run, labels) -> {
                String group = labels.get(GROUP);
                return OptionalDouble.of(run.timer(lane)
                        .map(timer -> group == null
                                ? timer.count(what)
                                : timer.groups().get(groupNumber(run, group)).count(what))
                        .orElse(0L));
            }));
        }
        whole(
                table,
                "timers." + lane.key() + ".ended-after-expiry",
                Quantity.COUNT,
                run -> run.timer(lane).map(timer -> timer.ended().count()).orElse(0L));
    }

    private static void perGroup(
            Map<String, Metric> table, String name, Quantity quantity, ToLongFunction<GroupResult> of) {
        table.put(name, new Metric(quantity, List.of(GROUP), (run, labels) -> {
            String group = labels.get(GROUP);
            long sum = 0;
            for (GroupResult result : run.groups()) {
                if (group == null || group.equals(result.name())) {
                    sum += of.applyAsLong(result);
                }
            }
            return OptionalDouble.of((double) sum);
        }));
    }

    /** A share of one processor's time: of a group, or of all groups together. */
    private static void share(Map<String, Metric> table, String name, ToDoubleFunction<GroupResult> of, Fold fold) {
        table.put(name, new Metric(Quantity.FRACTION, List.of(GROUP), (run, labels) -> {
            String group = labels.get(GROUP);
            return fold(
                    run.groups().stream()
                            .filter(result -> group == null || group.equals(result.name()))
                            .map(of::applyAsDouble)
                            .toList(),
                    fold);
        }));
    }

    /** Without a label the first is the mean over processors, peak the largest, the counts the sum. */
    private static void addProcessors(Map<String, Metric> table) {
        whole(
                table,
                "utilization.max",
                Quantity.FRACTION,
                run -> run.processors().stream()
                        .mapToDouble(ProcessorResult::busy)
                        .max()
                        .orElse(0.0));
        perProcessor(table, "utilization", Quantity.FRACTION, ProcessorResult::busy, Fold.MEAN);
        perProcessor(table, "utilization.peak", Quantity.FRACTION, ProcessorResult::peak, Fold.MAX);
        perProcessor(table, "utilization.other", Quantity.FRACTION, ProcessorResult::other, Fold.MEAN);
        perProcessor(table, "fired", Quantity.COUNT, ProcessorResult::fired, Fold.SUM);
        perProcessor(table, "packets", Quantity.COUNT, ProcessorResult::packets, Fold.SUM);
        perProcessor(table, "ticks", Quantity.COUNT, ProcessorResult::ticks, Fold.SUM);
        perProcessor(table, "buckets", Quantity.COUNT, ProcessorResult::bucketsAtEnd, Fold.SUM);
    }

    private enum Fold {
        MEAN,
        MAX,
        SUM
    }

    private static void perProcessor(
            Map<String, Metric> table,
            String name,
            Quantity quantity,
            ToDoubleFunction<ProcessorResult> of,
            Fold fold) {
        table.put(name, new Metric(quantity, List.of(PROCESSOR), (run, labels) -> {
            String processor = labels.get(PROCESSOR);
            List<Double> values = new ArrayList<>();
            for (ProcessorResult result : run.processors()) {
                if (processor == null || Integer.parseInt(processor) == result.processor()) {
                    values.add(of.applyAsDouble(result));
                }
            }
            return fold(values, fold);
        }));
    }

    private static OptionalDouble fold(List<Double> values, Fold fold) {
        double sum = 0.0;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            sum += value;
            max = Math.max(max, value);
        }
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                switch (fold) {
                    case MEAN -> sum / values.size();
                    case MAX -> max;
                    case SUM -> sum;
                });
    }

    private static void whole(
            Map<String, Metric> table, String name, Quantity quantity, ToDoubleFunction<RunResult> of) {
        table.put(name, new Metric(quantity, List.of(), (run, labels) -> OptionalDouble.of(of.applyAsDouble(run))));
    }
}
