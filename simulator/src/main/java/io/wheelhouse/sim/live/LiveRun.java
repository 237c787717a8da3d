package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.Captures;
import io.wheelhouse.sim.engine.Census;
import io.wheelhouse.sim.engine.CostModel;
import io.wheelhouse.sim.engine.Events;
import io.wheelhouse.sim.engine.Findings;
import io.wheelhouse.sim.engine.HostClock;
import io.wheelhouse.sim.engine.Machine;
import io.wheelhouse.sim.engine.MoveLedger;
import io.wheelhouse.sim.engine.Population;
import io.wheelhouse.sim.engine.Structures;
import io.wheelhouse.sim.engine.Usage;
import io.wheelhouse.sim.engine.Workload;
import io.wheelhouse.sim.engine.Workloads;
import io.wheelhouse.sim.metrics.HostUse;
import io.wheelhouse.sim.metrics.Interval;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.balance.AssignerPolicy;
import io.wheelhouse.timer.balance.Assignment;
import io.wheelhouse.timer.balance.Move;
import io.wheelhouse.timer.balance.Reading;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.thread.Handoff;
import io.wheelhouse.timer.thread.TimerThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * One live run. The calling thread is the coordinator: it sleeps from barrier to barrier, and at each asks all timer
 * threads for a report, reads it, lets the policy plan, and orders moves. Nothing stops for a barrier.
 *
 * <p>Closing, in this order: no more orders; every bucket has an owner; the threads end after their mail; then what they
 * leave is looked at by this thread alone, and held to the laws. A thread that does not end keeps its buckets: then what was
 * known at the last barrier is the result. Whatever this thread throws, the others end.
 */
final class LiveRun {
    private static final long LOOK_EVERY_NS = 5_000_000;
    private static final long ANSWER_WITHIN_NS = 50_000_000;
    private static final long STALL_NS = 100_000_000;
    // so that a barrier that comes late, or fails, opens no connection late
    private static final long OPEN_EVERY_NS = Openings.AHEAD_NS / 2;
    private static final long SETTLE_WITHIN_NS = 500_000_000;
    private static final int LAST_MAIL_ROUNDS = 3;
    // A run that is stopped ends so much later, so that all threads know when before it is.
    private static final long NOTICE_NS = 2_000_000;

    private final Scenario scenario;
    private final LiveOptions options;
    private final long endWithinNs;
    private final RunListener listener;
    private final Workload workload;
    private final Openings openings;
    private final AssignerPolicy policy;
    private final long assignEveryNs;
    private final Machine<LiveProcessor> machine;
    private final LiveProcessor[] processors;
    private final Handoff handoff;
    private final HostClock clock;
    private final List<LiveThread> threads = new ArrayList<>();
    private final List<ThreadReport> threadReports = new ArrayList<>();
    private final Reports reports;
    private final Recorder total;
    // what was answered at barriers at which not all did, so that the total has what the reports have
    private final Recorder early;
    private final MoveLedger ledger;
    private final Usage usage;
    private final Interval interval;
    private final Captures captures;
    private final Troubles troubles = new Troubles();
    private final CallbackLog log;

    // the last barrier at which all threads reported
    private long reportedNs;
    private boolean measuring;
    private boolean toldToEnd;
    private boolean wasLate;
    private long lateReports;

    LiveRun(Scenario scenario, LiveOptions options, LiveHooks hooks) {
        this.scenario = scenario;
        this.options = options;
        endWithinNs = hooks.endWithinNs();
        listener = options.listener();
        Population population = new Population(scenario);
        workload = Workloads.of(scenario, population, hooks.applications());
        AssignerPolicy chosen = Structures.policy(scenario.assigner());
        policy = options.moveEveryNs() > 0 ? new ForcedMoves(chosen) : chosen;
        assignEveryNs = options.moveEveryNs() > 0
                ? options.moveEveryNs()
                : scenario.assigner().intervalNs();
        total = newRecorder();
        early = newRecorder();
        processors = LiveProcessor.allOf(scenario);
        machine = new Machine<>(scenario, workload, total, processors);
        log = new CallbackLog(processors.length, scenario.warmupNs());
        BucketListener served = hooks.served() == null ? log : log.and(hooks.served());
        machine.bucketList().forEach(bucket -> bucket.listener(served));
        openings = new Openings(population, workload, machine.bucketList(), scenario.durationNs(), options.cancelled());
        captures = new Captures(scenario, population, listener);
        machine.bucketList().forEach(captures::listenTo);
        handoff = new Handoff(machine.buckets(), processors.length);
        ledger = new MoveLedger(processors.length, scenario.warmupNs());
        interval = new Interval(processors.length);
        clock = start();
        reports = new Reports(threadReports, machine.buckets());
        threadReports.forEach(ThreadReport::fill);
        reports.gather();
        usage = new Usage(reports);
    }

    private Recorder newRecorder() {
        return new Recorder(scenario.connections().size(), scenario.warmupNs());
    }

    /** Makes the threads, with their first buckets and the first connections in them. Time begins when those are there. */
    private HostClock start() {
        openings.first();
        HostClock wall = HostClock.start();
        CostModel costs = new CostModel(scenario.host(), scenario.seed());
        for (int p = 0; p < processors.length; p++) {
            int id = p;
            SpinningMeter meter = new SpinningMeter(wall, costs, p, scenario.durationNs());
            TimerThread thread = new TimerThread(
                    processors[p].processor(),
                    meter,
                    handoff,
                    processors[p],
                    machine.buckets(),
                    scenario.durationNs(),
                    bucket -> workload.observer(bucket, machine.observer(id)),
                    troubles);
            threads.add(new LiveThread(thread, meter, options.idle(), wall, troubles));
            threadReports.add(new ThreadReport(
                    thread, processors[p], machine.observer(p), wall, machine.buckets(), newRecorder(), newRecorder()));
        }
        for (TimerBucket bucket : machine.bucketList()) {
            int owner = policy.initialOwner(bucket.id(), machine.buckets(), processors.length);
            threads.get(owner).timerThread().own(bucket);
        }
        return wall;
    }

    // ---- from barrier to barrier ----------------------------------------------------------------------------------

    RunResult toTheEnd() {
        usage.start();
        try {
            threads.forEach(LiveThread::start);
            return result(close(fromBarrierToBarrier()));
        } catch (RuntimeException | Error e) {
            // A policy, a listener or an assertion: nobody else would end the threads.
            endThreads(clock.wallNs());
            throw e;
        }
    }

    /** Returns the instant at which the run ends, which is now or {@link #NOTICE_NS} ahead. */
    private long fromBarrierToBarrier() {
        long barrierNs = 0;
        boolean stopped = false;
        while (barrierNs < scenario.durationNs() && !stopped) {
            barrierNs = nextBarrierNs(Math.max(barrierNs, clock.wallNs() - 1));
            stopped = waitUntil(barrierNs);
            if (!stopped && barrierNs < scenario.durationNs()) {
                atBarrier(barrierNs);
            }
        }
        return stopped ? Math.min(scenario.durationNs(), clock.wallNs() + NOTICE_NS) : scenario.durationNs();
    }

    private long nextBarrierNs(long nowNs) {
        long next = Math.min(
                nextMultiple(nowNs, assignEveryNs),
                nextMultiple(nowNs, scenario.output().intervalNs()));
        if (nowNs < scenario.warmupNs()) {
            next = Math.min(next, scenario.warmupNs());
        }
        return Math.min(Math.min(next, nowNs + OPEN_EVERY_NS), scenario.durationNs());
    }

    private static long nextMultiple(long nowNs, long periodNs) {
        return (nowNs / periodNs + 1) * periodNs;
    }

    /** Waits, and tells whether the run is to stop before. */
    private boolean waitUntil(long atNs) {
        while (true) {
            if (options.cancelled().getAsBoolean() || troubles.bug() != null) {
                return true;
            }
            long leftNs = atNs - clock.wallNs();
            if (leftNs <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, Math.min(leftNs, LOOK_EVERY_NS));
        }
    }

    private void sleepUntil(long atNs) {
        for (long leftNs = atNs - clock.wallNs(); leftNs > 0; leftNs = atNs - clock.wallNs()) {
            LockSupport.parkNanos(this, leftNs);
        }
    }

    private void atBarrier(long nowNs) {
        openings.ahead(nowNs, handoff);
        if (!collect(nowNs)) {
            return;
        }
        if (!measuring && nowNs >= scenario.warmupNs()) {
            measuring = true;
            usage.begin();
        }
        if (nowNs % scenario.output().intervalNs() == 0) {
            closeInterval(nowNs);
        }
        if (nowNs % assignEveryNs == 0) {
            assign(nowNs);
        }
        listener.progress(nowNs, scenario.durationNs(), Events.of(total));
    }

    /** Asks all threads that have answered the last time, and tells whether all have answered in time. */
    private boolean collect(long nowNs) {
        for (int p = 0; p < threadReports.size(); p++) {
            ThreadReport report = threadReports.get(p);
            if (report.isAnswered()) {
                if (wasLate) {
                    report.spare.moveInto(early);
                }
                report.ask();
                handoff.errand(p, report);
            }
        }
        long untilNs = clock.wallNs() + Math.min(assignEveryNs, ANSWER_WITHIN_NS);
        boolean all = false;
        while (!all && clock.wallNs() < untilNs) {
            all = threadReports.stream().allMatch(ThreadReport::isAnswered);
            if (!all) {
                LockSupport.parkNanos(this, 100_000);
            }
        }
        if (!all) {
            wasLate = true;
            lateReports++;
            reportStalls(nowNs);
            return false;
        }
        if (wasLate) {
            wasLate = false;
            early.moveInto(total);
        }
        threadReports.forEach(report -> report.spare.moveInto(total));
        reports.gather();
        reportedNs = nowNs;
        return true;
    }

    private void reportStalls(long nowNs) {
        for (int p = 0; p < threads.size(); p++) {
            long sinceNs = threads.get(p).timerThread().inStepSinceNs();
            if (sinceNs != TimerThread.NOT_IN_STEP && nowNs - sinceNs >= STALL_NS) {
                troubles.stalled(p, sinceNs, nowNs - sinceNs, threads.get(p).whereabouts());
            }
        }
    }

    private void closeInterval(long nowNs) {
        double[] busy = usage.closeInterval(nowNs - interval.endNs(), interval.endNs() >= scenario.warmupNs());
        interval.close(nowNs, List.of(total), busy, reports.waiting(), listener);
    }

    private void assign(long nowNs) {
        Reading reading = reports.read(nowNs);
        Assignment assignment = policy.plan(reading);
        listener.assignment(
                nowNs, reading.meanUtilization(), assignment.totalIndex(), MoveLedger.rows(reading, assignment));
        ledger.interval(reading);
        for (Move move : assignment.moves()) {
            if (handoff.order(move.bucket(), move.from(), move.to(), move.expectedEpoch())) {
                reports.sent(move.bucket(), move.to());
                ledger.moved(move, nowNs, reading.loadNs(move.bucket()));
                listener.move(MoveLedger.row(move, nowNs, reading, assignment));
            } else {
                ledger.stale();
            }
        }
    }

    // ---- the end --------------------------------------------------------------------------------------------------

    /** Closes at an instant that the threads can still be told of, or that has been. */
    private long close(long endNs) {
        openings.stop();
        endAllAt(endNs);
        sleepUntil(endNs);
        long settleUntilNs = clock.wallNs() + SETTLE_WITHIN_NS;
        // A thread that an error has ended settles nothing more.
        while (handoff.outstanding() > 0 && troubles.bug() == null && clock.wallNs() < settleUntilNs) {
            LockSupport.parkNanos(this, 100_000);
        }
        endThreads(endNs);
        Error bug = troubles.bug();
        if (bug != null) {
            throw bug;
        }
        return endNs;
    }

    private void endAllAt(long endNs) {
        // For all of them first: where this thread is held up between the two, none of them serves for nothing.
        threads.forEach(thread -> thread.timerThread().endAt(endNs));
        threads.forEach(thread -> thread.spendUntil(endNs));
    }

    /** Ends all threads, or all that do end, once: a callback that does not return is waited for no longer than this. */
    private void endThreads(long endNs) {
        if (toldToEnd) {
            return;
        }
        toldToEnd = true;
        openings.stop();
        endAllAt(endNs);
        threads.forEach(thread -> thread.timerThread().stop());
        long untilNs = clock.wallNs() + endWithinNs;
        for (LiveThread thread : threads) {
            thread.endsWithin(untilNs - clock.wallNs());
        }
    }

    private RunResult result(long endNs) {
        List<LiveThread> ended = threads.stream().filter(LiveThread::hasEnded).toList();
        for (int i = 0; i < LAST_MAIL_ROUNDS; i++) {
            // An order read now sends a bucket to another thread, and a hint may be passed on.
            ended.forEach(thread -> thread.timerThread().readLastMail());
        }
        ended.forEach(thread -> thread.timerThread().finish(endNs));
        handoff.cancelCommands();
        return ended.size() == threads.size() ? wholeResult(endNs) : partialResult(endNs, ended);
    }

    private RunResult wholeResult(long endNs) {
        early.moveInto(total);
        for (ThreadReport report : threadReports) {
            report.spare.moveInto(total);
            report.inUse.moveInto(total);
            report.fill();
        }
        reports.gather();
        captures.atBarrier(endNs);
        if (endNs > interval.endNs()) {
            closeInterval(endNs);
        }
        Census census = census(endNs, machine.bucketList());
        HostUse host = hostUse(census, log.callbacks(), log.overlap(), List.of());
        return findings(census).result(endNs, host);
    }

    /** What all threads had reported before one of them stuck, and what else can be looked at without it. */
    private RunResult partialResult(long endNs, List<LiveThread> ended) {
        List<LiveThread> stuck =
                threads.stream().filter(thread -> !ended.contains(thread)).toList();
        List<String> words = new StuckThreads(scenario, workload, reports, machine.bucketList()).inWords(stuck);
        List<TimerBucket> known = machine.bucketList().stream()
                .filter(bucket ->
                        ended.stream().anyMatch(thread -> thread.timerThread().ownedBucket(bucket.id()) != null))
                .toList();
        Set<Integer> numbers = known.stream().map(TimerBucket::id).collect(Collectors.toSet());
        captures.atBarrier(endNs, numbers::contains);
        if (reportedNs > interval.endNs()) {
            closeInterval(reportedNs);
        }
        Census census = census(endNs, known);
        HostUse host = hostUse(census, LiveUse.Callbacks.NONE, LiveUse.Overlap.NONE, words);
        String unchecked =
                stuck.size() + " of " + threads.size() + (threads.size() == 1 ? " timer thread" : " timer threads")
                        + " did not end, with buckets that nobody can look at";
        return findings(census).partial(reportedNs, known, unchecked, host);
    }

    private Census census(long endNs, List<TimerBucket> buckets) {
        Census census = new Census(scenario.connections().size());
        for (TimerBucket bucket : buckets) {
            workload.count(bucket, endNs, census);
        }
        return census;
    }

    private Findings findings(Census census) {
        return new Findings(scenario, machine, ledger, usage, total, census);
    }

    private HostUse hostUse(Census census, LiveUse.Callbacks callbacks, LiveUse.Overlap overlap, List<String> stuck) {
        List<String> lines = new ArrayList<>(stuck);
        lines.addAll(troubles.lines());
        LiveUse live = new LiveUse(
                options.idle().key(),
                options.moveEveryNs() > 0,
                threads.stream().map(LiveThread::use).toList(),
                callbacks,
                overlap,
                troubles.thrown(),
                lateReports,
                stuck.size(),
                lines);
        return new HostUse(threads.size(), clock.wallNs(), clock.cpuNs(), 0, census.connections(), live);
    }
}
