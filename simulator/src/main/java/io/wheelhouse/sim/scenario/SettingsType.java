package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names with values, all taken as texts: which there may be is a catalog's affair. */
final class SettingsType implements Type<Map<String, String>> {
    private final String expected;

    /**
     * @param expected what stands there, as messages call it
     */
    SettingsType(String expected) {
        this.expected = expected;
    }

    @Override
    public @Nullable Map<String, String> read(Yaml node, Scope scope) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            scope.refuse(node, expected);
            return null;
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (Yaml.Entry entry : mapping.entries()) {
            if (entry.value() instanceof Yaml.Scalar value && !value.isNothing()) {
                settings.put(entry.key().text(), value.text());
            } else {
                scope.refuse(
                        entry.value(), "a value for " + Text.quote(entry.key().text()));
            }
        }
        return settings.size() == mapping.entries().size() ? settings : null;
    }

    @Override
    public String form(Scope scope) {
        return expected;
    }

    @Override
    public Yaml write(Map<String, String> settings) {
        List<Yaml.Entry> entries = new ArrayList<>();
        settings.forEach((name, value) -> entries.add(new Yaml.Entry(Type.scalar(name), Type.scalar(value))));
        return new Yaml.Mapping(NOWHERE, entries);
    }
}
