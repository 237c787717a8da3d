package io.wheelhouse.sim.drill;

import io.wheelhouse.tcp.SocketOption;
import io.wheelhouse.tcp.SoloEnd;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The socket options of the one connection: what is set reaches the model, and what is asked for is compared. */
final class SocketOptions {
    /** Options that change nothing that a script of one connection can see. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("SO_REUSEADDR", "SO_REUSEPORT", "SO_PRIORITY", "IP_MTU_DISCOVER");

    private static final String MAXSEG = "TCP_MAXSEG";
    private static final String CORK = "TCP_CORK";
    private static final String SNDBUF = "SO_SNDBUF";
    private static final String QUICKACK = "TCP_QUICKACK";
    private static final String RCVBUF = "SO_RCVBUF";
    private static final String LINGER = "SO_LINGER";
    /** SOCK_MIN_SNDBUF, include/net/sock.h. */
    private static final long LEAST_SNDBUF = 4_608;

    private static final Set<String> ALL = all();

    private final SoloEnd end;
    private final Facts facts;
    private final long receiveSpace;
    private final Map<String, Long> values = new TreeMap<>();
    private boolean closesAtOnce;

    /** @param receiveSpace the size of the receive buffer before there is a connection; 0 if nobody says */
    SocketOptions(SoloEnd end, Facts facts, long receiveSpace) {
        this.end = end;
        this.receiveSpace = receiveSpace;
        this.facts = facts;
    }

    private static Set<String> all() {
        Set<String> all = new TreeSet<>(WITHOUT_EFFECT);
        all.addAll(Set.of(MAXSEG, CORK, SNDBUF, LINGER, QUICKACK));
        Arrays.stream(SocketOption.values()).forEach(option -> all.add(option.name()));
        return all;
    }

    /** The options that may be set. */
    static Set<String> names() {
        return ALL;
    }

    Answer set(Arguments arguments) {
        String name = arguments.word(2);
        if (name.equals(LINGER)) {
            linger(arguments.get(3));
            return Answer.of(0);
        }
        long value = arguments.number(3);
        if (name.equals(SNDBUF)) {
            values.put(name, Math.max(LEAST_SNDBUF, 2 * Math.min(value, Integer.MAX_VALUE)));
            return Answer.of(0);
        }
        try {
            if (name.equals(QUICKACK)) {
                end.quickAck((int) value);
            } else if (name.equals(MAXSEG)) {
                end.set("mss", Long.toString(value));
            } else if (name.equals(CORK)) {
                end.cork(value != 0);
            } else if (!WITHOUT_EFFECT.contains(name)) {
                end.option(SocketOption.valueOf(name), value);
            }
        } catch (IllegalArgumentException e) {
            return Answer.failed("EINVAL");
        }
        values.put(name, value);
        return Answer.of(0);
    }

    private void linger(Expression value) {
        Expression inside =
                value instanceof Expression.Array array && array.items().size() == 1
                        ? array.items().get(0)
                        : value;
        if (inside instanceof Expression.Struct struct) {
            closesAtOnce = isField(struct, "onoff", 1) && isField(struct, "linger", 0);
        }
    }

    private static boolean isField(Expression.Struct struct, String name, long number) {
        Expression field = struct.field(name);
        return field instanceof Expression.Int value && value.value() == number;
    }

    /** Whether closing resets the connection: it is to linger for no time at all. */
    boolean closesAtOnce() {
        return closesAtOnce;
    }

    Answer get(Arguments arguments) {
        String name = arguments.word(2);
        if (name.equals(RCVBUF)) {
            return compare(name, facts.receiveBuffer(receiveSpace), arguments, 3);
        }
        if (name.equals(QUICKACK)) {
            return compare(name, end.isQuickAcking() ? 1 : 0, arguments, 3);
        }
        long value =
                name.equals(MAXSEG) ? facts.maxSegment(values.getOrDefault(name, 0L)) : values.getOrDefault(name, 0L);
        return compare(name, value, arguments, 3);
    }

    /** Hands bytes to the model. */
    void write(long bytes) {
        end.write(Math.min(bytes, Integer.MAX_VALUE));
    }

    /** Compares a number with the one a call is expected to bring back. */
    Answer compare(String what, long actual, Arguments arguments, int position) {
        Expression expected = arguments.get(position);
        if (expected instanceof Expression.Whatever || arguments.number(position) == actual) {
            return Answer.of(0);
        }
        String word = arguments.word(position);
        String shown = word.isEmpty() ? Long.toString(arguments.number(position)) : word;
        return Answer.differing(what + " is " + actual + ", expected " + shown);
    }

    /** Compares a pending error with the expected one. */
    Answer compareError(String actual, Arguments arguments) {
        String expected = arguments.word(3);
        if (arguments.get(3) instanceof Expression.Whatever
                || Errno.canonical(expected).equals(actual)) {
            return Answer.of(0);
        }
        String shown = expected.isEmpty() ? Long.toString(arguments.number(3)) : expected;
        return Answer.differing("the error is " + actual + ", expected " + shown);
    }
}
