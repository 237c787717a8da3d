package io.wheelhouse.sim.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two results, value by value: every number of their summaries but the seed and the schema. What has a name is called by
 * it: {@code groups.phones.retransmissions}; a processor by its number.
 *
 * @param differences of all values that are not equal, the largest first; last those that only one result has
 * @param values how many values the two have together
 */
public record ResultComparison(
        List<Difference> differences,
        int values,
        String scenarioA,
        String scenarioB,
        String fingerprintA,
        String fingerprintB) {
    private static final Set<String> NO_FINDINGS = Set.of("wheelhouseSchema", "seed", "expectations", "laws");
    private static final List<String> NAMES = List.of("group", "processor");

    /**
     * A value that differs.
     *
     * @param a null where the first result has no such value
     * @param b null where the second has none
     * @param relative |a − b| as a part of the larger of |a| and |b|; infinite where one is missing
     */
    public record Difference(
            String name, @Nullable BigDecimal a, @Nullable BigDecimal b, double relative) {
        /** Whether it is more than is tolerated. */
        public boolean exceeds(double tolerance) {
            return relative > tolerance;
        }
    }

    public ResultComparison {
        differences = List.copyOf(differences);
    }

    /**
     * Compares the results in two folders.
     *
     * @throws InvalidFileException if one of them holds no result
     */
    public static ResultComparison of(Path a, Path b) throws IOException {
        Map<String, @Nullable Object> treeA = summary(a);
        Map<String, @Nullable Object> treeB = summary(b);
        Map<String, BigDecimal> valuesA = new TreeMap<>();
        Map<String, BigDecimal> valuesB = new TreeMap<>();
        flatten("", treeA, valuesA);
        flatten("", treeB, valuesB);
        Set<String> names = new LinkedHashSet<>(valuesA.keySet());
        names.addAll(valuesB.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            Difference difference = difference(name, valuesA.get(name), valuesB.get(name));
            if (difference.relative > 0.0) {
                differences.add(difference);
            }
        }
        differences.sort(Comparator.comparing((Difference difference) -> Double.isInfinite(difference.relative))
                .thenComparingDouble(difference -> -difference.relative)
                .thenComparing(Difference::name));
        return new ResultComparison(
                differences,
                names.size(),
                String.valueOf(treeA.get("scenario")),
                String.valueOf(treeB.get("scenario")),
                String.valueOf(treeA.get("fingerprint")),
                String.valueOf(treeB.get("fingerprint")));
    }

    private static Map<String, @Nullable Object> summary(Path folder) throws IOException {
        Path file = Files.isDirectory(folder) ? folder.resolve(ResultFolder.SUMMARY) : folder;
        if (!Files.isRegularFile(file)) {
            throw new InvalidFileException(folder
                    + (Files.exists(folder) ? ": holds no " + ResultFolder.SUMMARY : ": no such file or folder"));
        }
        Map<String, @Nullable Object> tree = JsonTree.read(file);
        if (!tree.containsKey(SummaryJson.SCHEMA_FIELD)) {
            throw new InvalidFileException(file + ": is not the summary of a Wheelhouse result");
        }
        return tree;
    }

    private static Difference difference(String name, @Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null || b == null) {
            return new Difference(name, a, b, Double.POSITIVE_INFINITY);
        }
        BigDecimal larger = a.abs().max(b.abs());
        double relative = a.compareTo(b) == 0
                ? 0.0
                : a.subtract(b).abs().divide(larger, MathContext.DECIMAL64).doubleValue();
        return new Difference(name, a, b, relative);
    }

    /** At most as deep as the file is nested, and we wrote it. */
    private static void flatten(String path, @Nullable Object value, Map<String, BigDecimal> into) {
        if (value instanceof BigDecimal number) {
            into.put(path, number);
        } else if (value instanceof Map<?, ?> object) {
            object.forEach((key, inner) -> {
                if (!path.isEmpty() || !NO_FINDINGS.contains(String.valueOf(key))) {
                    flatten(path.isEmpty() ? String.valueOf(key) : path + "." + key, inner, into);
                }
            });
        } else if (value instanceof List<?> items) {
            for (int at = 0; at < items.size(); at++) {
                flatten(path + "." + nameOf(items.get(at), at), items.get(at), into);
            }
        }
    }

    private static String nameOf(@Nullable Object item, int at) {
        if (item instanceof Map<?, ?> object) {
            for (String key : NAMES) {
                if (object.get(key) != null) {
                    return Objects.toString(object.get(key));
                }
            }
        }
        return Integer.toString(at);
    }

    /** How many values differ by more than is tolerated. */
    public long beyond(double tolerance) {
        return differences.stream()
                .filter(difference -> difference.exceeds(tolerance))
                .count();
    }
}
