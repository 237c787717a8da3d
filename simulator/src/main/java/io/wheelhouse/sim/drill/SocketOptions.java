package io.wheelhouse.sim.drill;

import io.wheelhouse.tcp.SocketOption;
import io.wheelhouse.tcp.SoloEnd;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.profile.TcpConstant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The socket options of the one connection: what is set reaches the model, and what is asked for is compared (tcp(7),
 * socket(7); do_tcp_setsockopt(), net/ipv4/tcp.c; sk_setsockopt(), net/core/sock.c).
 */
final class SocketOptions {
    /** Options that change nothing that a script of one connection can see. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("SO_REUSEADDR", "SO_REUSEPORT", "SO_PRIORITY", "IP_MTU_DISCOVER");

    private static final String MAXSEG = "TCP_MAXSEG";
    private static final String CORK = "TCP_CORK";
    private static final String QUICKACK = "TCP_QUICKACK";
    private static final String SNDBUF = "SO_SNDBUF";
    private static final String RCVBUF = "SO_RCVBUF";
    private static final String LINGER = "SO_LINGER";
    private static final String NODELAY = SocketOption.TCP_NODELAY.name();

    /** What Linux takes for a value: include/net/tcp.h, MAX_TCP_KEEPIDLE and its neighbours. */
    private static final Map<String, long[]> RANGES = Map.of(
            "TCP_KEEPIDLE",
            new long[] {1, 32_767},
            "TCP_KEEPINTVL",
            new long[] {1, 32_767},
            "TCP_KEEPCNT",
            new long[] {1, 127},
            "TCP_SYNCNT",
            new long[] {1, 127},
            "TCP_USER_TIMEOUT",
            new long[] {0, Integer.MAX_VALUE},
            MAXSEG,
            new long[] {88, 32_767});

    /** SOCK_MIN_RCVBUF, include/net/sock.h. */
    private static final long LEAST_RCVBUF = 2_304;
    /** net.core.rmem_max of Linux 6.18. */
    private static final long RMEM_MAX = 4L << 20;

    private static final int UNSCALED_BITS = 15;
    private static final int MAX_SHIFT = 14;
    private static final long NS_PER_S = 1_000_000_000;

    private static final Set<String> ALL = all();

    /** Options that have a value without having been set. */
    private static final Set<String> WITH_DEFAULT = Set.of(
            "SO_ERROR",
            "SO_KEEPALIVE",
            MAXSEG,
            CORK,
            QUICKACK,
            "TCP_NODELAY",
            "TCP_KEEPIDLE",
            "TCP_KEEPINTVL",
            "TCP_KEEPCNT",
            "TCP_SYNCNT",
            "TCP_USER_TIMEOUT",
            "TCP_LINGER2");

    private final SoloEnd end;
    private final Facts facts;
    private final Translation translation;
    private final Profile profile;
    private final boolean linux;
    private final SendBuffer sendBuffer;
    private final Map<String, Long> values = new TreeMap<>();
    private boolean lingers;
    private long lingerNs;

    SocketOptions(SoloEnd end, Facts facts, Translation translation, Profile profile) {
        this.end = end;
        this.facts = facts;
        this.translation = translation;
        this.profile = profile;
        linux = !profile.choice(TcpConstant.WINDOW_RULE).equals("freebsd");
        sendBuffer = new SendBuffer(end, facts);
    }

    private static Set<String> all() {
        Set<String> all = new TreeSet<>(WITHOUT_EFFECT);
        all.addAll(Set.of(MAXSEG, CORK, QUICKACK, SNDBUF, RCVBUF, LINGER));
        Arrays.stream(SocketOption.values()).forEach(option -> all.add(option.name()));
        return all;
    }

    /** The options that may be set. */
    static Set<String> names() {
        return ALL;
    }

    /** Whether an option may be asked for that has not been set. */
    static boolean hasDefault(String name) {
        return WITH_DEFAULT.contains(name);
    }

    SendBuffer sendBuffer() {
        return sendBuffer;
    }

    Answer set(Arguments arguments) {
        String name = arguments.word(2);
        if (name.equals(LINGER)) {
            linger(arguments.get(3));
            return Answer.of(0);
        }
        long value = arguments.number(3);
        if (isRefused(name, value)) {
            return Answer.failed("EINVAL");
        }
        try {
            values.put(name, value);
            apply(name, value);
        } catch (IllegalArgumentException e) {
            return Answer.failed("EINVAL");
        }
        return Answer.of(0);
    }

    private boolean isRefused(String name, long value) {
        long[] range = linux ? RANGES.get(name) : null;
        boolean unset = name.equals(MAXSEG) && value == 0;
        return range != null && !unset && (value < range[0] || value > range[1]);
    }

    private void apply(String name, long value) {
        switch (name) {
            case SNDBUF -> values.put(name, sendBuffer.limit(value));
            case RCVBUF -> receiveBuffer(value);
            case MAXSEG -> {
                if (value > 0) {
                    end.set(TcpConstant.MSS.key(), Long.toString(value));
                }
            }
            case CORK -> end.cork(value != 0);
            case QUICKACK -> end.quickAck((int) value);
            default -> {
                if (!WITHOUT_EFFECT.contains(name)) {
                    end.option(SocketOption.valueOf(name), value);
                    pushCorked(name, value);
                }
            }
        }
    }

    /** TCP_NODELAY sends what a cork holds back, and leaves the cork in (TCP_NAGLE_PUSH). */
    private void pushCorked(String name, long value) {
        if (name.equals(NODELAY) && value != 0 && values.getOrDefault(CORK, 0L) != 0) {
            end.cork(false);
            end.cork(true);
        }
    }

    /** Half of what is kept for the buffer is window: tcp_select_initial_window(), net/ipv4/tcp_output.c. */
    private void receiveBuffer(long asked) {
        if (!linux) {
            values.put(RCVBUF, asked);
            end.set(TcpConstant.RECEIVE_WINDOW.key(), Long.toString(asked));
            return;
        }
        long kept = Math.max(LEAST_RCVBUF, 2 * Math.min(asked, RMEM_MAX));
        long space = kept / 2;
        int mss = profile.count(TcpConstant.MSS);
        long window = space > mss ? space / mss * mss : space;
        values.put(RCVBUF, kept);
        end.set(TcpConstant.RECEIVE_WINDOW.key(), Long.toString(window));
        if (profile.count(TcpConstant.WINDOW_SCALE) > 0) {
            int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(space);
            int shift = Math.max(0, Math.min(MAX_SHIFT, bits - UNSCALED_BITS));
            end.set(TcpConstant.WINDOW_SCALE.key(), Integer.toString(shift));
            translation.offer(shift);
        }
    }

    private void linger(Expression value) {
        Expression inside =
                value instanceof Expression.Array array && array.items().size() == 1
                        ? array.items().get(0)
                        : value;
        if (inside instanceof Expression.Struct struct) {
            lingers = field(struct, "onoff") != 0;
            lingerNs = field(struct, "linger") * NS_PER_S;
        }
    }

    private static long field(Expression.Struct struct, String name) {
        return struct.field(name) instanceof Expression.Int value ? Math.min(value.value(), Integer.MAX_VALUE) : 0;
    }

    /** Whether closing resets the connection: it is to linger for no time at all. */
    boolean closesAtOnce() {
        return lingers && lingerNs == 0;
    }

    /** How long closing waits for what is under way; 0 if it does not. */
    long lingerNs() {
        return lingers ? lingerNs : 0;
    }

    /**
     * @param ofListener whether a listener is asked, whose buffer stays as it was set: tcp_mss(), netinet/tcp_input.c of
     *     FreeBSD 14, rounds that of the connection
     */
    Answer get(Arguments arguments, boolean ofListener) {
        String name = arguments.word(2);
        return compare(name, value(name, ofListener), arguments, 3);
    }

    private long value(String name, boolean ofListener) {
        Long set = values.get(name);
        if (name.equals(RCVBUF) && !linux) {
            long asked = set == null ? profile.count(TcpConstant.RECEIVE_WINDOW) : set;
            return ofListener ? asked : facts.receiveBuffer(asked);
        }
        if (name.equals(MAXSEG)) {
            return facts.maxSegment(set == null ? 0 : set);
        }
        if (name.equals(QUICKACK)) {
            return end.isQuickAcking() ? 1 : 0;
        }
        if (set != null) {
            return set;
        }
        return switch (name) {
            case "SO_KEEPALIVE" -> profile.is(TcpConstant.KEEPALIVE) ? 1 : 0;
            case "TCP_KEEPIDLE" -> profile.ns(TcpConstant.KEEPALIVE_TIME) / NS_PER_S;
            case "TCP_KEEPINTVL" -> profile.ns(TcpConstant.KEEPALIVE_INTERVAL) / NS_PER_S;
            case "TCP_KEEPCNT" -> profile.count(TcpConstant.KEEPALIVE_PROBES);
            case "TCP_SYNCNT" -> profile.count(TcpConstant.SYN_RETRIES);
            case "TCP_LINGER2" -> profile.ns(TcpConstant.FIN_WAIT_2_TIMEOUT) / NS_PER_S;
            default -> 0;
        };
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
