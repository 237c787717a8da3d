package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Call;
import io.wheelhouse.sim.drill.Action.Code;
import io.wheelhouse.sim.drill.Action.Command;
import io.wheelhouse.sim.drill.Action.Packet;
import io.wheelhouse.sim.drill.Action.Sockets;
import io.wheelhouse.tcp.SoloEnd;
import io.wheelhouse.tcp.TcpSegment;
import io.wheelhouse.tcp.profile.TcpConstant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs one script: event after event, virtual time going on to each, or for an expected packet until one is sent. As in
 * packetdrill, a relative time counts from when the event before was over, packets sent wait in order to be expected,
 * and what a script expects of no packet is not asked of it. Nothing costs time but waiting.
 */
final class Runner {
    /** How long a packet is waited for beyond its time, to say when it came. */
    private static final long GRACE_NS = 2_000_000_000;

    private static final long LATEST_NS = Long.MAX_VALUE / 4;
    /** Far more than any script has timers to fire. */
    private static final int MAX_INSTANTS = 10_000_000;

    private final Script script;
    private final Drill drill;
    private final SoloEnd end;
    private final Translation translation;
    private final Facts facts;
    private final Host host;
    private final PacketMatch match;
    private final Deque<PacketMatch.Sent> sent = new ArrayDeque<>();
    private final Map<String, Double> variables = new TreeMap<>(Symbols.ofCode());
    private final List<String> timeline = new ArrayList<>();
    private @Nullable Pending pending;
    private int instants;

    /**
     * A call that blocks.
     *
     * @param dueNs when the script expects it to return
     * @param timeoutNs when it returns by itself
     */
    private record Pending(Event event, Call call, long dueNs, long timeoutNs) {}

    Runner(Script script, Drill drill) {
        this.script = script;
        this.drill = drill;
        Stack stack = Stack.of(script, drill);
        end = stack.end();
        translation = stack.translation();
        facts = new Facts(
                end,
                translation,
                stack.profile().count(TcpConstant.MSS),
                script.options().segmentMax());
        host = new Host(end, new SocketOptions(end, facts, translation, stack.profile()));
        match = new PacketMatch(translation, script.options());
        end.listener(this::sent);
    }

    Verdict run() {
        try {
            for (Event event : script.events()) {
                step(event);
            }
            awaitPending();
            return Verdict.passed(timeline);
        } catch (Mismatch e) {
            return Verdict.failed(e.line(), e.message(), timeline);
        }
    }

    /** Time since the script's start. */
    private long nowNs() {
        return end.nowNs() - drill.phaseNs();
    }

    private void sent(long atNs, TcpSegment segment) {
        long scriptNs = atNs - drill.phaseNs();
        facts.sent(segment, atNs);
        translation.sent(segment);
        sent.add(new PacketMatch.Sent(scriptNs, segment));
        Packet shown = translation.outbound(segment);
        note(scriptNs, Shown.packet(shown));
        tap(true, scriptNs, segment, shown);
    }

    private void tap(boolean outbound, long atNs, TcpSegment segment, Packet shown) {
        List<TcpOption> options = shown.options() == null ? List.of() : shown.options();
        drill.tap()
                .segment(
                        outbound,
                        atNs,
                        new SegmentTap.Seen(
                                segment.flags(),
                                segment.seq(),
                                segment.ack(),
                                segment.length(),
                                Math.max(0, shown.window()),
                                options));
    }

    private void note(long atNs, String what) {
        timeline.add(Shown.time(atNs) + "  " + what);
    }

    private void step(Event event) throws Mismatch {
        EventTime time = event.time();
        long baseNs =
                time.kind() == EventTime.Kind.ABSOLUTE || time.kind() == EventTime.Kind.ABSOLUTE_RANGE ? 0 : nowNs();
        long startNs = baseNs + time.startNs();
        if (startNs > LATEST_NS) {
            throw new Mismatch(event, "the script goes on for longer than virtual time does");
        }
        if (event.action() instanceof Packet packet && packet.outbound()) {
            expect(event, packet, startNs, baseNs + time.endNs());
            return;
        }
        goTo(event, startNs);
        if (event.action() instanceof Packet packet) {
            inject(event, packet);
        } else if (event.action() instanceof Call call) {
            call(event, call, baseNs);
        } else if (event.action() instanceof Code code) {
            evaluate(event, code);
        } else if (event.action() instanceof Sockets sockets) {
            count(event, sockets);
        } else if (event.action() instanceof Command command) {
            command.settings().forEach(sysctl -> note(nowNs(), "sysctl " + sysctl.name() + "=" + sysctl.value()));
        }
    }

    // ---- time

    private void goTo(Event event, long atNs) throws Mismatch {
        if (nowNs() > atNs + script.options().toleranceNs()) {
            throw new Mismatch(
                    event,
                    "this was to happen at " + Shown.seconds(atNs) + ", but it is " + Shown.seconds(nowNs())
                            + " already");
        }
        while (nextInstantNs() <= atNs) {
            runTo(event, nextInstantNs());
        }
        runTo(event, Math.max(atNs, nowNs()));
    }

    private long nextInstantNs() {
        long nextNs = end.nextEventNs();
        long modelNs = nextNs == Long.MAX_VALUE ? Long.MAX_VALUE : nextNs - drill.phaseNs();
        return pending == null || pending.timeoutNs() <= nowNs() ? modelNs : Math.min(modelNs, pending.timeoutNs());
    }

    private void runTo(Event event, long atNs) throws Mismatch {
        if (++instants > MAX_INSTANTS) {
            throw new Mismatch(event, "more than " + MAX_INSTANTS + " timers have fired");
        }
        end.runUntil(Math.max(atNs, nowNs()) + drill.phaseNs());
        retryPending();
    }

    // ---- packets

    private void inject(Event event, Packet packet) throws Mismatch {
        TcpSegment segment = translation.inbound(
                packet, !end.state().isSynchronized(), script.options().tsEchoScaled());
        if (segment == null) {
            throw new Mismatch(event, "the packet echoes a timestamp that no expected packet has had as its 'val'");
        }
        note(nowNs(), Shown.packet(packet));
        tap(false, nowNs(), segment, packet);
        facts.arrives(segment, end.nowNs());
        end.arrive(segment);
        retryPending();
    }

    private void expect(Event event, Packet expected, long startNs, long endNs) throws Mismatch {
        boolean anyTime = event.time().kind() == EventTime.Kind.ANY;
        long toleranceNs = match.toleranceNs(startNs - nowNs());
        PacketMatch.Window window =
                anyTime ? new PacketMatch.Window(0, LATEST_NS, 0) : new PacketMatch.Window(startNs, endNs, toleranceNs);
        List<PacketMatch.Sent> pieces = new ArrayList<>();
        int length = 0;
        do {
            PacketMatch.Sent next = next(event, window.lastNs() + (pieces.isEmpty() ? GRACE_NS : 0));
            if (next == null) {
                throw new Mismatch(event, match.missing(expected, window, pieces));
            }
            if (pieces.size() == 1 && PacketMatch.isBareAck(pieces.get(0))) {
                if (!PacketMatch.repeats(pieces.get(0), next)) {
                    sent.addFirst(next);
                    break;
                }
                pieces.clear();
            }
            pieces.add(next);
            length += next.segment().length();
        } while (length < expected.length() && match.continues(expected, pieces));
        PacketMatch.Sent rest = match.compare(event, expected, window, pieces);
        if (rest != null) {
            sent.addFirst(rest);
        }
    }

    /** The next packet sent, time going on until there is one; null if there is none until an instant. */
    private PacketMatch.@Nullable Sent next(Event event, long untilNs) throws Mismatch {
        while (sent.isEmpty() && nextInstantNs() <= untilNs) {
            runTo(event, nextInstantNs());
        }
        return sent.poll();
    }

    // ---- calls

    private void call(Event event, Call call, long baseNs) throws Mismatch {
        awaitPending();
        int line = timeline.size();
        note(nowNs(), call.name() + "()");
        Answer answer = host.call(call);
        if (answer != null) {
            timeline.set(line, timeline.get(line) + " = " + answer);
            if (call.blocks()) {
                checkReturn(event, baseNs + call.endNs());
            }
            check(event, call, answer);
        } else if (call.blocks()) {
            pending = new Pending(event, call, baseNs + call.endNs(), timeoutNs(call));
        } else {
            throw new Mismatch(event, call.name() + " blocks; expected " + expected(call));
        }
    }

    private long timeoutNs(Call call) {
        long patienceNs = host.patienceNs(call);
        return patienceNs == Long.MAX_VALUE ? Long.MAX_VALUE : nowNs() + patienceNs;
    }

    private void retryPending() throws Mismatch {
        Pending blocked = pending;
        if (blocked == null) {
            return;
        }
        Answer answer = host.call(blocked.call());
        if (answer == null && nowNs() >= blocked.timeoutNs()) {
            answer = Answer.of(0);
        }
        if (answer != null) {
            pending = null;
            note(nowNs(), blocked.call().name() + "() returns " + answer);
            checkReturn(blocked.event(), blocked.dueNs());
            check(blocked.event(), blocked.call(), answer);
        }
    }

    /** Waits for a call that blocks, for at most as long as the script allows. */
    private void awaitPending() throws Mismatch {
        while (pending != null) {
            Pending blocked = pending;
            long lastNs = blocked.dueNs() + script.options().toleranceNs();
            if (nextInstantNs() > lastNs) {
                throw new Mismatch(
                        blocked.event(),
                        blocked.call().name() + " still blocks at " + Shown.seconds(lastNs) + "; expected "
                                + expected(blocked.call()) + " at " + Shown.seconds(blocked.dueNs()));
            }
            runTo(blocked.event(), nextInstantNs());
        }
    }

    private void checkReturn(Event event, long dueNs) throws Mismatch {
        if (Math.abs(nowNs() - dueNs) > script.options().toleranceNs()) {
            throw new Mismatch(
                    event, "the call returned at " + Shown.seconds(nowNs()) + "; expected at " + Shown.seconds(dueNs));
        }
    }

    private static void check(Event event, Call call, Answer answer) throws Mismatch {
        Long number = Symbols.number(call.result());
        boolean valueFits = number == null || number == answer.value();
        boolean errorFits =
                call.error() == null || Errno.canonical(call.error()).equals(answer.error());
        if (!valueFits || !errorFits) {
            throw new Mismatch(event, call.name() + " returned " + answer + "; expected " + expected(call));
        }
        if (answer.other() != null) {
            throw new Mismatch(event, call.name() + ": " + answer.other());
        }
    }

    private static String expected(Call call) {
        Long number = Symbols.number(call.result());
        String value = number == null ? "..." : Long.toString(number);
        return call.error() == null ? value : value + " " + Errno.shown(call.error());
    }

    // ---- code

    private void evaluate(Event event, Code code) throws Mismatch {
        variables.putAll(facts.values());
        for (Statement statement : code.statements()) {
            if (statement instanceof Statement.Assign assign) {
                variables.put(assign.name(), assign.value().value(variables));
            } else if (statement instanceof Statement.Assertion assertion) {
                assertTrue(event, assertion);
            }
        }
        note(nowNs(), "asserted");
    }

    private void count(Event event, Sockets expected) throws Mismatch {
        boolean open = host.hasConnectionOpen();
        boolean listed = end.state() == expected.state() && (open || !expected.ofScript());
        if ((listed ? 1 : 0) != expected.count()) {
            throw new Mismatch(event, Sockstat.mismatch(expected, end.state(), open));
        }
        note(nowNs(), "counted");
    }

    private void assertTrue(Event event, Statement.Assertion assertion) throws Mismatch {
        if (assertion.condition().value(variables) != 0) {
            return;
        }
        StringBuilder values = new StringBuilder();
        for (String name : new TreeSet<>(assertion.condition().names())) {
            if (!Symbols.ofCode().containsKey(name)) {
                values.append(values.length() == 0 ? "" : ", ")
                        .append(name)
                        .append(" is ")
                        .append(shown(variables.get(name)));
            }
        }
        Event at = new Event(assertion.line(), event.column(), event.time(), event.action());
        throw new Mismatch(at, "assert " + assertion.text() + "\n  but " + values + " at " + Shown.seconds(nowNs()));
    }

    private static String shown(@Nullable Double value) {
        if (value == null) {
            return "unset";
        }
        return value == Math.rint(value) ? Long.toString(value.longValue()) : value.toString();
    }
}
