package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of {@code tcp} and {@code remote-tcp}. */
final class TcpTable {
    private TcpTable() {}

    private static final Key<String> PROFILE = Key.derived(
            "profile",
            Types.word("a TCP profile", scope -> scope.catalogs().tcp().profiles()),
            scope -> scope.catalogs().tcp().profiles().get(0),
            "the stack that is modeled");
    private static final Key<Map<String, String>> SET =
            Key.optional("set", new SettingsType(), Map.of(), "constants of the profile, set otherwise");

    static final MappingType<TcpSpec> TYPE = MappingType.<TcpSpec>of("tcp")
            .key(PROFILE, TcpSpec::profile)
            .key(SET, TcpSpec::set)
            .check(TcpTable::checkSettings)
            .make(scope -> new TcpSpec(scope.get(PROFILE), scope.get(SET)));

    private static void checkSettings(Scope scope) {
        String profile = scope.find(PROFILE);
        if (profile == null || !(scope.node(SET) instanceof Yaml.Mapping settings)) {
            return;
        }
        TcpCatalog catalog = scope.catalogs().tcp();
        List<String> constants = catalog.constants(profile);
        for (Yaml.Entry setting : settings.entries()) {
            String name = setting.key().text();
            if (!constants.contains(name)) {
                String hint = Suggestions.didYouMean(name, Types.CHOOSE, constants);
                String message = "the profile " + profile + " has no constant " + Text.quote(name) + hint;
                scope.problem(setting.key().at(), message);
            } else if (setting.value() instanceof Yaml.Scalar value && !value.isNothing()) {
                String problem = catalog.problemWith(profile, name, value.text());
                if (problem != null) {
                    scope.problem(value.at(), Text.quote(value.text()) + ": " + problem);
                }
            }
        }
    }

    /** Names with values, all taken as texts: which there may be is the catalog's affair. */
    private static final class SettingsType implements Type<Map<String, String>> {

        @Override
        public @Nullable Map<String, String> read(Yaml node, Scope scope) {
            if (!(node instanceof Yaml.Mapping mapping)) {
                scope.refuse(node, "constants with values, such as {tcp_retries2: 8}");
                return null;
            }
            Map<String, String> settings = new LinkedHashMap<>();
            for (Yaml.Entry entry : mapping.entries()) {
                if (entry.value() instanceof Yaml.Scalar value && !value.isNothing()) {
                    settings.put(entry.key().text(), value.text());
                } else {
                    scope.refuse(
                            entry.value(),
                            "a value for " + Text.quote(entry.key().text()));
                }
            }
            return settings.size() == mapping.entries().size() ? settings : null;
        }

        @Override
        public Yaml write(Map<String, String> settings) {
            List<Yaml.Entry> entries = new ArrayList<>();
            settings.forEach((name, value) -> entries.add(new Yaml.Entry(Type.scalar(name), Type.scalar(value))));
            return new Yaml.Mapping(NOWHERE, entries);
        }
    }
}
