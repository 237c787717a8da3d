package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.SoloEnd;
import java.util.Map;
import java.util.TreeMap;

/**
 * A socket option among a case's parameters: the profile's constant that it sets, and the unit of its number.
 *
 * @param unit of a number; empty for a count, a flag or a word
 */
record RecordedOption(String constant, String unit) {
    private static final int LINGER_MAX_S = 120;
    private static final Map<String, RecordedOption> ALL = all();

    private static Map<String, RecordedOption> all() {
        Map<String, RecordedOption> all = new TreeMap<>();
        all.put("TCP_CONGESTION", new RecordedOption("congestion-control", ""));
        all.put("TCP_DELACK_MAX_US", new RecordedOption("delayed-ack-max", "us"));
        all.put("TCP_KEEPCNT", new RecordedOption("keepalive-probes", ""));
        all.put("TCP_KEEPIDLE", new RecordedOption("keepalive-time", "s"));
        all.put("TCP_KEEPINTVL", new RecordedOption("keepalive-interval", "s"));
        all.put("TCP_LINGER2", new RecordedOption("fin-wait-2-timeout", "s"));
        all.put("TCP_MAXSEG", new RecordedOption("mss", ""));
        all.put("TCP_NODELAY", new RecordedOption("nagle", ""));
        all.put("TCP_RTO_MAX_MS", new RecordedOption("rto-max", "ms"));
        all.put("TCP_RTO_MIN_US", new RecordedOption("rto-min", "us"));
        all.put("TCP_SYNCNT", new RecordedOption("syn-retries", ""));
        all.put("TCP_THIN_LINEAR_TIMEOUTS", new RecordedOption("thin-linear-timeouts", ""));
        all.put("TCP_USER_TIMEOUT", new RecordedOption("user-timeout", "ms"));
        all.put("cnt", new RecordedOption("keepalive-probes", ""));
        all.put("idle", new RecordedOption("keepalive-time", "s"));
        all.put("intvl", new RecordedOption("keepalive-interval", "s"));
        return all;
    }

    /** Whether a parameter is an option that the model has. */
    static boolean isKnown(String param) {
        return ALL.containsKey(name(param));
    }

    /** The option's name may have its unit behind it. */
    private static String name(String param) {
        return param.replaceFirst("_(ms|s)$", "").replaceFirst("^TCP_RTO_MAX$", "TCP_RTO_MAX_MS");
    }

    /** Sets all options that a case's parameters name. */
    static void setAll(Json params, SoloEnd end) {
        for (String param : params.keys()) {
            Json value = params.get(param);
            RecordedOption option = ALL.get(name(param));
            if (option != null && !value.isNothing() && isKnown(param)) {
                option.set(value, end);
            }
        }
    }

    private void set(Json value, SoloEnd end) {
        long number = value.whole(value.isTrue() ? 1 : 0);
        switch (constant) {
            case "congestion-control" -> end.set(constant, value.text());
            case "nagle" -> end.set(constant, number == 1 ? "off" : "minshall");
            case "user-timeout" -> end.set(constant, number == 0 ? "none" : number + unit);
            case "fin-wait-2-timeout" -> {
                // 0 stands for the sysctl's, less for no FIN-WAIT-2 at all
                if (number < 0) {
                    end.set("fin-wait-2", "off");
                } else if (number > 0) {
                    end.set(constant, Math.min(number, LINGER_MAX_S) + unit);
                }
            }
            default -> end.set(constant, number + unit);
        }
    }
}
