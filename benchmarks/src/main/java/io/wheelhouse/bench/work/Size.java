package io.wheelhouse.bench.work;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many timers, in how many queues.
 *
 * @param queues 1 or more
 * @param timersOfQueue 1 or more in each
 */
public record Size(int queues, int timersOfQueue) {

    /** The most timers in all. */
    private static final int MOST_TIMERS = 100_000_000;

    private static final Pattern TEXT = Pattern.compile("(?:(\\d{1,9})x)?(\\d{1,9})([kM]?)");

    public Size {
        if (queues < 1 || timersOfQueue < 1 || (long) queues * timersOfQueue > MOST_TIMERS) {
            throw new IllegalArgumentException(
                    queues + " queues of " + timersOfQueue + " timers: not 1.." + MOST_TIMERS + " in all");
        }
    }

    /** Reads {@code 10k}, {@code 1M} or {@code 1024x1000}. */
    public static Size parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("size '" + text + "' is not like 10k, 1M or 1024x1000");
        }
        int queues = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
        long unit = switch (matcher.group(3)) {
            case "k" -> 1_000;
            case "M" -> 1_000_000;
            default -> 1;
        };
        return new Size(queues, Math.toIntExact(Math.min(Integer.MAX_VALUE, Long.parseLong(matcher.group(2)) * unit)));
    }

    /** All timers. */
    public int timers() {
        return queues * timersOfQueue;
    }

    /** For people: {@code 1 x 1,000,000}. */
    public String label() {
        return String.format(Locale.ROOT, "%,d x %,d", queues, timersOfQueue);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return queues + "x" + timersOfQueue;
    }
}
