package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.scenario.Suggestions;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;

/**
 * The lines {@code --name=value} at a script's beginning. Those that say how packetdrill reaches the kernel under test
 * mean nothing here and are read over.
 */
final class ScriptOptions {
    private static final long NS_PER_US = 1_000;
    private static final long DEFAULT_TOLERANCE_NS = 4_000 * NS_PER_US;
    private static final long MAX_TOLERANCE_US = 1_000_000_000;
    private static final int DEFAULT_MTU = 1500;
    private static final int MAX_MTU = 65_535;
    private static final int SHORTEST_MTU = 68;
    /** The least maximum segment size that profiles take, and the longest headers. */
    private static final int SHORTEST_MODELED_MTU = 64 + 60;

    private static final int IPV4_HEADERS = 40;
    private static final int IPV6_HEADERS = 60;
    private static final int MAX_SEGMENTS = 65_535;

    private static final Set<String> READ_OVER = Set.of(
            "bind_port",
            "connect_port",
            "remote_ip",
            "local_ip",
            "gateway_ip",
            "netmask_ip",
            "speed",
            "init_scripts",
            "code_command",
            "code_format",
            "code_sockopt",
            "dry_run",
            "debug",
            "verbose",
            "send_omit_free",
            "connect_timeout",
            "persistent_tun_dev",
            "tun_dev");

    private static final Set<String> VALUED = Set.of(
            "tolerance_usecs",
            "tolerance_percent",
            "ip_version",
            "mtu",
            "mss",
            "initial_window",
            "tcp_ts_tick_usecs",
            "tcp_ts_ecr_scaled",
            "strict_segments",
            "non_fatal");

    private static final Set<String> OUTSIDE = Set.of(
            "wire_client",
            "wire_server",
            "wire_server_ip",
            "wire_server_at",
            "wire_server_port",
            "wire_client_dev",
            "wire_server_dev",
            "so_filename",
            "so_flags",
            "is_anyip",
            "psp_udp_port",
            "define",
            "udp_encapsulation",
            "tcp_md5_secret",
            "tcp_ao_secret",
            "mptcp_connection_path");

    private final Trouble trouble;
    private long toleranceNs = DEFAULT_TOLERANCE_NS;
    private double tolerancePercent;
    private boolean ipv6;
    private int mtu = DEFAULT_MTU;
    private int segmentMax;
    private int initialWindow;
    private long tsTickUs;
    private boolean tsEchoScaled;
    private boolean strictSegments;

    ScriptOptions(Trouble trouble) {
        this.trouble = trouble;
    }

    void add(Token token) {
        int equals = token.text().indexOf('=');
        String name = equals < 0 ? token.text() : token.text().substring(0, equals);
        String value = equals < 0 ? "" : token.text().substring(equals + 1);
        if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
            value = value.substring(1, value.length() - 1);
        }
        if (OUTSIDE.contains(name)) {
            trouble.outside(token, "--" + name);
        } else if (VALUED.contains(name)) {
            set(token, name, value);
        } else if (!READ_OVER.contains(name)) {
            Set<String> all = new TreeSet<>(VALUED);
            all.addAll(READ_OVER);
            String nearest = Suggestions.nearest(name, all);
            trouble.malformed(
                    token,
                    "unknown option '--" + name + "'" + (nearest == null ? "" : "; did you mean '--" + nearest + "'?"));
        }
    }

    private void set(Token token, String name, String value) {
        switch (name) {
            case "tolerance_usecs" -> toleranceNs = number(token, value, 1, MAX_TOLERANCE_US) * NS_PER_US;
            case "tolerance_percent" -> tolerancePercent = percent(token, value);
            case "ip_version" -> ipVersion(token, value);
            case "mtu" -> setMtu(token, (int) number(token, value, SHORTEST_MTU, MAX_MTU));
            case "mss" -> segmentMax = (int) number(token, value, 1, MAX_MTU);
            case "initial_window" -> initialWindow = (int) number(token, value, 1, MAX_SEGMENTS);
            case "tcp_ts_tick_usecs" -> tsTickUs = number(token, value, 0, 1_000_000);
            case "tcp_ts_ecr_scaled" -> tsEchoScaled = true;
            case "strict_segments" -> strictSegments = true;
            case "non_fatal" -> trouble.outside(token, "--non_fatal");
            default -> throw new AssertionError("option " + name);
        }
    }

    private void setMtu(Token token, int value) {
        if (value < SHORTEST_MODELED_MTU) {
            trouble.outside(token, "an MTU below " + SHORTEST_MODELED_MTU);
            return;
        }
        mtu = value;
    }

    private void ipVersion(Token token, String value) {
        switch (value) {
            case "ipv4", "ipv4-mapped-ipv6", "ipv4_mapped_ipv6" -> ipv6 = false;
            case "ipv6" -> ipv6 = true;
            default ->
                trouble.malformed(token, "expected --ip_version=ipv4, ipv6 or ipv4-mapped-ipv6, found '" + value + "'");
        }
    }

    private long number(Token token, String value, long min, long max) {
        if (value.matches("\\d{1,15}")) {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        trouble.malformed(token, "expected a number from " + min + " to " + max + ", found '" + value + "'");
        return min;
    }

    private double percent(Token token, String value) {
        if (value.matches("\\d{1,3}(\\.\\d{1,9})?")) {
            double percent = new BigDecimal(value).doubleValue();
            if (percent <= 100) {
                return percent;
            }
        }
        trouble.malformed(token, "expected a percentage from 0 to 100, found '" + value + "'");
        return 0;
    }

    /** How far the time of an expected event may lie beside its time or range. */
    long toleranceNs() {
        return toleranceNs;
    }

    /** The same as a share of the time since the event before; the larger counts. packetdrill has 12.5, we have 0. */
    double tolerancePercent() {
        return tolerancePercent;
    }

    boolean ipv6() {
        return ipv6;
    }

    /** The largest segment that fits the link. */
    int mss() {
        return mtu - (ipv6 ? IPV6_HEADERS : IPV4_HEADERS);
    }

    /** The size of the segments of which a large packet that arrives is put together: what {@code --mss} says. */
    int segmentMax() {
        return segmentMax == 0 ? mss() : segmentMax;
    }

    /** Segments of the congestion window at the start; 0 if the script says nothing. */
    int initialWindow() {
        return initialWindow;
    }

    /** What a unit of the timestamps that the script expects stands for; 0 if they are not checked. */
    long tsTickUs() {
        return tsTickUs;
    }

    /** Whether echoed timestamps that were never sent are taken as they are, relative to the first. */
    boolean tsEchoScaled() {
        return tsEchoScaled;
    }

    /** Whether a packet of the script is one segment, and never several. */
    boolean strictSegments() {
        return strictSegments;
    }
}
