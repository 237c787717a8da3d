package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.TcpConstant;

/**
 * What an application may set on its socket, in the option's own unit: each stands for a constant of the profile, which
 * it sets for this one connection (tcp(7), socket(7)).
 */
public enum SocketOption {
    /** 1 to probe an idle peer. */
    SO_KEEPALIVE(TcpConstant.KEEPALIVE, ""),
    /** Seconds of silence before the first probe. */
    TCP_KEEPIDLE(TcpConstant.KEEPALIVE_TIME, "s"),
    /** Seconds between probes. */
    TCP_KEEPINTVL(TcpConstant.KEEPALIVE_INTERVAL, "s"),
    /** Unanswered probes after which the peer is given up. */
    TCP_KEEPCNT(TcpConstant.KEEPALIVE_PROBES, ""),
    /** Retransmissions of a SYN. */
    TCP_SYNCNT(TcpConstant.SYN_RETRIES, ""),
    /** Milliseconds that data, or a closed window, may go unanswered; 0 for the profile's limit. */
    TCP_USER_TIMEOUT(TcpConstant.USER_TIMEOUT, "ms") {
        @Override
        String text(long value) {
            return value == 0 ? "none" : super.text(value);
        }
    },
    /** 1 to send what is small at once; 0 for the profile's own rule. */
    TCP_NODELAY(TcpConstant.NAGLE, "") {
        @Override
        String text(long value) {
            return value == 0 ? "" : "off";
        }
    },
    /** Seconds that a closed connection waits in FIN-WAIT-2. */
    TCP_LINGER2(TcpConstant.FIN_WAIT_2_TIMEOUT, "s");

    private final TcpConstant constant;
    private final String unit;

    SocketOption(TcpConstant constant, String unit) {
        this.constant = constant;
        this.unit = unit;
    }

    /** The name of the constant set. */
    String key() {
        return constant.key();
    }

    /** The value as a profile's file would have it; empty for the profile's own. */
    String text(long value) {
        return unit.isEmpty() ? Long.toString(value) : value + unit;
    }
}
