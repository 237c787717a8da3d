package io.wheelhouse.sim.scenario;

import java.util.stream.Stream;

/** Checks that one key's value is before another's. */
final class Order {
    private Order() {}

    /** Reports unless earlier &lt; later, at the later one where that was given. */
    static void before(Scope scope, Key<Long> earlier, Key<Long> later) {
        check(scope, earlier, later, 0, scope.at(later, earlier));
    }

    /** Reports unless earlier &lt; later, at the earlier one where that was given. */
    static void below(Scope scope, Key<Long> earlier, Key<Long> later) {
        check(scope, earlier, later, 0, scope.at(earlier, later));
    }

    /** Reports unless earlier &lt;= later, at the later one where that was given. */
    static void atMost(Scope scope, Key<Long> earlier, Key<Long> later) {
        check(scope, earlier, later, 1, scope.at(later, earlier));
    }

    private static void check(Scope scope, Key<Long> earlier, Key<Long> later, int least, Position at) {
        Long low = scope.find(earlier);
        Long high = scope.find(later);
        if (low != null && high != null && low.compareTo(high) >= least) {
            String rule = least == 0 ? " must be less than " : " must not be greater than ";
            scope.problem(given(scope, earlier, later, at), text(earlier, low) + rule + text(later, high));
        }
    }

    /** What the command line says made the two disagree, so that is where the problem is. */
    private static Position given(Scope scope, Key<Long> earlier, Key<Long> later, Position usual) {
        return Stream.of(scope.at(earlier), scope.at(later))
                .filter(Position::isOption)
                .findFirst()
                .orElse(usual);
    }

    private static String text(Key<Long> key, Long value) {
        return key.name() + " (" + ((ScalarType<Long>) key.type()).write(value).text() + ")";
    }
}
