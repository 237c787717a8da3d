package io.wheelhouse.tcp.recorded;

import java.util.Locale;

/** What came of the recorded cases, a line each. */
final class RecordedReport {
    private static final double NANOS_PER_MILLI = 1e6;

    private RecordedReport() {}

    /** A table in Markdown. */
    static String table() {
        StringBuilder text = new StringBuilder();
        text.append("| case | segments | by timers | largest difference, ms | RTO values exact | ended |\n");
        text.append("| --- | ---: | ---: | ---: | ---: | --- |\n");
        RecordedCase.shipped().forEach(played -> text.append(line(played)));
        return text.toString();
    }

    private static String line(RecordedCase played) {
        long exact =
                played.rtoDifferencesNs().stream().filter(offNs -> offNs == 0).count();
        int values = played.rtoDifferencesNs().size();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %s | %s |\n",
                played.recording().name(),
                played.segments(),
                played.byTimers(),
                played.wheel().worstNs() / NANOS_PER_MILLI,
                values == 0 ? "" : exact + " of " + values,
                ended(played));
    }

    private static String ended(RecordedCase played) {
        RecordedEnding ending = RecordedEnding.of(played.recording());
        if (!ending.isKnown()) {
            return "";
        }
        String how = ending.error() == null ? "gone" : ending.error();
        return String.format(
                Locale.ROOT,
                "%s by %.3f s; modeled %.3f s",
                how,
                (ending.toNs() - played.recording().jiffyNs()) / 1e9,
                played.wheel().closedNs() / 1e9);
    }
}
