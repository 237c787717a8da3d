package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Sysctl;
import io.wheelhouse.tcp.profile.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the kernel's variables mean to the model: constants of its profile, nothing, or that a script is to be skipped. */
final class Sysctls {
    private static final String IPV4 = "net.ipv4.";
    private static final String BSD = "net.inet.";
    private static final String BSD_TCP = "net.inet.tcp.";

    /** Variables that the model has no use for, whatever their value: sizes of buffers, caches, offloads, pacing. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "tcp_wmem",
            "tcp_no_metrics_save",
            "tcp_fastopen",
            "tcp_fastopen_key",
            "tcp_fastopen_blackhole_timeout_sec",
            "tcp_syncookies",
            "tcp_tso_win_divisor",
            "tcp_min_tso_segs",
            "tcp_tso_rtt_log",
            "tcp_limit_output_bytes",
            "tcp_pacing_ss_ratio",
            "tcp_pacing_ca_ratio",
            "tcp_notsent_lowat",
            "tcp_fack",
            "tcp_autocorking",
            "tcp_moderate_rcvbuf",
            "tcp_metrics_save",
            "tcp_ecn_option",
            "tcp_ecn_option_beacon",
            "tcp_backlog_ack_defer",
            "tcp_abort_on_overflow",
            "tcp_invalid_ratelimit",
            "tcp_challenge_ack_limit",
            "tcp_max_syn_backlog",
            "tcp_available_congestion_control",
            "net.core.rmem_max",
            "net.core.wmem_max",
            "net.core.default_qdisc",
            "net.inet.tcp.hostcache.purgenow",
            "net.inet.tcp.sendspace",
            "net.inet.tcp.blackhole",
            "net.inet.tcp.rexmit_slop",
            "net.inet.tcp.syncookies",
            "kern.ipc.maxsockbuf",
            "kern.timecounter.alloweddeviation");

    /** Variables with a value that switches off, or leaves alone, what is not modeled. */
    private static final Map<String, Set<String>> HARMLESS = Map.ofEntries(
            Map.entry("tcp_ecn", Set.of("0", "2")),
            Map.entry("tcp_mtu_probing", Set.of("0")),
            Map.entry("tcp_window_scaling", Set.of("1")),
            Map.entry("tcp_frto", Set.of("1", "2")),
            Map.entry("tcp_dsack", Set.of("1")),
            Map.entry("tcp_reordering", Set.of("3")),
            Map.entry("tcp_recovery", Set.of("1")),
            Map.entry("tcp_congestion_control", Set.of("reno")),
            Map.entry("tcp_early_retrans", Set.of("0")),
            Map.entry("tcp_thin_linear_timeouts", Set.of("0")),
            Map.entry("tcp_shrink_window", Set.of("0")),
            Map.entry("net.inet.tcp.fastopen.client_enable", Set.of("0", "1")),
            Map.entry("net.inet.tcp.ecn.enable", Set.of("0", "2")),
            Map.entry("net.inet.tcp.insecure_rst", Set.of("0")),
            Map.entry("net.inet.tcp.insecure_syn", Set.of("0")),
            Map.entry("net.inet.tcp.drop_synfin", Set.of("0")),
            Map.entry("net.inet.tcp.syncookies_only", Set.of("0")),
            Map.entry("net.inet.tcp.rexmit_drop_options", Set.of("0")));

    /** Where a variable counts in other units than the constant, or is called otherwise. */
    private static final Map<String, List<String>> BSD_CONSTANTS = Map.ofEntries(
            Map.entry("sack.enable", List.of("sack", "")),
            Map.entry("delacktime", List.of("delayed-ack-min", "ms")),
            Map.entry("keepidle", List.of("keepalive-time", "ms")),
            Map.entry("keepintvl", List.of("keepalive-interval", "ms")),
            Map.entry("keepcnt", List.of("keepalive-probes", "")),
            Map.entry("rexmit_initial", List.of("rto-initial", "ms")),
            Map.entry("rexmit_min", List.of("rto-min", "ms")));

    /** What a variable does. */
    sealed interface Effect {

        /** It sets constants of the profile. */
        record Sets(Map<String, String> constants) implements Effect {}

        /** It changes nothing. */
        record Nothing() implements Effect {}

        /** It asks for what is not modeled. */
        record Outside(String construct) implements Effect {}

        /** Its value makes no sense. */
        record Wrong(String message) implements Effect {}
    }

    private Sysctls() {}

    /** Whether a variable is FreeBSD's. */
    static boolean isBsd(Sysctl sysctl) {
        return sysctl.name().startsWith(BSD);
    }

    /** The receive buffer that a script sets for FreeBSD's sockets; 0 if it sets none. */
    static long receiveSpace(List<Event> events) {
        long space = 0;
        for (Event event : events) {
            if (event.action() instanceof Action.Command command) {
                for (Sysctl sysctl : command.settings()) {
                    boolean sets = sysctl.name().equals(BSD_TCP + "recvspace")
                            && sysctl.value().matches("\\d{4,9}");
                    space = sets ? Long.parseLong(sysctl.value()) : space;
                }
            }
        }
        return space;
    }

    static Effect effect(Sysctl sysctl, int mss) {
        String name = sysctl.name();
        String shortName = name.startsWith(IPV4) ? name.substring(IPV4.length()) : name;
        if (shortName.equals("tcp_rmem")) {
            return receiveMemory(sysctl.value());
        }
        if (Profile.constantNames().contains(shortName)) {
            return constant(shortName, sysctl.value(), name);
        }
        if (WITHOUT_EFFECT.contains(shortName)
                || HARMLESS.getOrDefault(shortName, Set.of()).contains(sysctl.value())) {
            return new Effect.Nothing();
        }
        if (name.startsWith(BSD_TCP)) {
            return bsd(name, sysctl.value());
        }
        return new Effect.Outside("sysctl " + name + "=" + sysctl.value());
    }

    private static Effect constant(String constant, String value, String shown) {
        String problem = Profile.problemWith(constant, value);
        return problem == null
                ? new Effect.Sets(Map.of(constant, value))
                : new Effect.Wrong(shown + " '" + value + "': " + problem);
    }

    private static Effect bsd(String name, String value) {
        String last = name.substring(BSD_TCP.length());
        if (last.equals("rfc1323") && value.matches("[01]")) {
            Map<String, String> both = new LinkedHashMap<>();
            both.put("timestamps", value);
            if (value.equals("0")) {
                both.put("window-scale", "0");
            }
            return new Effect.Sets(both);
        }
        if (last.equals("recvspace") && value.matches("\\d{4,9}")) {
            return new Effect.Sets(Map.of("receive-window", value));
        }
        List<String> constant = BSD_CONSTANTS.get(last);
        return constant == null
                ? new Effect.Outside("sysctl " + name + "=" + value)
                : constant(constant.get(0), value + constant.get(1), name);
    }

    /** tcp_select_initial_window(), net/ipv4/tcp_output.c: half of the default is offered, and the maximum must fit. */
    private static Effect receiveMemory(String value) {
        String[] words = value.split("\\s+", -1);
        if (words.length != 3 || !words[1].matches("\\d{4,9}") || !words[2].matches("\\d{4,10}")) {
            return new Effect.Wrong("tcp_rmem: expected three sizes in bytes, found '" + value + "'");
        }
        long window = Long.parseLong(words[1]) / 2;
        long most = Math.max(Long.parseLong(words[2]), 212_992); // net.core.rmem_max
        int shift = Math.max(0, Math.min(14, 63 - Long.numberOfLeadingZeros(most) - 15));
        return new Effect.Sets(
                Map.of("receive-window", Long.toString(window), "window-scale", Integer.toString(shift)));
    }
}
