package io.wheelhouse.tcp;

/** Arithmetic of sequence numbers, modulo 2^32 (RFC 9293, section 3.4). Two compared numbers are less than 2^31 apart. */
final class Sequence {
    private Sequence() {}

    static boolean lessThan(int a, int b) {
        return a - b < 0;
    }

    static boolean atMost(int a, int b) {
        return a - b <= 0;
    }

    static boolean greaterThan(int a, int b) {
        return a - b > 0;
    }

    static boolean atLeast(int a, int b) {
        return a - b >= 0;
    }
}
