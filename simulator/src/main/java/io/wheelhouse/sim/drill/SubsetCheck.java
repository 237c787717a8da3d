package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Call;
import io.wheelhouse.sim.drill.Action.Code;
import io.wheelhouse.sim.drill.Action.Command;
import io.wheelhouse.sim.drill.Action.Packet;
import io.wheelhouse.sim.drill.Action.Sysctl;
import io.wheelhouse.sim.scenario.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds, before a script is run, the calls that make no sense and those that are not modeled: so a script is never run
 * half. One connection a script: a second one is outside of the subset.
 */
final class SubsetCheck {
    private static final int MIN_ARGUMENTS = 0;
    private static final int MAX_ARGUMENTS = 1;
    private static final Map<String, int[]> ARGUMENTS = Map.ofEntries(
            Map.entry("socket", new int[] {3, 3}),
            Map.entry("bind", new int[] {3, 3}),
            Map.entry("listen", new int[] {2, 2}),
            Map.entry("accept", new int[] {3, 3}),
            Map.entry("accept4", new int[] {4, 4}),
            Map.entry("connect", new int[] {3, 3}),
            Map.entry("read", new int[] {3, 3}),
            Map.entry("write", new int[] {3, 3}),
            Map.entry("readv", new int[] {3, 3}),
            Map.entry("writev", new int[] {3, 3}),
            Map.entry("send", new int[] {4, 4}),
            Map.entry("recv", new int[] {4, 4}),
            Map.entry("sendto", new int[] {6, 6}),
            Map.entry("recvfrom", new int[] {6, 6}),
            Map.entry("sendmsg", new int[] {3, 3}),
            Map.entry("recvmsg", new int[] {3, 3}),
            Map.entry("fcntl", new int[] {2, 3}),
            Map.entry("ioctl", new int[] {3, 3}),
            Map.entry("close", new int[] {1, 1}),
            Map.entry("shutdown", new int[] {2, 2}),
            Map.entry("getsockopt", new int[] {5, 5}),
            Map.entry("setsockopt", new int[] {5, 5}),
            Map.entry("poll", new int[] {3, 3}));

    /** The second argument of these is a buffer. */
    private static final Set<String> BUFFERED = Set.of("read", "write", "send", "recv", "sendto", "recvfrom");

    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(
            Map.entry("SOCK_DGRAM", "UDP"),
            Map.entry("SOCK_RAW", "raw sockets"),
            Map.entry("IPPROTO_UDP", "UDP"),
            Map.entry("IPPROTO_MPTCP", "MPTCP"),
            Map.entry("IPPROTO_SCTP", "SCTP"),
            Map.entry("MSG_FASTOPEN", "fast open"),
            Map.entry("TCP_FASTOPEN", "fast open"),
            Map.entry("TCP_FASTOPEN_CONNECT", "fast open"),
            Map.entry("TCP_FASTOPEN_KEY", "fast open"),
            Map.entry("TCP_FASTOPEN_NO_COOKIE", "fast open"),
            Map.entry("MSG_ZEROCOPY", "zerocopy"),
            Map.entry("SO_ZEROCOPY", "zerocopy"),
            Map.entry("TCP_ZEROCOPY_RECEIVE", "zerocopy"),
            Map.entry("MSG_ERRQUEUE", "error queue"),
            Map.entry("SO_TIMESTAMPING", "timestamping"),
            Map.entry("SO_TIMESTAMPING_NEW", "timestamping"),
            Map.entry("SO_TIMESTAMPING_OLD", "timestamping"),
            Map.entry("TCP_MD5SIG", "TCP MD5 signature"),
            Map.entry("TCP_REMOTE_UDP_ENCAPS_PORT", "UDP encapsulation"));

    private static final Set<String> IOCTLS = Set.of("SIOCINQ", "FIONREAD", "SIOCOUTQ", "TIOCOUTQ", "SIOCOUTQNSD");

    /** May be set; what the kernel says of them later is its own affair. */
    private static final Set<String> NOT_ASKED_FOR = Set.of("SO_LINGER");

    private final Trouble trouble;
    private final int mss;
    private final Set<String> assigned = new HashSet<>();
    private final Set<String> optionsSet = new HashSet<>();
    private int connections;
    private int sockets;
    private boolean running;
    private boolean receiveSpaceKnown;

    SubsetCheck(Trouble trouble, int mss) {
        this.trouble = trouble;
        this.mss = mss;
    }

    void check(List<Event> events) {
        int last = lastOfConnection(events);
        receiveSpaceKnown = Sysctls.receiveSpace(events) > 0;
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            if (event.action() instanceof Call call) {
                check(event, call);
            } else if (event.action() instanceof Code code) {
                check(event, code);
            } else if (event.action() instanceof Command command) {
                boolean restores = i > last;
                command.settings().forEach(sysctl -> check(sysctl, restores));
            }
            running |= event.action() instanceof Packet
                    || (event.action() instanceof Call call && call.name().equals("connect"));
        }
    }

    /** What is set behind the last event of a connection restores the kernel's state for the next script. */
    static int lastOfConnection(List<Event> events) {
        int last = events.size() - 1;
        while (last >= 0 && events.get(last).action() instanceof Command) {
            last--;
        }
        return last;
    }

    private void check(Sysctl sysctl, boolean restores) {
        Sysctls.Effect effect = Sysctls.effect(sysctl, mss);
        if (effect instanceof Sysctls.Effect.Wrong wrong) {
            trouble.malformed(sysctl.line(), sysctl.column(), wrong.message());
        } else if (!restores && effect instanceof Sysctls.Effect.Outside outside) {
            trouble.outside(sysctl.line(), sysctl.column(), outside.construct());
        } else if (!restores && running && effect instanceof Sysctls.Effect.Sets) {
            trouble.outside(sysctl.line(), sysctl.column(), "sysctl while the connection runs");
        }
    }

    private void check(Event event, Code code) {
        for (Statement statement : code.statements()) {
            Statement.Formula formula = statement instanceof Statement.Assertion assertion
                    ? assertion.condition()
                    : ((Statement.Assign) statement).value();
            formula.names().forEach(name -> checkName(event, statement, name));
            if (statement instanceof Statement.Assign assign) {
                assigned.add(assign.name());
            }
        }
    }

    private void checkName(Event event, Statement statement, String name) {
        if (Facts.modeled().contains(name) || Symbols.ofCode().containsKey(name) || assigned.contains(name)) {
            return;
        }
        int column = statement.line() == event.line() ? event.column() : 1;
        if (Facts.other().contains(name)) {
            trouble.outside(statement.line(), column, name);
            return;
        }
        Set<String> all = new TreeSet<>(Facts.modeled());
        all.addAll(Facts.other());
        all.addAll(Symbols.ofCode().keySet());
        String nearest = Suggestions.nearest(name, all);
        trouble.malformed(
                statement.line(),
                column,
                "unknown name '" + name + "'" + (nearest == null ? "" : "; did you mean '" + nearest + "'?"));
    }

    private void check(Event event, Call call) {
        int[] count = ARGUMENTS.get(call.name());
        if (count == null) {
            throw new AssertionError("call " + call.name());
        }
        int given = call.arguments().size();
        if (given < count[MIN_ARGUMENTS] || given > count[MAX_ARGUMENTS]) {
            malformed(event, call.name() + " takes " + count[MAX_ARGUMENTS] + " arguments, found " + given);
            return;
        }
        Arguments arguments = new Arguments(call.arguments());
        if (!call.name().equals("socket") && !call.name().equals("poll") && arguments.number(0) < 0) {
            malformed(event, "expected the number of a file as the first argument of " + call.name());
            return;
        }
        call.arguments().forEach(argument -> checkWords(event, argument));
        if (BUFFERED.contains(call.name()) && !isWhatever(arguments.get(1))) {
            outside(event, "the contents of buffers");
        }
        if (Symbols.number(call.result()) == null && !(call.result() instanceof Expression.Whatever)) {
            malformed(event, "expected a number, or '...', as the result of " + call.name());
        }
        checkFlags(event, call, arguments);
        checkKind(event, call, arguments);
    }

    private static boolean isWhatever(Expression argument) {
        return argument instanceof Expression.Whatever;
    }

    private void checkWords(Event event, Expression argument) {
        if (argument instanceof Expression.Word word) {
            String construct = OTHER_WORDS.get(word.text());
            if (construct != null) {
                outside(event, construct);
            }
        } else if (argument instanceof Expression.Or or) {
            checkWords(event, or.left());
            checkWords(event, or.right());
        } else if (argument instanceof Expression.Array array) {
            array.items().forEach(item -> checkWords(event, item));
        } else if (argument instanceof Expression.Struct struct) {
            if (struct.field("msg_control") != null) {
                outside(event, "control messages");
            }
            struct.fields().forEach(field -> checkWords(event, field));
        } else if (argument instanceof Expression.Assignment assignment) {
            checkWords(event, assignment.value());
        }
    }

    private void checkFlags(Event event, Call call, Arguments arguments) {
        int position = Arguments.flagsPosition(call.name());
        if (position < 0) {
            return;
        }
        String unknown = Symbols.unknownName(arguments.get(position));
        if (unknown != null && !OTHER_WORDS.containsKey(unknown)) {
            outside(event, unknown);
        }
    }

    private void checkKind(Event event, Call call, Arguments arguments) {
        switch (call.name()) {
            case "socket" -> {
                sockets++;
                String unknown = Symbols.unknownName(arguments.get(1));
                if (unknown != null && !OTHER_WORDS.containsKey(unknown)) {
                    outside(event, unknown);
                }
                if (running && connections > 0) {
                    outside(event, "more than one connection");
                }
            }
            case "accept", "accept4" -> {
                Long result = Symbols.number(call.result());
                connection(event, result == null || result >= 0);
            }
            case "connect" -> connection(event, sockets > 1 && connections > 0);
            case "fcntl" -> {
                boolean known = arguments.isWord(1, "F_GETFL") || arguments.isWord(1, "F_SETFL");
                if (!known || (arguments.isWord(1, "F_SETFL") && arguments.number(2) < 0)) {
                    outside(event, "fcntl " + arguments.word(1));
                }
            }
            case "ioctl" -> {
                if (!IOCTLS.contains(arguments.word(1))) {
                    outside(event, "ioctl " + arguments.word(1));
                }
            }
            case "shutdown" -> {
                if (arguments.number(1) < Symbols.SHUT_RD || arguments.number(1) > Symbols.SHUT_RDWR) {
                    malformed(event, "expected SHUT_RD, SHUT_WR or SHUT_RDWR");
                }
            }
            case "setsockopt" -> setsockopt(event, arguments);
            case "getsockopt" -> getsockopt(event, arguments);
            default -> {}
        }
    }

    private void connection(Event event, boolean one) {
        connections += one ? 1 : 0;
        if (connections > 1) {
            outside(event, "more than one connection");
        }
    }

    private void setsockopt(Event event, Arguments arguments) {
        String name = arguments.word(2);
        if (SocketOptions.names().contains(name)) {
            optionsSet.add(name);
            boolean struct = name.equals("SO_LINGER") && arguments.get(3) instanceof Expression.Struct;
            if (name.equals("SO_RCVBUF") && running) {
                outside(event, "SO_RCVBUF of a running connection");
            } else if (name.equals("TCP_LINGER2") && arguments.number(3) < 0) {
                outside(event, "TCP_LINGER2 below 0");
            } else if (arguments.number(3) < 0 && arguments.array(3).isEmpty() && !struct) {
                malformed(event, "expected a value in brackets, as in [1], for " + name);
            }
        } else if (!OTHER_WORDS.containsKey(name)) {
            outside(event, name.isEmpty() ? "setsockopt by number" : name);
        }
    }

    private void getsockopt(Event event, Arguments arguments) {
        String name = arguments.word(2);
        boolean known = (name.equals("SO_RCVBUF") && receiveSpaceKnown)
                || SocketOptions.hasDefault(name)
                || (optionsSet.contains(name) && !NOT_ASKED_FOR.contains(name));
        if (!known && !OTHER_WORDS.containsKey(name)) {
            outside(event, name.isEmpty() ? "getsockopt by number" : "getsockopt " + name);
        }
    }

    private void malformed(Event event, String message) {
        trouble.malformed(event.line(), event.column(), message);
    }

    private void outside(Event event, String construct) {
        trouble.outside(event.line(), event.column(), construct);
    }
}
