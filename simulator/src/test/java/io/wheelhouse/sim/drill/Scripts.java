package io.wheelhouse.sim.drill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Scripts for tests. */
final class Scripts {
    /** Recorded: each passes on a Linux kernel. */
    static final List<String> RECORDED = List.of(
            "delack-quickack-then-ato",
            "keepalive-idle2-intvl1-cnt3",
            "orphan-retries-2",
            "persist-answered",
            "rto-backoff-and-karn",
            "syn-retry-linear",
            "tlp-one-segment");

    /** A connection's beginning, for what comes then. */
    static final String ESTABLISHED = """
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
            +0 bind(3, ..., ...) = 0
            +0 listen(3, 1) = 0
            +0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop>
            +0 > S. 0:0(0) ack 1 <...>
            +.1 < . 1:1(0) ack 1 win 32792
            +0 accept(3, ..., ...) = 4
            """;

    private Scripts() {}

    /** The text of a recorded script. */
    static String recorded(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream("/drill/" + name + ".pkt")) {
            if (in == null) {
                throw new AssertionError("no script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    /** Reads a script that must be right. */
    static Script script(String text) {
        Script script = Script.parse(text, "test.pkt");
        if (!script.problems().isEmpty()) {
            throw new AssertionError(script.problems() + "\n" + text);
        }
        return script;
    }
}
