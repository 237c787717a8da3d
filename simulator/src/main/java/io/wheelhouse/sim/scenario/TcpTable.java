package io.wheelhouse.sim.scenario;

import java.util.List;
import java.util.Map;

/** The keys of {@code tcp} and {@code remote-tcp}. */
final class TcpTable {
    private TcpTable() {}

    private static final Key<String> PROFILE = Key.derived(
            "profile",
            Types.word("a TCP profile", scope -> scope.catalogs().tcp().profiles()),
            scope -> scope.catalogs().tcp().profiles().get(0),
            "the stack that is modeled");
    private static final Key<Map<String, String>> SET = Key.optional(
            "set",
            new SettingsType("constants with values, such as {tcp_retries2: 8}"),
            Map.of(),
            "constants of the profile, set otherwise");

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
}
