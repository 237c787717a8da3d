package io.wheelhouse.sim.drill;

import io.wheelhouse.tcp.TcpState;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of numbers that scripts use, with Linux's values. */
final class Symbols {
    static final long O_RDWR = 2;
    static final long O_NONBLOCK = 0x800;
    static final long MSG_PEEK = 0x2;
    static final long MSG_DONTWAIT = 0x40;
    static final long MSG_MORE = 0x8000;
    static final long MSG_TRUNC = 0x20;
    static final long SOCK_NONBLOCK = 0x800;
    static final long POLLIN = 0x1;
    static final long POLLOUT = 0x4;
    static final long POLLERR = 0x8;
    static final long POLLHUP = 0x10;
    static final long POLLRDHUP = 0x2000;
    static final long POLLRDNORM = 0x40;
    static final long POLLWRNORM = 0x100;
    static final long SHUT_RD = 0;
    static final long SHUT_WR = 1;
    static final long SHUT_RDWR = 2;

    /** What Linux calls a threshold that has never been set. */
    static final double INFINITE_SSTHRESH = 0x7fffffff;

    private static final Map<String, Long> CALLS = calls();
    private static final Map<String, Double> CODE = code();

    private Symbols() {}

    private static Map<String, Long> calls() {
        Map<String, Long> all = new TreeMap<>();
        all.put("O_RDONLY", 0L);
        all.put("O_WRONLY", 1L);
        all.put("O_RDWR", O_RDWR);
        all.put("O_NONBLOCK", O_NONBLOCK);
        all.put("SOCK_STREAM", 1L);
        all.put("SOCK_NONBLOCK", SOCK_NONBLOCK);
        all.put("SOCK_CLOEXEC", 0x80000L);
        all.put("MSG_PEEK", MSG_PEEK);
        all.put("MSG_DONTWAIT", MSG_DONTWAIT);
        all.put("MSG_NOSIGNAL", 0x4000L);
        all.put("MSG_MORE", MSG_MORE);
        all.put("MSG_TRUNC", MSG_TRUNC);
        all.put("POLLIN", POLLIN);
        all.put("POLLOUT", POLLOUT);
        all.put("POLLERR", POLLERR);
        all.put("POLLHUP", POLLHUP);
        all.put("POLLRDHUP", POLLRDHUP);
        all.put("POLLRDNORM", POLLRDNORM);
        all.put("POLLWRNORM", POLLWRNORM);
        all.put("SHUT_RD", SHUT_RD);
        all.put("SHUT_WR", SHUT_WR);
        all.put("SHUT_RDWR", SHUT_RDWR);
        return all;
    }

    private static Map<String, Double> code() {
        Map<String, Double> all = new TreeMap<>();
        for (TcpState state : TcpState.values()) {
            all.put("TCPI_" + state.name(), (double) stateNumber(state));
        }
        all.put("TCP_ESTABLISHED", (double) stateNumber(TcpState.ESTABLISHED));
        all.put("TCP_SYN_SENT", (double) stateNumber(TcpState.SYN_SENT));
        all.put("TCP_SYN_RECV", (double) stateNumber(TcpState.SYN_RECEIVED));
        all.put("TCP_FIN_WAIT1", (double) stateNumber(TcpState.FIN_WAIT_1));
        all.put("TCP_FIN_WAIT2", (double) stateNumber(TcpState.FIN_WAIT_2));
        all.put("TCP_TIME_WAIT", (double) stateNumber(TcpState.TIME_WAIT));
        all.put("TCP_CLOSE", (double) stateNumber(TcpState.CLOSED));
        all.put("TCP_CLOSE_WAIT", (double) stateNumber(TcpState.CLOSE_WAIT));
        all.put("TCP_LAST_ACK", (double) stateNumber(TcpState.LAST_ACK));
        all.put("TCP_LISTEN", (double) stateNumber(TcpState.LISTEN));
        all.put("TCP_CLOSING", (double) stateNumber(TcpState.CLOSING));
        String[] congestionStates = {"Open", "Disorder", "CWR", "Recovery", "Loss"};
        for (int i = 0; i < congestionStates.length; i++) {
            all.put("TCP_CA_" + congestionStates[i], (double) i);
        }
        String[] options = {"TIMESTAMPS", "SACK", "WSCALE", "ECN", "ECN_SEEN", "SYN_DATA"};
        for (int i = 0; i < options.length; i++) {
            all.put("TCPI_OPT_" + options[i], (double) (1 << i));
        }
        all.put("TCP_INFINITE_SSTHRESH", INFINITE_SSTHRESH);
        return all;
    }

    /** A state's number in TCP_INFO. */
    static int stateNumber(TcpState state) {
        return switch (state) {
            case ESTABLISHED -> 1;
            case SYN_SENT -> 2;
            case SYN_RECEIVED -> 3;
            case FIN_WAIT_1 -> 4;
            case FIN_WAIT_2 -> 5;
            case TIME_WAIT -> 6;
            case CLOSED -> 7;
            case CLOSE_WAIT -> 8;
            case LAST_ACK -> 9;
            case LISTEN -> 10;
            case CLOSING -> 11;
        };
    }

    /** The names that code may use, with their numbers. */
    static Map<String, Double> ofCode() {
        return CODE;
    }

    /** The number that an argument stands for; null if it is none, or has a name that is not known here. */
    static @Nullable Long number(Expression expression) {
        if (expression instanceof Expression.Int number) {
            return number.value();
        }
        if (expression instanceof Expression.Word word) {
            return CALLS.get(word.text());
        }
        if (expression instanceof Expression.Array array && array.items().size() == 1) {
            return number(array.items().get(0));
        }
        if (expression instanceof Expression.Or or) {
            Long left = number(or.left());
            Long right = number(or.right());
            return left == null || right == null ? null : Long.valueOf(left | right);
        }
        return null;
    }

    /** The first name in an argument that is not known here; null if all are. */
    static @Nullable String unknownName(Expression expression) {
        if (expression instanceof Expression.Word word) {
            return CALLS.containsKey(word.text()) ? null : word.text();
        }
        if (expression instanceof Expression.Or or) {
            String left = unknownName(or.left());
            return left != null ? left : unknownName(or.right());
        }
        return null;
    }
}
