package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.recorded.NominalPlayback.Fired;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws the cases of one kind as SVG, a panel each: how long after it was armed each timer fired, against when. A ring is
 * the recorded kernel, a dot the model on the kernel-shaped wheel, a dash the nominal time. Where no timer fired, the
 * panel shows the retransmission timeout instead: ring and dot after each acknowledgment. Readable on light and on dark.
 */
final class RecordedPlot {
    private static final int WIDTH = 760;
    private static final int PANEL = 230;
    private static final int LEFT = 74;
    private static final int RIGHT = 20;
    private static final int TOP = 30;
    private static final int BOTTOM = 40;
    private static final String STYLE = """
            <style>
            text { font: 12px sans-serif; fill: #24292f; }
            .title { font-weight: bold; }
            .axis { stroke: #8c959f; stroke-width: 1; fill: none; }
            .ring { stroke: #0969da; stroke-width: 2; fill: none; }
            .dot { fill: #bc4c00; }
            .dash { stroke: #6e7781; stroke-width: 2; }
            @media (prefers-color-scheme: dark) {
              text { fill: #d0d7de; }
              .axis { stroke: #6e7681; }
              .ring { stroke: #58a6ff; }
              .dot { fill: #f0883e; }
              .dash { stroke: #8b949e; }
            }
            </style>
            """;

    /** A point in seconds: across when it happened, up how long it took; NaN for what is not there. */
    private record Point(double at, double recorded, double modeled, double nominal) {}

    private final StringBuilder svg = new StringBuilder();

    private RecordedPlot() {}

    static String of(List<RecordedCase> cases) {
        RecordedPlot plot = new RecordedPlot();
        plot.line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">",
                WIDTH, PANEL * cases.size());
        plot.svg.append(STYLE);
        for (int panel = 0; panel < cases.size(); panel++) {
            plot.panel(cases.get(panel), panel * PANEL);
        }
        plot.line("</svg>");
        return plot.svg.toString();
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void panel(RecordedCase played, int top) {
        List<Point> timers = timers(played);
        boolean timeouts = timers.isEmpty();
        List<Point> points = timeouts ? timeouts(played) : timers;
        String what = timeouts ? "retransmission timeout, s" : "fired after, s";
        line(
                "<text class=\"title\" x=\"%d\" y=\"%d\">%s</text>",
                LEFT, top + 16, played.recording().name());
        line(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s (ring: recorded, dot: modeled, dash: nominal)</text>",
                WIDTH - RIGHT, top + 16, what);
        double low = points.stream().mapToDouble(RecordedPlot::least).min().orElse(0.1) / 1.3;
        double high = points.stream().mapToDouble(RecordedPlot::most).max().orElse(1) * 1.3;
        double first = points.stream().mapToDouble(Point::at).min().orElse(0);
        double last = points.stream().mapToDouble(Point::at).max().orElse(1);
        double pad = Math.max(0.02, (last - first) * 0.04);
        axes(top, low, high, first - pad, last + pad);
        for (Point point : points) {
            double x = across(point.at(), first - pad, last + pad);
            mark(
                    up(point.nominal(), low, high, top),
                    "<line class=\"dash\" x1=\"%2$.1f\" x2=\"%3$.1f\" y1=\"%1$.1f\" y2=\"%1$.1f\"/>",
                    x - 9,
                    x + 9);
            mark(
                    up(point.recorded(), low, high, top),
                    "<circle class=\"ring\" cx=\"%2$.1f\" cy=\"%1$.1f\" r=\"6\"/>",
                    x);
            mark(up(point.modeled(), low, high, top), "<circle class=\"dot\" cx=\"%2$.1f\" cy=\"%1$.1f\" r=\"3\"/>", x);
        }
    }

    private void mark(double y, String format, Object... more) {
        if (!Double.isNaN(y)) {
            List<Object> values = new ArrayList<>(List.of(y));
            values.addAll(List.of(more));
            line(format, values.toArray());
        }
    }

    private void axes(int top, double low, double high, double first, double last) {
        int bottom = top + PANEL - BOTTOM;
        line("<path class=\"axis\" d=\"M%d %dV%dH%d\"/>", LEFT, top + TOP, bottom, WIDTH - RIGHT);
        for (int step = 0; step <= 3; step++) {
            double value = low * StrictMath.pow(high / low, step / 3.0);
            line(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 6, up(value, low, high, top) + 4, number(value));
        }
        for (int step = 0; step <= 4; step++) {
            double value = first + (last - first) * step / 4;
            line(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    across(value, first, last), bottom + 16, number(value));
        }
        line("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">s since the first packet</text>", WIDTH - RIGHT, bottom + 32);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.2f" : "%.3f", value);
    }

    private static double across(double at, double first, double last) {
        return LEFT + (at - first) / (last - first) * (WIDTH - RIGHT - LEFT);
    }

    private static double up(double value, double low, double high, int top) {
        int height = PANEL - TOP - BOTTOM;
        return top + TOP + height * (1 - StrictMath.log(value / low) / StrictMath.log(high / low));
    }

    private static double least(Point point) {
        return least(point.recorded(), least(point.modeled(), point.nominal()));
    }

    private static double least(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
    }

    private static double most(Point point) {
        return -least(-point.recorded(), least(-point.modeled(), -point.nominal()));
    }

    private static List<Point> timers(RecordedCase played) {
        List<Point> points = new ArrayList<>();
        for (Fired fired : played.nominal().fired()) {
            double modeledNs = played.wheel().pairs().stream()
                    .filter(pair -> pair.recorded().atNs() == fired.recordedNs())
                    .mapToDouble(pair -> pair.modeledNs() - fired.armedNs())
                    .findFirst()
                    .orElse(Double.NaN);
            points.add(new Point(
                    fired.recordedNs() / 1e9,
                    (fired.recordedNs() - fired.armedNs()) / 1e9,
                    modeledNs / 1e9,
                    (fired.deadlineNs() - fired.armedNs()) / 1e9));
        }
        Fired last = played.nominal().last();
        RecordedEnding ending = RecordedEnding.of(played.recording());
        if (last != null && ending.isKnown()) {
            double recordedNs = ending.toNs() - played.recording().jiffyNs();
            points.add(new Point(
                    recordedNs / 1e9,
                    (recordedNs - last.armedNs()) / 1e9,
                    (played.wheel().closedNs() - last.armedNs()) / 1e9,
                    (last.deadlineNs() - last.armedNs()) / 1e9));
        }
        return points;
    }

    private static List<Point> timeouts(RecordedCase played) {
        return played.wheel().snapshots().stream()
                .filter(snapshot -> snapshot.recorded().fields().has("rto"))
                .map(snapshot -> new Point(
                        snapshot.recorded().atNs() / 1e9,
                        RecordedCase.recordedRtoNs(snapshot) / 1e9,
                        snapshot.modeled().rtoNs() / 1e9,
                        Double.NaN))
                .toList();
    }
}
