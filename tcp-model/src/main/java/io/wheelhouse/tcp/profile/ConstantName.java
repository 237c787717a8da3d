package io.wheelhouse.tcp.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names by which a constant may be set: its own key, and the sysctl that administrators of Linux or FreeBSD know it
 * by, with or without Linux's {@code net.ipv4.} in front. A sysctl's bare number has the sysctl's unit, so {@code
 * tcp_keepalive_time: 600} is ten minutes, and {@code net.inet.tcp.keepidle: 600000} is too.
 */
final class ConstantName {
    private static final String LINUX_PREFIX = "net.ipv4.";
    private static final Map<String, ConstantName> ALL = all();

    private final String name;
    private final TcpConstant constant;
    private final @Nullable String bareUnit;
    // what the sysctl's numbers from 0 on stand for
    private final List<String> words;

    private ConstantName(String name, TcpConstant constant, @Nullable String bareUnit, List<String> words) {
        this.name = name;
        this.constant = constant;
        this.bareUnit = bareUnit;
        this.words = words;
    }

    private static Map<String, ConstantName> all() {
        Map<String, ConstantName> names = new LinkedHashMap<>();
        Arrays.stream(TcpConstant.values()).forEach(constant -> put(names, constant.key(), constant, null));
        put(names, "hz", TcpConstant.JIFFY, "hz");
        put(names, "tcp_rto_min_us", TcpConstant.RTO_MIN, "us");
        put(names, "tcp_rto_max_ms", TcpConstant.RTO_MAX, "ms");
        put(names, "tcp_retries1", TcpConstant.RETRIES1, null);
        put(names, "tcp_retries2", TcpConstant.RETRIES2, null);
        put(names, "tcp_orphan_retries", TcpConstant.ORPHAN_RETRIES, null);
        put(names, "tcp_syn_retries", TcpConstant.SYN_RETRIES, null);
        put(names, "tcp_syn_linear_timeouts", TcpConstant.SYN_LINEAR_TIMEOUTS, null);
        put(names, "tcp_synack_retries", TcpConstant.SYNACK_RETRIES, null);
        put(names, "tcp_pingpong_thresh", TcpConstant.PINGPONG_THRESHOLD, null);
        put(names, "tcp_keepalive_time", TcpConstant.KEEPALIVE_TIME, "s");
        put(names, "tcp_keepalive_intvl", TcpConstant.KEEPALIVE_INTERVAL, "s");
        put(names, "tcp_keepalive_probes", TcpConstant.KEEPALIVE_PROBES, null);
        put(names, "tcp_fin_timeout", TcpConstant.FIN_WAIT_2_TIMEOUT, "s");
        put(names, "tcp_timestamps", TcpConstant.TIMESTAMPS, null);
        put(names, "tcp_sack", TcpConstant.SACK, null);
        put(names, "tcp_dsack", TcpConstant.DSACK, null);
        put(names, "tcp_rfc1337", TcpConstant.IGNORE_RESET_IN_TIME_WAIT, null);
        put(names, "tcp_thin_linear_timeouts", TcpConstant.THIN_LINEAR_TIMEOUTS, null);
        put(names, "tcp_invalid_ratelimit", TcpConstant.CHALLENGE_INTERVAL, "ms");
        putFreeBsd(names);
        put(names, "tcp_congestion_control", TcpConstant.CONGESTION_CONTROL, null);
        put(names, "tcp_reordering", TcpConstant.REORDERING, null);
        put(names, "tcp_max_reordering", TcpConstant.REORDERING_MAX, null);
        put(names, "tcp_recovery", TcpConstant.RACK_OPTIONS, null);
        put(names, "tcp_pacing_ss_ratio", TcpConstant.PACING_SLOW_START_RATIO, null);
        put(names, "tcp_pacing_ca_ratio", TcpConstant.PACING_AVOIDANCE_RATIO, null);
        putWords(names, "tcp_early_retrans", TcpConstant.TAIL_LOSS_PROBE, "off", "off", "off", "on", "on");
        putWords(names, "tcp_frto", TcpConstant.FORWARD_RTO, "off", "on", "on");
        putWords(names, "tcp_slow_start_after_idle", TcpConstant.IDLE_RESTART, "none", "rfc2861");
        return Collections.unmodifiableMap(names);
    }

    /** The sysctls of tcp(4), whose times are in milliseconds. */
    private static void putFreeBsd(Map<String, ConstantName> names) {
        String prefix = "net.inet.tcp.";
        put(names, prefix + "rexmit_initial", TcpConstant.RTO_INITIAL, "ms");
        put(names, prefix + "rexmit_min", TcpConstant.RTO_MIN, "ms");
        put(names, prefix + "rexmit_slop", TcpConstant.RTO_SLOP, "ms");
        put(names, prefix + "retries", TcpConstant.DATA_RETRANSMISSIONS, null);
        put(names, prefix + "persmin", TcpConstant.PERSIST_MIN, "ms");
        put(names, prefix + "persmax", TcpConstant.PERSIST_MAX, "ms");
        put(names, prefix + "keepinit", TcpConstant.CONNECT_TIMEOUT, "ms");
        put(names, prefix + "always_keepalive", TcpConstant.KEEPALIVE, null);
        put(names, prefix + "keepidle", TcpConstant.KEEPALIVE_TIME, "ms");
        put(names, prefix + "keepintvl", TcpConstant.KEEPALIVE_INTERVAL, "ms");
        put(names, prefix + "keepcnt", TcpConstant.KEEPALIVE_PROBES, null);
        put(names, prefix + "delacktime", TcpConstant.DELAYED_ACK_MIN, "ms");
        put(names, prefix + "finwait2_timeout", TcpConstant.FIN_WAIT_2_TIMEOUT, "ms");
        put(names, prefix + "syncache.rexmtlimit", TcpConstant.SYNACK_RETRIES, null);
        put(names, prefix + "initcwnd_segments", TcpConstant.INITIAL_WINDOW, null);
        put(names, prefix + "mssdflt", TcpConstant.MSS, null);
        put(names, prefix + "recvspace", TcpConstant.RECEIVE_WINDOW, null);
        put(names, prefix + "rfc1323", TcpConstant.TIMESTAMPS, null);
        put(names, prefix + "sack.enable", TcpConstant.SACK, null);
    }

    private static void put(
            Map<String, ConstantName> names, String name, TcpConstant constant, @Nullable String bareUnit) {
        names.put(name, new ConstantName(name, constant, bareUnit, List.of()));
    }

    private static void putWords(Map<String, ConstantName> names, String name, TcpConstant constant, String... words) {
        names.put(name, new ConstantName(name, constant, null, List.of(words)));
    }

    /** All names, the constants' own first. */
    static List<String> list() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * Finds a name.
     *
     * @throws UnknownConstantException if there is none such
     */
    static ConstantName of(String name) {
        boolean spelledOut = name.startsWith(LINUX_PREFIX + "tcp_");
        ConstantName found = ALL.get(spelledOut ? name.substring(LINUX_PREFIX.length()) : name);
        if (found == null) {
            throw new UnknownConstantException(name, new ArrayList<>(ALL.keySet()));
        }
        return found;
    }

    TcpConstant constant() {
        return constant;
    }

    /** Reads a value given under this name; throws as {@link ValueKind#parse} does. */
    long parse(String value) {
        String text = value.strip();
        boolean bare = bareUnit != null && text.matches("[0-9]{1,12}");
        if (name.equals("hz")) {
            return bare ? periodNs(Long.parseLong(text)) : notATickRate();
        }
        if (!words.isEmpty()) {
            return constant.kind().parse(word(text));
        }
        return constant.kind().parse(bare ? text + bareUnit : text);
    }

    private String word(String text) {
        boolean known = text.matches("[0-9]") && Integer.parseInt(text) < words.size();
        if (!known) {
            throw new IllegalArgumentException("must lie between 0 and " + (words.size() - 1));
        }
        return words.get(Integer.parseInt(text));
    }

    private static long periodNs(long hz) {
        return hz >= 1 && hz <= 1_000_000 ? 1_000_000_000 / hz : notATickRate();
    }

    private static long notATickRate() {
        throw new IllegalArgumentException("must be ticks a second, between 1 and 1000000");
    }
}
