package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.Profile;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an end still knows when it sends again after everything was acknowledged. */
class KeptFactsTest {
    private static final String ESTABLISHED_AFTER_100_MS = """
            0 < S 0:0(0) win 65535
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            """;

    private static Drill linux(Map<String, String> settings) {
        return Drill.of(Profile.named("linux")
                .with(Map.of("timestamps", "off", "mss", "1000", "nagle", "off"))
                .with(settings));
    }

    /** RACK's round-trip time tells at a timeout which segments may still be on their way. */
    @Test
    void theRoundTripTimeOfRack() {
        linux(Map.of("tail-loss-probe", "off")).run(ESTABLISHED_AFTER_100_MS + """
                0.5 write 10
                0.5 > P. 1:11(10) ack 1
                0.6 < . 1:1(0) ack 11
                1 write 1000
                1 > P. 11:1011(1000) ack 1
                1.28 write 1000
                1.28 > P. 1011:2011(1000) ack 1
                1.3 > P. 11:1011(1000) ack 1
                1.37 < . 1:1(0) ack 1011
                1.38 < . 1:1(0) ack 2011
                """);
    }

    /** The first ten segments of a connection go unpaced, not the first after each pause. */
    @Test
    void howManySegmentsWentUnpaced() {
        StringBuilder script = new StringBuilder(ESTABLISHED_AFTER_100_MS);
        for (int i = 0; i < 10; i++) {
            double at = 1 + 0.15 * i;
            script.append(String.format(Locale.ROOT, "%.3f write 100\n", at));
            script.append(String.format(Locale.ROOT, "%.3f > P. %d:%d(100) ack 1\n", at, 1 + 100 * i, 101 + 100 * i));
            script.append(String.format(Locale.ROOT, "%.3f < . 1:1(0) ack %d\n", at + 0.1, 101 + 100 * i));
        }
        // a window of ten in 50 ms, at twice the rate; time unused makes up for half of a wait
        linux(Map.of("pacing", "on")).run(script + """
                2.5 write 3000
                2.5 > . 1001:2001(1000) ack 1
                2.5025 > . 2001:3001(1000) ack 1
                2.5075 > P. 3001:4001(1000) ack 1
                """);
    }
}
