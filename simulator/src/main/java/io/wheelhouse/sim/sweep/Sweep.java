package io.wheelhouse.sim.sweep;

import io.wheelhouse.sim.metrics.MetricCatalog;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.report.ProgramInfo;
import io.wheelhouse.sim.report.Units;
import io.wheelhouse.sim.scenario.Expectation;
import io.wheelhouse.sim.scenario.Position;
import io.wheelhouse.sim.scenario.Problem;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioWriter;
import io.wheelhouse.sim.scenario.Setting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A sweep that has been thought through: every cell's scenario has been read and checked before the first one runs, so
 * that what is wrong with a value is told at once.
 *
 * <p>What a scenario expects is left out: it is about the scenario as it is. Immutable.
 */
public final class Sweep {
    /** The most cells of a sweep. */
    public static final int MAX_CELLS = 100_000;

    private static final int IDENTITY_BYTES = 12;
    private static final String NO_EXPECTATIONS = "expect=[]";

    private static final List<String> USUAL = List.of(
            "share.connection",
            "imbalance.max-mean",
            "imbalance.over-bound",
            "moves",
            "utilization.max",
            "overdue",
            "retransmissions");

    /** Reads the scenario with some settings. */
    @FunctionalInterface
    public interface Reader {
        Scenario read(List<Setting> settings) throws ScenarioException;
    }

    private final SweepPlan plan;
    private final Scenario basis;
    private final List<Cell> cells;
    private final List<Column.Measured> labelled;

    private Sweep(SweepPlan plan, Scenario basis, List<Cell> cells, List<Column.Measured> labelled) {
        this.plan = plan;
        this.basis = basis;
        this.cells = List.copyOf(cells);
        this.labelled = List.copyOf(labelled);
    }

    /**
     * Plans a sweep.
     *
     * @param settings put in place of the scenario's values in every cell
     * @param metrics names, with labels or without; none for the usual ones
     * @throws ScenarioException if a value does not fit its key, or there is no such metric
     * @throws IllegalArgumentException if there are too many cells
     */
    public static Sweep plan(
            Reader reader,
            List<Setting> settings,
            List<Variation> variations,
            int replications,
            List<String> metrics,
            ProgramInfo program)
            throws ScenarioException {
        long size = (long) SweepPlan.points(variations) * replications;
        if (size > MAX_CELLS) {
            throw new IllegalArgumentException(size + " cells; at most " + MAX_CELLS + " in a sweep");
        }
        List<Column.Measured> asked = new ArrayList<>();
        for (String metric : metrics) {
            asked.add(measured(reader, settings, metric));
        }
        long firstSeed = reader.read(with(settings, NO_EXPECTATIONS)).seed();
        Scenario basis = reader.read(with(with(settings, NO_EXPECTATIONS), "seed=0"));
        String programText = program.version() + " " + program.commit();
        List<Cell> cells = new ArrayList<>();
        Map<String, Problem> problems = new LinkedHashMap<>();
        for (int point = 0; point < SweepPlan.points(variations); point++) {
            List<Setting> ofPoint = settingsOf(point, variations, with(settings, NO_EXPECTATIONS));
            try {
                for (int replication = 0; replication < replications; replication++) {
                    Scenario scenario = reader.read(with(ofPoint, "seed=" + (firstSeed + replication)));
                    cells.add(new Cell(cells.size(), identity(scenario, programText), scenario));
                }
            } catch (ScenarioException e) {
                e.problems().forEach(problem -> problems.putIfAbsent(aboutKey(problem), problem));
            }
        }
        if (!problems.isEmpty()) {
            throw new ScenarioException(List.copyOf(problems.values()));
        }
        SweepPlan plan = new SweepPlan(
                basis.name(),
                identity(basis, programText),
                programText,
                variations,
                replications,
                firstSeed,
                asked.isEmpty()
                        ? usual()
                        : asked.stream().map(Column.Measured::column).toList(),
                cells.stream().map(Cell::identity).toList());
        return new Sweep(
                plan,
                basis,
                cells,
                asked.stream()
                        .filter(metric -> !metric.expectation().labels().isEmpty())
                        .toList());
    }

    /** The same for all values of a key: what is wrong with the key itself is told once. */
    private static String aboutKey(Problem problem) {
        String place = problem.position().toString();
        int value = place.indexOf('=');
        return (value < 0 ? place : place.substring(0, value)) + ": " + problem.message();
    }

    private static List<Setting> settingsOf(int point, List<Variation> variations, List<Setting> others) {
        List<Setting> all = new ArrayList<>(others);
        int[] values = SweepPlan.valuesOf(variations, point);
        for (int at = 0; at < values.length; at++) {
            all.add(new Setting("--vary", variations.get(at).assignment(values[at])));
        }
        return all;
    }

    private static List<Setting> with(List<Setting> settings, String assignment) {
        List<Setting> all = new ArrayList<>(settings);
        all.add(new Setting("--set", assignment));
        return all;
    }

    /** A metric's name is checked by the reader of expectations, labels and all. */
    private static Column.Measured measured(Reader reader, List<Setting> settings, String metric)
            throws ScenarioException {
        try {
            String expectation = metric + " >= " + zero(metric);
            Scenario scenario = reader.read(with(settings, "expect=[\"" + expectation + "\"]"));
            Expectation parsed = scenario.expect().get(0);
            Column column = new Column(metric, new MetricCatalog().quantity(parsed.metric()), true);
            return new Column.Measured(column, parsed);
        } catch (ScenarioException e) {
            Position at = Position.whole("--metric " + metric);
            throw new ScenarioException(e.problems().stream()
                    .map(problem -> problem.message().contains("metric")
                                    || problem.message().contains("label")
                            ? new Problem(at, problem.message())
                            : problem)
                    .toList());
        }
    }

    /** Nothing, in a unit that fits the metric; where there is no such metric, the reader will say so. */
    private static String zero(String metric) {
        int brace = metric.indexOf('{');
        String name = (brace < 0 ? metric : metric.substring(0, brace)).strip();
        MetricCatalog catalog = new MetricCatalog();
        if (!catalog.contains(name)) {
            return "0";
        }
        return switch (catalog.quantity(name)) {
            case DURATION -> "0ns";
            case SIZE -> "0B";
            case RATE -> "0/s";
            case BIT_RATE -> "0bit/s";
            case COUNT, FRACTION, NUMBER -> "0";
        };
    }

    /** The 99th percentile of each timer's lateness, and how well the load was spread. */
    private static List<Column> usual() {
        MetricCatalog catalog = new MetricCatalog();
        List<String> names = new ArrayList<>(catalog.names().stream()
                .filter(name -> name.matches("lateness\\.[a-z0-9-]+\\.p99"))
                .toList());
        USUAL.stream().filter(catalog::contains).forEach(names::add);
        return names.stream()
                .map(name -> new Column(name, catalog.quantity(name), false))
                .toList();
    }

    private static String identity(Scenario scenario, String program) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(program.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(ScenarioWriter.write(scenario).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, IDENTITY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    public SweepPlan plan() {
        return plan;
    }

    /** The effective scenario that is varied, as a file. */
    public String scenarioText() {
        return ScenarioWriter.write(basis);
    }

    /** All cells, in the order of the plan. */
    public List<Cell> cells() {
        return cells;
    }

    /** What is kept of a cell's run: every metric that had something to measure, and those that were asked for. */
    public CellResult keep(RunResult run) {
        MetricCatalog catalog = new MetricCatalog();
        Map<String, OptionalDouble> values = new TreeMap<>();
        for (String name : catalog.names()) {
            OptionalDouble value = catalog.measure(name, run);
            if (value.isPresent()) {
                values.put(name, value);
            }
        }
        for (Column column : plan.columns()) {
            values.putIfAbsent(column.name(), OptionalDouble.empty());
        }
        for (Column.Measured metric : labelled) {
            values.put(metric.column().name(), catalog.measure(metric.expectation(), run));
        }
        return new CellResult(Units.fingerprint(run.fingerprint()), values);
    }
}
