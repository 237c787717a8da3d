package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.TcpConstant;
import java.util.List;
import java.util.Map;

/**
 * What an application may set on its socket, in the option's own unit: each stands for constants of the profile, which it
 * sets for this one connection (tcp(7), socket(7)). What Linux 6.18 answers with EINVAL is refused: do_tcp_setsockopt(),
 * net/ipv4/tcp.c.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list is a copy
public enum SocketOption {
    /** 1 to probe an idle peer. */
    SO_KEEPALIVE(Integer.MIN_VALUE, Integer.MAX_VALUE, "", TcpConstant.KEEPALIVE) {
        @Override
        String text(long value) {
            return value == 0 ? "off" : "on";
        }
    },
    /** Seconds of silence before the first probe. */
    TCP_KEEPIDLE(1, 32_767, "s", TcpConstant.KEEPALIVE_TIME),
    /** Seconds between probes. */
    TCP_KEEPINTVL(1, 32_767, "s", TcpConstant.KEEPALIVE_INTERVAL),
    /** Unanswered probes after which the peer is given up. */
    TCP_KEEPCNT(1, 127, "", TcpConstant.KEEPALIVE_PROBES),
    /** Retransmissions of a SYN; of a SYN-ACK where it is set on a listener. */
    TCP_SYNCNT(1, 127, "", TcpConstant.SYN_RETRIES, TcpConstant.SYNACK_RETRIES),
    /** Milliseconds that data, or a closed window, may go unanswered; 0 for the profile's limit. */
    TCP_USER_TIMEOUT(0, Integer.MAX_VALUE, "ms", TcpConstant.USER_TIMEOUT) {
        @Override
        String text(long value) {
            return value == 0 ? "none" : super.text(value);
        }
    },
    /** 1 to send what is small at once; 0 for the profile's own rule. */
    TCP_NODELAY(Integer.MIN_VALUE, Integer.MAX_VALUE, "", TcpConstant.NAGLE) {
        @Override
        String text(long value) {
            return value == 0 ? "" : "off";
        }
    },
    /** The most milliseconds between retransmissions, or between probes of a closed window. */
    TCP_RTO_MAX_MS(1_000, 120_000, "ms", TcpConstant.RTO_MAX),
    /**
     * Seconds that a closed connection waits in FIN-WAIT-2: 120 at most, 0 for as long as the profile says; below 0, not at
     * all.
     */
    TCP_LINGER2(Integer.MIN_VALUE, Integer.MAX_VALUE, "s", TcpConstant.FIN_WAIT_2_TIMEOUT) {
        @Override
        void set(long value, Map<String, String> settings) {
            settings.put(TcpConstant.FIN_WAIT_2.key(), value < 0 ? "off" : "on");
            super.set(value, settings);
        }

        @Override
        String text(long value) {
            return value <= 0 ? "" : super.text(Math.min(value, FIN_TIMEOUT_MAX_S));
        }
    };

    /** Linux: TCP_FIN_TIMEOUT_MAX, include/net/tcp.h. */
    private static final long FIN_TIMEOUT_MAX_S = 120;

    private final long least;
    private final long most;
    private final String unit;
    private final List<TcpConstant> constants;

    SocketOption(long least, long most, String unit, TcpConstant... constants) {
        this.least = least;
        this.most = most;
        this.unit = unit;
        this.constants = List.of(constants);
    }

    /**
     * Sets the option, among settings of a profile's constants.
     *
     * @throws IllegalArgumentException if it may not have the value
     */
    void apply(long value, Map<String, String> settings) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name() + " must lie between " + least + " and " + most + ": " + value);
        }
        set(value, settings);
    }

    void set(long value, Map<String, String> settings) {
        String text = text(value);
        for (TcpConstant constant : constants) {
            if (text.isEmpty()) {
                settings.remove(constant.key());
            } else {
                settings.put(constant.key(), text);
            }
        }
    }

    /** The value as a profile's file would have it; empty for the profile's own. */
    String text(long value) {
        return value + unit;
    }
}
