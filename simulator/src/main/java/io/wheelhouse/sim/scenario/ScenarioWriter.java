package io.wheelhouse.sim.scenario;

import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.JsonScalarResolver;

/**
 * Writes a scenario as a file that reads back as an equal scenario: every key in the order of its table, every default
 * explicit, units that leave short numbers. The same scenario gives the same bytes.
 */
public final class ScenarioWriter {
    private static final int LONGEST_FLOW = 72;
    private static final int LONGEST_LINE = 1 << 20;

    private ScenarioWriter() {}

    /** The scenario as YAML, ending with a newline. */
    public static String write(Scenario scenario) {
        DumpSettings settings = DumpSettings.builder()
                .setSplitLines(false)
                .setWidth(LONGEST_LINE)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setBestLineBreak("\n")
                .setUseUnicodeEncoding(true)
                .build();
        Node root = node(ScenarioTable.TYPE.write(scenario), true);
        return new Present(settings)
                .emitToString(new Serialize(settings).serializeOne(root).iterator());
    }

    private static Node node(Yaml yaml, boolean isRoot) {
        if (yaml instanceof Yaml.Scalar scalar) {
            Tag tag = scalar.plain() ? new JsonScalarResolver().resolve(scalar.text(), true) : Tag.STR;
            boolean readsAsNothing = new Yaml.Scalar(Type.NOWHERE, scalar.text(), true).isNothing();
            return new ScalarNode(tag, scalar.text(), readsAsNothing ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.PLAIN);
        }
        FlowStyle style = !isRoot && fitsOneLine(yaml) ? FlowStyle.FLOW : FlowStyle.BLOCK;
        if (yaml instanceof Yaml.Sequence sequence) {
            List<Node> items =
                    sequence.items().stream().map(item -> node(item, false)).toList();
            return new SequenceNode(Tag.SEQ, items, style);
        }
        if (yaml instanceof Yaml.Mapping mapping) {
            List<NodeTuple> entries = mapping.entries().stream()
                    .map(entry -> new NodeTuple(node(entry.key(), false), node(entry.value(), false)))
                    .toList();
            return new MappingNode(Tag.MAP, entries, style);
        }
        throw new AssertionError("cannot be written: " + yaml);
    }

    /** Short collections of numbers and words go on one line; texts get lines of their own. */
    private static boolean fitsOneLine(Yaml yaml) {
        return scalars(yaml).allMatch(Yaml.Scalar::plain)
                && scalars(yaml).mapToInt(scalar -> scalar.text().length() + 2).sum() <= LONGEST_FLOW;
    }

    private static Stream<Yaml.Scalar> scalars(Yaml yaml) {
        if (yaml instanceof Yaml.Scalar scalar) {
            return Stream.of(scalar);
        }
        if (yaml instanceof Yaml.Sequence sequence) {
            return sequence.items().stream().flatMap(ScenarioWriter::scalars);
        }
        return ((Yaml.Mapping) yaml)
                .entries().stream().flatMap(entry -> Stream.concat(Stream.of(entry.key()), scalars(entry.value())));
    }
}
