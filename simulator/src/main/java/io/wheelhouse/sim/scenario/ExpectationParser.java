package io.wheelhouse.sim.scenario;

import io.wheelhouse.sim.scenario.Expectation.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expectations: {@code metric{label=value, ...} operator value}, with a tolerance after {@code =}, as a share of the value
 * or in its unit: {@code lateness.synthetic.queueing.mean = 20us ± 2%}.
 */
final class ExpectationParser {
    private static final int LONGEST_TEXT = 500;
    private static final String FORM = "an expectation such as \"lateness.rto.p99 < 60ms\"";
    private static final double LARGEST = 1e18;
    private static final int MOST_MEANT = 3;

    private static final Pattern SHAPE = Pattern.compile("([^\\s{}<>=]+)\\s*(?:\\{([^{}]*)\\})?\\s*"
            + "([<>=!~]+)\\s*([^\\s±]+?(?: [^\\s±+]+?)?)\\s*(?:(?:±|\\+-|\\+/-)\\s*(\\S+))?");
    private static final Pattern LABEL = Pattern.compile("\\s*([^\\s=,]+)\\s*=\\s*([^\\s=,]+)\\s*");

    private ExpectationParser() {}

    static ScalarType<Expectation> type() {
        return new ScalarType<>(FORM, ExpectationParser::parse, expectation -> Types.text(expectation.text()));
    }

    private static Expectation parse(Yaml.Scalar node, Scope scope) throws BadValue {
        String text = node.text().strip();
        Matcher matcher = SHAPE.matcher(text);
        if (text.length() > LONGEST_TEXT || !text.codePoints().allMatch(Text::isPrintable) || !matcher.matches()) {
            throw new BadValue(Text.quote(text) + " is not " + FORM);
        }
        MetricNames metrics = scope.catalogs().metrics();
        String metric = metric(matcher.group(1), metrics);
        Map<String, String> labels = labels(matcher.group(2), metric, scope);
        Operator operator = operator(matcher.group(3));
        Quantity quantity = metrics.quantity(metric);
        double value = Measures.parseDouble(quantity, matcher.group(4), -LARGEST, LARGEST);
        double tolerance = tolerance(matcher.group(5), operator, value, quantity);
        return new Expectation(text, metric, labels, operator, value, tolerance, node.at());
    }

    private static String metric(String name, MetricNames metrics) throws BadValue {
        if (metrics.contains(name)) {
            return name;
        }
        throw new BadValue("there is no metric " + Text.quote(name) + meant(name, metrics.names()));
    }

    /** The nearest name; else those that the name is a part of; else where all stand. */
    private static String meant(String name, List<String> names) {
        String nearest = Suggestions.nearest(name, names);
        if (nearest != null) {
            return Suggestions.didYouMean(nearest);
        }
        List<String> longer = names.stream()
                .filter(known -> known.contains(name))
                .limit(MOST_MEANT)
                .toList();
        return longer.isEmpty()
                ? "; \"./wheelhouse metrics\" lists them"
                : Suggestions.didYouMean(String.join("\" or \"", longer));
    }

    private static Operator operator(String sign) throws BadValue {
        if (sign.equals("==")) {
            return Operator.EQUAL;
        }
        for (Operator operator : Operator.values()) {
            if (operator.sign().equals(sign)) {
                return operator;
            }
        }
        throw new BadValue(Text.quote(sign) + " is not a comparison; choose one of <, <=, =, >=, >");
    }

    private static double tolerance(@Nullable String text, Operator operator, double value, Quantity quantity)
            throws BadValue {
        if (text == null) {
            return 0.0;
        }
        if (operator != Operator.EQUAL) {
            throw new BadValue("a tolerance (± " + text + ") can only follow =");
        }
        if (text.endsWith("%")) {
            double share = Measures.parseDouble(Quantity.FRACTION, text, 0.0, LARGEST);
            BigDecimal width = new BigDecimal(share).multiply(new BigDecimal(value).abs());
            return width.doubleValue();
        }
        return Measures.parseDouble(quantity, text, 0.0, LARGEST);
    }

    private static Map<String, String> labels(@Nullable String text, String metric, Scope scope) throws BadValue {
        Map<String, String> labels = new TreeMap<>();
        if (text == null) {
            return labels;
        }
        List<String> known = scope.catalogs().metrics().labels(metric);
        for (String part : text.split(",", -1)) {
            Matcher matcher = LABEL.matcher(part);
            if (!matcher.matches()) {
                throw new BadValue(Text.quote(part.strip()) + " is not a label such as group=phones");
            }
            String label = matcher.group(1);
            if (!known.contains(label)) {
                throw new BadValue(unknownLabel(label, metric, known));
            }
            checkLabelValue(label, matcher.group(2), scope);
            if (labels.put(label, matcher.group(2)) != null) {
                throw new BadValue("the label " + Text.quote(label) + " is given twice");
            }
        }
        return labels;
    }

    private static String unknownLabel(String label, String metric, List<String> known) {
        String hint = known.isEmpty() ? "; it has none" : Suggestions.didYouMean(label, Types.CHOOSE, known);
        return "the metric " + metric + " has no label " + Text.quote(label) + hint;
    }

    private static void checkLabelValue(String label, String value, Scope scope) throws BadValue {
        if (label.equals("group")) {
            List<String> groups = ScenarioTable.groupNames(scope);
            if (!groups.contains(value)) {
                String hint = Suggestions.didYouMean(value, Types.CHOOSE, groups);
                throw new BadValue("there is no group " + Text.quote(value) + hint);
            }
        } else if (label.equals("processor")) {
            Host host = scope.find(ScenarioTable.HOST);
            int processors = host == null ? HostTable.MAX_PROCESSORS : host.processors();
            if (!value.matches("[0-9]{1,4}") || Integer.parseInt(value) >= processors) {
                throw new BadValue(HostTable.noProcessor(value, processors));
            }
        }
    }
}
