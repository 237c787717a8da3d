package io.wheelhouse.sim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PercentileTableTest {
    private static Histogram histogram(long seed, int values) {
        SplittableRandom random = new SplittableRandom(seed);
        Histogram histogram = new Histogram(1, 86_400_000_000_000L, 3);
        for (int i = 0; i < values; i++) {
            histogram.recordValue(random.nextLong() >>> random.nextInt(24, 60));
        }
        return histogram;
    }

    private static String ours(Histogram histogram) throws IOException {
        StringWriter out = new StringWriter();
        PercentileTable.write(histogram, out);
        return out.toString();
    }

    private static String theirs(Histogram histogram) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        histogram.outputPercentileDistribution(new PrintStream(out, false, StandardCharsets.UTF_8), 1_000.0);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, String> rows(String table) {
        Map<String, String> valueByPercentile = new TreeMap<>();
        for (String line : table.lines().toList()) {
            List<String> columns = List.of(line.strip().split(" +", -1));
            if (columns.size() > 2 && columns.get(0).matches("[0-9.]+")) {
                valueByPercentile.put(columns.get(1), columns.get(0));
            }
        }
        return valueByPercentile;
    }

    @Test
    void hasTheRowsOfTheLibrarysOwn() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Histogram histogram = histogram(seed, 50_000);
            Map<String, String> ours = rows(ours(histogram));
            Map<String, String> theirs = rows(theirs(histogram));
            assertThat(ours).as("seed %d", seed).hasSizeGreaterThan(30);
            // The library repeats the last value for percentiles in which nothing new appears; all else agrees.
            assertThat(theirs).as("seed %d", seed).containsAllEntriesOf(ours);
        }
    }

    @Test
    void endsWithTheLibrarysOwnFooter() throws IOException {
        Histogram histogram = histogram(7, 1_000);
        List<String> ours = ours(histogram).lines().toList();
        List<String> theirs = theirs(histogram).lines().toList();
        assertThat(ours.subList(ours.size() - 3, ours.size()))
                .isEqualTo(theirs.subList(theirs.size() - 3, theirs.size()));
        assertThat(ours.get(0)).isEqualTo(theirs.get(0));
    }

    @Test
    void oneValueIsOneRow() throws IOException {
        Histogram histogram = new Histogram(3);
        histogram.recordValue(0);
        assertThat(rows(ours(histogram))).containsExactly(Map.entry("1.000000000000", "0.000"));
    }

    @Test
    void emptyIsRefused() {
        assertThatThrownBy(() -> ours(new Histogram(3))).isInstanceOf(IllegalArgumentException.class);
    }
}
