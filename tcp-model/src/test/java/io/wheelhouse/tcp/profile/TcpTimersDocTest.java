package io.wheelhouse.tcp.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/tcp-timers.md says what the profile files say. {@code -Dwheelhouse.docs.write=true} writes its table of constants
 * anew.
 */
class TcpTimersDocTest {
    private static final String BEGIN = "<!-- constants -->\n";
    private static final String END = "<!-- /constants -->";
    private static final Pattern WORD = Pattern.compile("`([a-z0-9-]+)`");
    private static final List<String> OTHER_WORDS =
            List.of("linux", "one", "timer", "rfc5681", "as-stack", "per-connection", "code");

    private static Path document() {
        Path here = Path.of("docs/tcp-timers.md");
        return Files.exists(here) ? here : Path.of("../docs/tcp-timers.md");
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| constant | profile | value | source |\n| --- | --- | --- | --- |\n");
        for (TcpConstant constant : TcpConstant.values()) {
            String first = "`" + constant.key() + "`";
            for (String name : Profile.names()) {
                Profile profile = Profile.named(name);
                String source = profile.source(constant).replace("|", "\\|");
                table.append("| ").append(first).append(" | ").append(name);
                table.append(" | ").append(profile.text(constant)).append(" | ");
                table.append(source).append(" |\n");
                first = "";
            }
        }
        return table.toString();
    }

    @Test
    void theTableOfConstantsIsThatOfTheProfiles() throws IOException {
        String text = Files.readString(document());
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        if (Boolean.getBoolean("wheelhouse.docs.write")) {
            Files.writeString(document(), text.substring(0, from) + table() + text.substring(to));
        }
        String written = Files.readString(document());
        assertThat(written.substring(from, written.indexOf(END)))
                .as("written anew by -Dwheelhouse.docs.write=true")
                .isEqualTo(table());
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
