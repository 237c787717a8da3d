package io.wheelhouse.tcp.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.TcpTimer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/tcp-timers.md says what the profile files say. {@code -Dwheelhouse.docs.write=true} writes its tables anew: that of
 * the constants, and that of the timers, whose words are in {@code tcp-timers.properties}.
 */
class TcpTimersDocTest {
    private static final String BEGIN = "<!-- constants -->\n";
    private static final String END = "<!-- /constants -->";
    private static final List<String> COLUMNS =
            List.of("armed", "re-armed", "cancelled", "first", "clamps", "backoff", "give-up");
    private static final Pattern CONSTANT = Pattern.compile("\\{([a-z0-9-]+)}");
    private static final Pattern WORD = Pattern.compile("`([a-z0-9-]+)`");
    private static final List<String> OTHER_WORDS =
            List.of("linux", "one", "timer", "rfc5681", "as-stack", "per-connection", "code");

    private static Path document() {
        Path here = Path.of("docs/tcp-timers.md");
        return Files.exists(here) ? here : Path.of("../docs/tcp-timers.md");
    }

    /** Words have no unit: neither rules and flags, nor what is off. */
    private static String value(Profile profile, TcpConstant constant) {
        return profile.text(constant).replaceFirst(" (flag|rule)$", "").replaceFirst("^none .*", "none");
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| constant | profile | value | source |\n| --- | --- | --- | --- |\n");
        for (TcpConstant constant : TcpConstant.values()) {
            String first = "`" + constant.key() + "`";
            for (String name : Profile.names()) {
                Profile profile = Profile.named(name);
                String source = profile.source(constant).replace("|", "\\|");
                table.append("| ").append(first).append(" | ").append(name);
                table.append(" | ").append(value(profile, constant)).append(" | ");
                table.append(source).append(" |\n");
                first = "";
            }
        }
        return table.toString();
    }

    /** What each timer does, a line a profile; a ditto mark for what the line above says. */
    private static String timers() throws IOException {
        Properties words = new Properties();
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(TcpTimersDocTest.class.getResourceAsStream("/tcp-timers.properties")),
                StandardCharsets.UTF_8)) {
            words.load(file);
        }
        StringBuilder table = new StringBuilder("| timer | profile | " + String.join(" | ", COLUMNS) + " |\n");
        table.append("| --- ".repeat(COLUMNS.size() + 2)).append("|\n");
        for (TcpTimer timer : TcpTimer.values()) {
            Map<String, String> above = new HashMap<>();
            for (String name : Profile.names()) {
                table.append("| ").append(above.isEmpty() ? "**" + timer.key() + "**" : "");
                table.append(" | ").append(name);
                for (String column : COLUMNS) {
                    String cell = cell(words, timer.key() + "." + column, Profile.named(name), name);
                    table.append(" | ").append(cell.equals(above.put(column, cell)) ? "″" : cell);
                }
                table.append(" |\n");
            }
        }
        return table.toString();
    }

    private static String cell(Properties words, String key, Profile profile, String name) {
        String family = name.startsWith("rfc") ? "rfc" : name;
        String text = Stream.of(key + "." + name, key + "." + family, key)
                .map(words::getProperty)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("tcp-timers.properties lacks " + key));
        return CONSTANT.matcher(text).replaceAll(found -> {
            TcpConstant constant =
                    TcpConstant.valueOf(found.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
            String value = value(profile, constant);
            return "`" + constant.key() + "` " + value;
        });
    }

    @Test
    void theTableOfConstantsIsThatOfTheProfiles() throws IOException {
        assertSays(BEGIN, END, table());
    }

    @Test
    void theTableOfTimersIsThatOfTheProfiles() throws IOException {
        assertSays("<!-- timers -->\n", "<!-- /timers -->", timers());
    }

    private static void assertSays(String begin, String end, String table) throws IOException {
        String text = Files.readString(document());
        int from = text.indexOf(begin) + begin.length();
        if (Boolean.getBoolean("wheelhouse.docs.write")) {
            Files.writeString(document(), text.substring(0, from) + table + text.substring(text.indexOf(end)));
        }
        String written = Files.readString(document());
        assertThat(written.substring(from, written.indexOf(end)))
                .as("written anew by -Dwheelhouse.docs.write=true")
                .isEqualTo(table);
    }

    @Test
    void everyConstantNamedInTheTextExists() throws IOException {
        String text = Files.readString(document());
        List<String> keys =
                Arrays.stream(TcpConstant.values()).map(TcpConstant::key).toList();
        Matcher matcher = WORD.matcher(text.substring(text.indexOf("\n## "), text.indexOf(BEGIN)));
        int named = 0;
        while (matcher.find()) {
            String word = matcher.group(1);
            if (!OTHER_WORDS.contains(word)) {
                assertThat(keys).contains(word);
                named++;
            }
        }
        assertThat(named).isGreaterThan(40);
    }
}
