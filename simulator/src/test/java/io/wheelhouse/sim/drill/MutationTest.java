package io.wheelhouse.sim.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.drill.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scripts broken at random: whatever they are, they are told off, skipped or run, and never end in a stack trace. */
final class MutationTest {
    private static final int SCRIPTS = 10_000;
    private static final String[] WORDS = {
        "+0",
        "+.1",
        "*",
        "0~1",
        "...",
        "<",
        ">",
        "S.",
        "F.",
        "R",
        "-",
        "0:0(0)",
        "1:1001(1000)",
        "ack",
        "win",
        "0",
        "4294967295",
        "-1",
        "99999999999999999999",
        "<...>",
        "<mss 1>",
        "<sack 1:2>",
        "<TS val 1 ecr 1>",
        "nop",
        "%{",
        "}%",
        "assert",
        "tcpi_rto",
        "==",
        "`",
        "\"",
        "/*",
        "//",
        "#",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        "=",
        ",",
        "socket",
        "close(4) = 0",
        "read(4, ..., 1000) = 0",
        "write(4, ..., 100000) = 100000",
        "1e9",
        "0x7fffffff",
        "shutdown(4, SHUT_WR) = 0",
        "--tolerance_usecs=1",
        "\u00e9",
        "\u0000",
        "100000000",
        ".000001"
    };

    @Test
    @DisplayName("10,000 mutated scripts: problems, skips or verdicts")
    void mutated() {
        long seed = 20_260_101;
        List<String> originals = new ArrayList<>();
        Scripts.RECORDED.forEach(name -> originals.add(Scripts.recorded(name)));
        AtomicIntegerArray ends = new AtomicIntegerArray(Outcome.values().length + 1);
        IntStream.range(0, SCRIPTS).parallel().forEach(i -> {
            String text = mutate(originals.get(i % originals.size()), new Random(seed + i));
            try {
                ends.incrementAndGet(end(text));
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + (seed + i) + "\n" + text, e);
            }
        });
        for (int end = 0; end < ends.length(); end++) {
            assertThat(ends.get(end))
                    .as("passed, failed, skipped, malformed: " + ends)
                    .isPositive();
        }
    }

    private static int end(String text) {
        Script script = Script.parse(text, "mutated.pkt");
        return script.problems().isEmpty()
                ? Drill.on(Wheel.LINUX_HZ250).run(script).outcome().ordinal()
                : Outcome.values().length;
    }

    private static String mutate(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && text.length() > 0; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, " " + WORDS[random.nextInt(WORDS.length)] + " ");
                case 2 -> text.replace(at, end, WORDS[random.nextInt(WORDS.length)]);
                case 3 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 4 -> digit(text, at, random);
                default -> swapLines(text, random);
            }
        }
        return text.toString();
    }

    /** Most scripts stay well-formed if only a number changes. */
    private static void digit(StringBuilder text, int from, Random random) {
        for (int at = from; at < text.length(); at++) {
            if (Character.isDigit(text.charAt(at))) {
                text.setCharAt(at, (char) ('0' + random.nextInt(10)));
                return;
            }
        }
    }

    private static void swapLines(StringBuilder text, Random random) {
        String[] lines = text.toString().split("\n", -1);
        int a = random.nextInt(lines.length);
        int b = random.nextInt(lines.length);
        String kept = lines[a];
        lines[a] = lines[b];
        lines[b] = kept;
        text.setLength(0);
        text.append(String.join("\n", lines));
    }
}
