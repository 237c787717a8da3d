package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.profile.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a recorded kernel's settings, its HZ and its sysctls, say in the profile's terms. */
final class RecordedSettings {
    private static final int UNSCALED_BITS = 15;
    private static final int SCALE_MAX = 14;

    /** Sysctls that what one connection sends does not depend on, or not as recorded. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "tcp_abort_on_overflow",
            "tcp_allowed_congestion_control",
            "tcp_app_win",
            "tcp_autocorking",
            "tcp_available_congestion_control",
            "tcp_challenge_ack_limit",
            "tcp_early_demux",
            "tcp_fastopen",
            "tcp_limit_output_bytes",
            "tcp_max_orphans",
            "tcp_max_syn_backlog",
            "tcp_max_tw_buckets",
            "tcp_mem",
            "tcp_metrics",
            "tcp_min_tso_segs",
            "tcp_no_metrics_save",
            "tcp_no_ssthresh_metrics_save",
            "tcp_notsent_lowat",
            "tcp_syncookies",
            "tcp_tso_rtt_log",
            "tcp_tso_win_divisor",
            "tcp_tw_reuse",
            "tcp_tw_reuse_delay",
            "tcp_wmem",
            "tcp_workaround_signed_windows");

    /** Sysctls that the model knows one value of. */
    private static final Map<String, String> FIXED = Map.of(
            "tcp_adv_win_scale", "1",
            "tcp_base_mss", "1024",
            "tcp_comp_sack_delay_ns", "1000000",
            "tcp_comp_sack_nr", "44",
            "tcp_comp_sack_slack_ns", "100000",
            "tcp_ecn", "2",
            "tcp_moderate_rcvbuf", "1",
            "tcp_mtu_probing", "0",
            "tcp_shrink_window", "0",
            "tcp_stdurg", "0");

    private RecordedSettings() {}

    /** Of the profile's constants, those that the kernel's settings say. */
    static Map<String, String> of(Recording recording) {
        Map<String, String> settings = new HashMap<>();
        settings.put("hz", Integer.toString(recording.hz()));
        List<String> known = Profile.constantNames();
        recording.sysctl().forEach((name, value) -> {
            if (name.equals("tcp_rmem")) {
                putBuffer(settings, value);
            } else if (known.contains(name)) {
                settings.put(name, valueOf(name, value));
            }
        });
        if (recording.sysctl().getOrDefault("tcp_window_scaling", "1").equals("0")) {
            settings.put("window-scale", "0");
        }
        return settings;
    }

    /** 2 is for timestamps that begin at the clock itself, which nobody here can see. */
    private static String valueOf(String name, String value) {
        return name.equals("tcp_timestamps") && value.equals("2") ? "1" : value;
    }

    /**
     * Half of the default buffer is for data; the scale of the window lets it grow to the largest
     * (tcp_select_initial_window(), net/ipv4/tcp_output.c).
     */
    private static void putBuffer(Map<String, String> settings, String leastDefaultMost) {
        String[] bytes = leastDefaultMost.strip().split("\\s+", -1);
        settings.put("receive-window", Long.parseLong(bytes[1]) / 2 + "B");
        settings.put("window-scale", Integer.toString(scale(leastDefaultMost)));
    }

    /** By how many bits a kernel with these buffers scales its window. */
    static int scale(String leastDefaultMost) {
        String most = leastDefaultMost.strip().split("\\s+", -1)[2];
        int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(Long.parseLong(most));
        return Math.max(0, Math.min(bits - UNSCALED_BITS, SCALE_MAX));
    }

    /** The sysctls whose value the model does not have. */
    static List<String> unknown(Recording recording) {
        List<String> unknown = new ArrayList<>();
        recording.sysctl().forEach((name, value) -> {
            boolean known = name.equals("tcp_rmem")
                    || name.equals("tcp_window_scaling")
                    || WITHOUT_EFFECT.contains(name)
                    || value.equals(FIXED.get(name))
                    || isCompressionOff(name, value)
                    || (Profile.constantNames().contains(name)
                            && Profile.problemWith(name, valueOf(name, value)) == null);
            if (!known) {
                unknown.add("sysctl " + name + " = " + value);
            }
        });
        return unknown;
    }

    /** Acknowledgments are not compressed in the model, so it is the same if the kernel does not either. */
    private static boolean isCompressionOff(String name, String value) {
        return (name.equals("tcp_comp_sack_delay_ns") || name.equals("tcp_comp_sack_nr")) && value.equals("0");
    }
}
