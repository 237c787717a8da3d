package io.wheelhouse.sim.drill;

import io.wheelhouse.tcp.TcpState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one use of FreeBSD's {@code sockstat} that means something to the model: counting the script's connection by its
 * state, {@code sockstat -4 -P tcp -s | grep packetdril | grep -c TIME_WAIT | grep 1}. The options pick TCP over either
 * version of IP, and packetdrill's port; {@code grep packetdril} picks what the script's process has open, which the
 * entries of handshakes are not. States are called as in sys/netinet/tcp_fsm.h of FreeBSD 14.
 */
final class Sockstat {
    private static final Pattern COUNT = Pattern.compile("sockstat(?: -[46]| -s| -P tcp| -p 8080)*"
            + "(?<script> \\| grep packetdrill?)? \\| grep -c (?<state>[A-Z_0-9]+) \\| grep (?<count>[01])");

    /** A listener is another socket than the connection, but has its state in the model. */
    private static final Map<String, TcpState> STATES = EnumSet.complementOf(EnumSet.of(TcpState.LISTEN)).stream()
            .collect(Collectors.toUnmodifiableMap(Sockstat::name, Function.identity()));

    /** What is listed only for who has it open, so that a count of all would say nothing of the connection. */
    private static final Set<TcpState> OF_SCRIPT_ONLY = EnumSet.of(TcpState.CLOSED);

    private Sockstat() {}

    private static String name(TcpState state) {
        return state == TcpState.SYN_RECEIVED ? "SYN_RCVD" : state.name();
    }

    /** What a command asserts; null if it is not of that kind. */
    static Action.@Nullable Sockets read(String command) {
        Matcher found = COUNT.matcher(command.strip());
        if (!found.matches()) {
            return null;
        }
        TcpState state = STATES.get(found.group("state"));
        boolean ofScript = found.group("script") != null;
        if (state == null || (OF_SCRIPT_ONLY.contains(state) && !ofScript)) {
            return null;
        }
        return new Action.Sockets(state, ofScript, Integer.parseInt(found.group("count")));
    }

    /** Where the connection is instead. */
    static String mismatch(Action.Sockets expected, TcpState state, boolean open) {
        return "expected " + expected.count() + " connection" + (expected.count() == 1 ? "" : "s") + " in "
                + name(expected.state()) + "; the connection is in " + name(state)
                + (open || !expected.ofScript() ? "" : ", and the script has closed it");
    }
}
