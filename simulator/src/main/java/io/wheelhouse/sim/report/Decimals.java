package io.wheelhouse.sim.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Decimal forms of binary fractions that are the same on every JVM. {@code Double.toString} is not: its shortest form
 * changed between Java 18 and 19 (JDK-4511638). Here the exact value is rounded to a fixed number of places, half to even.
 */
public final class Decimals {
    private Decimals() {}

    /** A finite number with that many decimal places. */
    static BigDecimal of(double value, int places) {
        return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN);
    }

    /** The same as text, without an exponent; what is not finite by its name. */
    public static String text(double value, int places) {
        return Double.isFinite(value) ? of(value, places).toPlainString() : String.valueOf(value);
    }
}
