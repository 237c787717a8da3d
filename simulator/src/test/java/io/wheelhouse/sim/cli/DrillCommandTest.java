package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code drill} prints, and what it ends with. */
final class DrillCommandTest {
    private static final String PASSES = """
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
            +0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
            +0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
            +0 > S 0:0(0) <...>
            """;
    private static final String FAILS = PASSES + "+0 > S 0:0(0) <...>\n";
    private static final String SKIPPED = PASSES + "+0 epoll_create(1) = 4\n";

    @TempDir
    Path temp;

    private final TestConsole console = new TestConsole(TestConsole.NO_ENGINE);

    private int drill(String... arguments) {
        return console.run(
                Stream.concat(Stream.of("drill"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text).toString();
    }

    @Test
    @DisplayName("counts at the end; 0 if none failed, with skips by construct")
    void passes() throws IOException {
        String passing = file("a.pkt", PASSES);
        String skipped = file("b.pkt", SKIPPED);
        assertThat(drill(passing, skipped)).isEqualTo(ExitCode.OK);
        assertThat(console.out())
                .isEqualTo(passing + ": passed\n" + skipped
                        + ":5: skipped: epoll is not modeled\nskipped 1: epoll\n1 passed, 0 failed, 1 skipped\n");
    }

    @Test
    @DisplayName("4 if a script failed, with its line, what was expected, what came and when")
    void fails() throws IOException {
        String failing = file("a.pkt", FAILS);
        assertThat(drill("--wheel=linux-hz250", failing)).isEqualTo(ExitCode.NOT_MET);
        assertThat(console.out())
                .startsWith(failing + ":5: failed: differs in time\n"
                        + "  expected  > S 0:0(0) <...> at 0.000000 s, give or take 0.004000 s\n"
                        + "  sent      > S 0:0(0) win 64240 ")
                .endsWith("0 passed, 1 failed, 0 skipped\n");
    }

    @Test
    @DisplayName("3 if a script is malformed, with file, line and column; the others are run all the same")
    void malformed() throws IOException {
        String malformed = file("a.pkt", "0 > Q 0:0(0)\n+0 sokcet(1) = 2\n");
        assertThat(drill(malformed, file("b.pkt", FAILS))).isEqualTo(ExitCode.INVALID);
        assertThat(console.err())
                .startsWith(malformed + ":1:5: expected flags")
                .contains(malformed + ":2:4: unknown system call 'sokcet'; did you mean 'socket'?");
        assertThat(console.out()).endsWith("0 passed, 1 failed, 0 skipped, 1 malformed\n");
        assertThat(drill(temp.resolve("none.pkt").toString())).isEqualTo(ExitCode.INVALID);
        assertThat(console.err()).endsWith("none.pkt: no such file\n");
    }

    @Test
    @DisplayName("2 for wheels, profiles and options that there are not")
    void usage() throws IOException {
        String passing = file("a.pkt", PASSES);
        assertThat(drill("--wheel=round", passing)).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("--wheel must be one of exact, linux-hz250: round");
        assertThat(drill("--profile=plan9", passing)).isEqualTo(ExitCode.USAGE);
        assertThat(drill("--pcap=x.pcapng", passing, passing)).isEqualTo(ExitCode.USAGE);
        assertThat(drill()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    @DisplayName("--verbose tells what happened, --pcap saves it")
    void verbose() throws IOException {
        Path capture = temp.resolve("a.pcapng");
        assertThat(drill("--verbose", "--pcap=" + capture, file("a.pkt", PASSES)))
                .isEqualTo(ExitCode.OK);
        assertThat(console.out())
                .contains("  0.000000  connect() = -1 EINPROGRESS (Operation now in progress)\n  0.000000  > S 0:0(0)");
        assertThat(Files.readAllBytes(capture)).startsWith(0x0A, 0x0D, 0x0D, 0x0A);
    }
}
