package io.wheelhouse.sim.drill;

import java.util.List;
import java.util.Objects;

/** The arguments of a call, after {@link SubsetCheck} has found them fit. */
final class Arguments {
    private final List<Expression> all;

    Arguments(List<Expression> all) {
        this.all = all;
    }

    /** A number; -1 if there is none at that place. */
    long number(int position) {
        return position < all.size() ? Objects.requireNonNullElse(Symbols.number(all.get(position)), -1L) : -1;
    }

    /** Whether a number has a flag. */
    boolean has(int position, long flag) {
        return position < all.size() && number(position) >= 0 && (number(position) & flag) != 0;
    }

    boolean isWord(int position, String word) {
        return position < all.size() && word(position).equals(word);
    }

    /** A name, or the only one in brackets; empty if there is none at that place. */
    String word(int position) {
        Expression at = position < all.size() ? all.get(position) : new Expression.Whatever();
        if (at instanceof Expression.Array array && array.items().size() == 1) {
            at = array.items().get(0);
        }
        return at instanceof Expression.Word word ? word.text() : "";
    }

    List<Expression> array(int position) {
        return position < all.size() && all.get(position) instanceof Expression.Array array ? array.items() : List.of();
    }

    Expression get(int position) {
        return all.get(position);
    }

    /** The {@code MSG_} flags of a call that reads or writes; 0 if it takes none. */
    long flags(String call) {
        int position = flagsPosition(call);
        return position < 0 ? 0 : Math.max(0, number(position));
    }

    static int flagsPosition(String call) {
        return switch (call) {
            case "send", "sendto", "recv", "recvfrom" -> 3;
            case "sendmsg", "recvmsg" -> 2;
            default -> -1;
        };
    }

    /** The bytes to read or write. */
    long bytes(String call) {
        return switch (call) {
            case "readv", "writev" -> bytes(array(1));
            case "sendmsg", "recvmsg" -> messageBytes();
            default -> Math.max(0, number(2));
        };
    }

    private long messageBytes() {
        Expression iov = all.get(1) instanceof Expression.Struct message ? message.field("msg_iov") : null;
        return iov instanceof Expression.Array array ? bytes(array.items()) : 0;
    }

    /** The sum of the lengths in {@code [{..., 10}, {..., 20}]}. */
    private static long bytes(List<Expression> pieces) {
        long sum = 0;
        for (Expression piece : pieces) {
            if (piece instanceof Expression.Struct struct && struct.fields().size() == 2) {
                Long length = Symbols.number(struct.fields().get(1));
                sum += length == null ? 0 : Math.max(0, Math.min(length, Integer.MAX_VALUE));
            }
        }
        return sum;
    }
}
