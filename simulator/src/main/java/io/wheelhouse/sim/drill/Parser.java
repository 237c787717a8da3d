package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Packet;
import io.wheelhouse.sim.drill.Cursor.GivenUp;
import io.wheelhouse.sim.drill.EventTime.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads scripts: options, commands before the first event, events, commands at the end. The grammar is packetdrill's
 * (Cardwell and others, "packetdrill: Scriptable Network Stack Testing", USENIX ATC 2013, and its documentation); what
 * lies outside of the modeled subset is noted and left out. After a mistake the parser goes on with the next line that
 * begins an event, so all mistakes are reported at once. Recursion is bounded by {@link CallParser#DEEPEST}.
 */
final class Parser {
    private static final EventTime AT_ONCE = new EventTime(Kind.RELATIVE, 0, 0);
    private static final BigDecimal NS_PER_S = BigDecimal.valueOf(1_000_000_000);
    /** Three years: longer than any timer, and far from overflow. */
    private static final BigDecimal LONGEST_S = BigDecimal.valueOf(100_000_000);

    private static final int LONGEST_NUMBER = 40;

    private final String source;
    private final Trouble trouble;
    private final Cursor cursor;
    private final PacketParser packets;
    private final CallParser calls;
    private final ShellCommands shell;
    private final ScriptOptions options;
    private final List<Event> events = new ArrayList<>();

    Parser(String text, String source) {
        this.source = source;
        trouble = new Trouble(source);
        cursor = new Cursor(Lexer.tokens(text, trouble), trouble);
        packets = new PacketParser(cursor);
        calls = new CallParser(cursor);
        shell = new ShellCommands(trouble);
        options = new ScriptOptions(trouble);
    }

    Script script() {
        while (cursor.peek().is(Token.Kind.OPTION)) {
            options.add(cursor.take());
        }
        while (!cursor.atEnd()) {
            try {
                event();
            } catch (GivenUp e) {
                cursor.skipToNextEvent();
            }
        }
        if (events.isEmpty()
                && trouble.problems().isEmpty()
                && trouble.unsupported().isEmpty()) {
            trouble.malformed(
                    cursor.peek(),
                    "expected an event such as '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3'"
                            + ", found the end of the script");
        }
        new SubsetCheck(trouble, options.mss()).check(events);
        return new Script(source, options, events, trouble);
    }

    private void event() {
        Token first = cursor.peek();
        if (first.is(Token.Kind.COMMAND)) {
            events.add(new Event(first.line(), first.column(), AT_ONCE, command()));
            return;
        }
        if (first.is(Token.Kind.OPTION)) {
            throw cursor.malformed(first, "options stand before the first event; found " + first.shown() + " here");
        }
        EventTime time = time();
        Action action = action();
        boolean expectsPacket = action instanceof Packet packet && packet.outbound();
        if ((time.isRange() || time.kind() == Kind.ANY) && !expectsPacket) {
            throw cursor.malformed(first, "only expected packets ('>') may have a range of times or '*'");
        }
        events.add(new Event(first.line(), first.column(), time, action));
    }

    private EventTime time() {
        if (cursor.taken('*')) {
            return new EventTime(Kind.ANY, 0, 0);
        }
        Token first = cursor.peek();
        boolean relative = cursor.taken('+');
        long startNs = duration("a time such as '+.1', '2.5' or '*'");
        if (!cursor.taken('~')) {
            return new EventTime(relative ? Kind.RELATIVE : Kind.ABSOLUTE, startNs, startNs);
        }
        if (relative) {
            cursor.expect('+');
        }
        long endNs = duration("the end of a range of times");
        if (endNs < startNs) {
            throw cursor.malformed(first, "the range of times ends before it begins");
        }
        return new EventTime(relative ? Kind.RELATIVE_RANGE : Kind.ABSOLUTE_RANGE, startNs, endNs);
    }

    private long duration(String what) {
        Token token = cursor.peek();
        if (!token.is(Token.Kind.INTEGER) && !token.is(Token.Kind.FLOAT)) {
            throw cursor.unexpected(what);
        }
        cursor.take();
        if (token.text().length() > LONGEST_NUMBER) {
            throw cursor.malformed(token, "a time has at most " + LONGEST_NUMBER + " digits");
        }
        BigDecimal seconds = new BigDecimal(token.text());
        if (seconds.signum() < 0 || seconds.compareTo(LONGEST_S) > 0) {
            throw cursor.malformed(
                    token, "expected seconds from 0 to " + LONGEST_S.toPlainString() + ", found " + token.shown());
        }
        return seconds.multiply(NS_PER_S).longValue();
    }

    private Action action() {
        Token token = cursor.peek();
        if (token.isMark('<') || token.isMark('>')) {
            return packets.packet();
        }
        return switch (token.kind()) {
            case COMMAND -> command();
            case CODE -> new Action.Code(new CodeParser(cursor.take(), trouble).statements());
            case WORD -> calls.call(-1);
            case ELLIPSIS -> {
                cursor.take();
                yield calls.call(duration("when the call returns"));
            }
            default -> throw cursor.unexpected("'<', '>', a system call, a command in backquotes or code in %{ }%");
        };
    }

    private Action command() {
        Token token = cursor.take();
        Action.Sockets sockets = Sockstat.read(token.text());
        return sockets != null ? sockets : shell.read(token);
    }
}
