package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Call;
import io.wheelhouse.sim.drill.Expression.Apply;
import io.wheelhouse.sim.drill.Expression.Array;
import io.wheelhouse.sim.drill.Expression.Assignment;
import io.wheelhouse.sim.drill.Expression.Int;
import io.wheelhouse.sim.drill.Expression.Or;
import io.wheelhouse.sim.drill.Expression.Struct;
import io.wheelhouse.sim.drill.Expression.Text;
import io.wheelhouse.sim.drill.Expression.Whatever;
import io.wheelhouse.sim.drill.Expression.Word;
import io.wheelhouse.sim.drill.Token.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code write(4, ..., 1000) = 1000} and its like. */
final class CallParser {
    /** Brackets within brackets. */
    static final int DEEPEST = 32;

    /** The calls that the model answers. */
    private static final Set<String> MODELED = Set.of(
            "socket",
            "bind",
            "listen",
            "accept",
            "accept4",
            "connect",
            "read",
            "write",
            "readv",
            "writev",
            "send",
            "sendto",
            "sendmsg",
            "recv",
            "recvfrom",
            "recvmsg",
            "fcntl",
            "ioctl",
            "close",
            "shutdown",
            "getsockopt",
            "setsockopt",
            "poll");

    private static final Map<String, String> OTHER = other();

    private final Cursor cursor;
    private int depth;

    CallParser(Cursor cursor) {
        this.cursor = cursor;
    }

    private static Map<String, String> other() {
        Map<String, String> all = new TreeMap<>();
        for (String name : List.of("epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait")) {
            all.put(name, "epoll");
        }
        for (String name : List.of("sendfile", "splice", "vmsplice", "tee", "pipe", "open", "socketpair", "select")) {
            all.put(name, name);
        }
        for (String name : List.of("psp_tx_assoc", "psp_rx_assoc", "psp_key_rotate")) {
            all.put(name, "PSP");
        }
        for (String name : List.of("sctp_bindx", "sctp_connectx", "sctp_sendmsg", "sctp_recvmsg", "sctp_send")) {
            all.put(name, "SCTP");
        }
        return Collections.unmodifiableMap(all);
    }

    /** A call, from its name on. */
    Call call(long endNs) {
        depth = 0;
        Token name = cursor.expect(Kind.WORD, "a system call");
        String construct = OTHER.get(name.text());
        if (construct != null) {
            throw cursor.outside(name, construct);
        }
        if (!MODELED.contains(name.text())) {
            Set<String> names = new TreeSet<>(MODELED);
            names.addAll(OTHER.keySet());
            throw cursor.unknown(name, "system call", names);
        }
        cursor.expect('(');
        List<Expression> arguments = list(')');
        cursor.expect('=');
        Expression result = expression();
        String error = error();
        note();
        return new Call(name.text(), arguments, endNs, result, error);
    }

    private @Nullable String error() {
        Token token = cursor.peek();
        if (!token.is(Kind.WORD) || token.leads()) {
            return null;
        }
        cursor.take();
        if (!Errno.isKnown(token.text())) {
            throw cursor.unknown(token, "error", Errno.names());
        }
        return token.text();
    }

    /** {@code (Connection timed out)}: words for the reader. */
    private void note() {
        if (!cursor.peek().isMark('(') || cursor.peek().leads()) {
            return;
        }
        Token open = cursor.take();
        while (!cursor.taken(')')) {
            if (cursor.atEnd() || cursor.peek().line() != open.line()) {
                throw cursor.malformed(open, "expected ')' on the same line");
            }
            cursor.take();
        }
    }

    /** Expressions up to a closing mark, which is taken. */
    private List<Expression> list(char close) {
        List<Expression> items = new ArrayList<>();
        if (cursor.taken(close)) {
            return items;
        }
        do {
            items.add(expression());
        } while (cursor.taken(','));
        cursor.expect(close);
        return List.copyOf(items);
    }

    private Expression expression() {
        if (++depth > DEEPEST) {
            throw cursor.malformed(cursor.peek(), "more than " + DEEPEST + " brackets within brackets");
        }
        Expression left = primary();
        if (cursor.taken('|')) {
            left = new Or(left, expression());
        } else if ((left instanceof Word || left instanceof Apply) && depth > 1 && cursor.taken('=')) {
            left = new Assignment(left, expression());
        }
        depth--;
        return left;
    }

    private Expression primary() {
        return switch (cursor.peek().kind()) {
            case ELLIPSIS -> {
                cursor.take();
                yield new Whatever();
            }
            case INTEGER, HEX -> new Int(cursor.anyNumber());
            case STRING -> text();
            case ADDRESS -> new Text(cursor.take().text());
            case WORD -> word();
            default -> bracketed();
        };
    }

    private Expression bracketed() {
        if (cursor.taken('[')) {
            return new Array(list(']'));
        }
        if (cursor.taken('{')) {
            return new Struct(list('}'));
        }
        throw cursor.unexpected("a value: a number, a name, '...', a string, '[' or '{'");
    }

    private Expression text() {
        StringBuilder all = new StringBuilder();
        while (cursor.peek().is(Kind.STRING)) {
            all.append(cursor.take().text());
        }
        if (cursor.peek().is(Kind.ELLIPSIS)) {
            cursor.take();
        }
        return new Text(all.toString());
    }

    private Expression word() {
        Token word = cursor.take();
        if (cursor.peek().isMark('(') && !cursor.peek().leads()) {
            cursor.take();
            return new Apply(word.text(), list(')'));
        }
        return new Word(word.text());
    }
}
