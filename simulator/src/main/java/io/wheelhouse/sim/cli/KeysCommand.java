package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.report.Lines;
import io.wheelhouse.sim.scenario.Catalogs;
import io.wheelhouse.sim.scenario.KeyReference;
import io.wheelhouse.sim.scenario.KeyReference.Entry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wheelhouse keys}: what a scenario file may say. */
@Command(
        name = "keys",
        description = "List the keys of scenario files: what may stand there, what holds if absent, what it means.",
        footer = {"", "Example: ./wheelhouse keys connections.N.path", "The same as a page: docs/scenario.md"},
        mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
    private static final String INDENT = "    ";

    private final Console console;
    private final Catalogs catalogs;

    @Parameters(
            arity = "0..1",
            paramLabel = "WORD",
            description = "Only keys with this in their path; N stands for an item of a list.")
    private String word = "";

    KeysCommand(Console console, Catalogs catalogs) {
        this.console = console;
        this.catalogs = catalogs;
    }

    @Override
    public Integer call() {
        List<Entry> entries = KeyReference.of(catalogs).stream()
                .filter(entry -> entry.path().contains(word) || entry.kind().equals(word))
                .toList();
        for (Entry entry : entries) {
            String kind = entry.kind().isEmpty() ? "" : " (" + entry.kind() + ")";
            console.out().println(entry.path() + kind);
            print(entry.meaning());
            print(entry.value() + absent(entry));
        }
        if (entries.isEmpty()) {
            console.message("no key has '" + word + "' in its path");
            return ExitCode.USAGE;
        }
        console.out().flush();
        return ExitCode.OK;
    }

    private static String absent(Entry entry) {
        String absent = entry.absent();
        if (absent.isEmpty()) {
            return "";
        }
        return absent.equals(KeyReference.REQUIRED) ? "; required" : "; if absent: " + absent;
    }

    private void print(String text) {
        Lines.labelled(INDENT, text).forEach(console.out()::println);
    }
}
