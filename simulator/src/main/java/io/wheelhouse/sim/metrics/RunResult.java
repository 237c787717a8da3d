package io.wheelhouse.sim.metrics;

import io.wheelhouse.sim.scenario.Expectation;
import io.wheelhouse.tcp.TcpCount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a run found, small enough to keep: what grows with the run goes to a {@link RunListener}. Does not change.
 * Everything but {@code host} is the same for the same scenario, seed and version.
 *
 * @param scenario its name
 * @param description its one line, possibly empty
 * @param durationNs virtual time that was to be simulated
 * @param endNs virtual time that was: less than the duration where the run was interrupted
 * @param events segments processed by an endpoint, and timer callbacks
 * @param fingerprint the hash of all that happened
 * @param timers one for each kind of timer that was armed, in lane order
 * @param expectations empty until {@link #judgedBy}
 */
public record RunResult(
        String scenario,
        String description,
        long seed,
        long durationNs,
        long warmupNs,
        long endNs,
        long events,
        long fingerprint,
        List<TimerResult> timers,
        List<ProcessorResult> processors,
        BalanceResult balance,
        List<GroupResult> groups,
        QueueResult queue,
        OverdueResult overdue,
        LawReport laws,
        List<ExpectationResult> expectations,
        HostUse host) {

    public RunResult {
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(balance, "balance");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(overdue, "overdue");
        Objects.requireNonNull(laws, "laws");
        Objects.requireNonNull(host, "host");
        if (endNs < 0 || endNs > durationNs) {
            throw new IllegalArgumentException("endNs: " + endNs + " of " + durationNs);
        }
        timers = List.copyOf(timers);
        processors = List.copyOf(processors);
        groups = List.copyOf(groups);
        expectations = List.copyOf(expectations);
    }

    /** Whether the run was stopped before its end. */
    public boolean interrupted() {
        return endNs < durationNs;
    }

    /** Whether everything expected was shown; true where nothing was expected. */
    public boolean expectationsMet() {
        return expectations.stream().allMatch(ExpectationResult::met);
    }

    /** The result of one kind of timer; empty where none was ever armed. */
    public Optional<TimerResult> timer(Lane lane) {
        return timers.stream().filter(timer -> timer.lane().equals(lane)).findFirst();
    }

    /** How often something was counted in all groups together. */
    public long total(TcpCount what) {
        return groups.stream().mapToLong(group -> group.count(what)).sum();
    }

    /** The same result, held against what was expected, which is about a whole run: one that was interrupted is not judged. */
    public RunResult judgedBy(List<Expectation> expected) {
        if (interrupted()) {
            return this;
        }
        MetricCatalog catalog = new MetricCatalog();
        List<ExpectationResult> judged = expected.stream()
                .map(expectation -> new ExpectationResult(expectation, catalog.measure(expectation, this)))
                .toList();
        return new RunResult(
                scenario,
                description,
                seed,
                durationNs,
                warmupNs,
                endNs,
                events,
                fingerprint,
                timers,
                processors,
                balance,
                groups,
                queue,
                overdue,
                laws,
                judged,
                host);
    }
}
