package io.wheelhouse.sim.drill;

import io.wheelhouse.tcp.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line of a script does or expects. */
sealed interface Action {

    /**
     * A segment that the script sends ({@code <}), or expects ({@code >}).
     *
     * @param flags as in TCP's header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16
     * @param seq relative to the sender's initial one; as written, for a SYN; {@link #ANY_SEQ} for any
     * @param length bytes of data
     * @param ack 0 if none is written
     * @param window as on the wire; -1 if none is written
     * @param options in their order; null for {@code <...>}, whatever there is
     */
    record Packet(
            boolean outbound,
            int flags,
            long seq,
            int length,
            long ack,
            int window,
            @Nullable List<TcpOption> options) implements Action {
        static final long ANY_SEQ = -1;
        static final int FIN = 1;
        static final int SYN = 2;
        static final int RST = 4;
        static final int PSH = 8;
        static final int ACK = 16;

        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /**
     * A system call.
     *
     * @param endNs when a call that blocks returns, after the script's start or the event before; -1 if it does not block
     * @param error what {@code errno} is to be; null if nothing is said
     */
    record Call(
            String name,
            List<Expression> arguments,
            long endNs,
            Expression result,
            @Nullable String error) implements Action {
        boolean blocks() {
            return endNs >= 0;
        }
    }

    /** A shell's command, as far as it means something to the model. */
    record Command(List<Sysctl> settings) implements Action {}

    /**
     * What FreeBSD's {@code sockstat} lists, as far as scripts count it.
     *
     * @param ofScript whether only what the script has opened counts, and not what the kernel keeps by itself
     * @param count how many are to be in the state: 0 or 1, there being one connection
     */
    record Sockets(TcpState state, boolean ofScript, int count) implements Action {}

    /** Assertions about the connection. */
    record Code(List<Statement> statements) implements Action {}

    /** A variable of the kernel that a script sets; the value may be several words. */
    record Sysctl(String name, String value, int line, int column) {}
}
