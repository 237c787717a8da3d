package io.wheelhouse.sim.scenario;

/** Checks that one key's value is before another's. */
final class Order {
    private Order() {}

    /** Reports at the later key, unless earlier &lt; later. */
    static void before(Scope scope, Key<Long> earlier, Key<Long> later) {
        check(scope, earlier, later, 0, " must be greater than ");
    }

    /** Reports at the later key, unless earlier &lt;= later. */
    static void atMost(Scope scope, Key<Long> earlier, Key<Long> later) {
        check(scope, earlier, later, 1, " must not be less than ");
    }

    private static void check(Scope scope, Key<Long> earlier, Key<Long> later, int first, String rule) {
        Long low = scope.find(earlier);
        Long high = scope.find(later);
        if (low != null && high != null && low.compareTo(high) >= first) {
            scope.problem(
                    scope.at(later),
                    later.name() + " (" + text(later, high) + ")" + rule + earlier.name() + " (" + text(earlier, low)
                            + ")");
        }
    }

    private static String text(Key<Long> key, Long value) {
        return ((ScalarType<Long>) key.type()).write(value).text();
    }
}
