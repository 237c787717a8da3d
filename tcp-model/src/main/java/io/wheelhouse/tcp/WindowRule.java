package io.wheelhouse.tcp;

/**
 * How a receiver avoids the silly window syndrome: which window it offers when its buffer is partly full, and when the
 * application's reading is worth a segment (RFC 1122, section 4.2.3.3). Pure functions.
 */
enum WindowRule {
    /** RFC 9293, section 3.8.6.2.2: opens by half the buffer or a segment, whichever is less. */
    RFC1122 {
        @Override
        int offered(int freeBytes, int bufferBytes, int mss, int standing) {
            return freeBytes - standing >= Math.min(bufferBytes / 2, mss) ? freeBytes : standing;
        }

        @Override
        boolean isWorthTelling(int offered, int standing, int bufferBytes, int mss) {
            return offered > standing;
        }
    },
    /** Linux 6.18: __tcp_select_window() in net/ipv4/tcp_output.c, __tcp_cleanup_rbuf() in net/ipv4/tcp.c. */
    LINUX {
        @Override
        int offered(int freeBytes, int bufferBytes, int mss, int standing) {
            boolean silly = freeBytes < bufferBytes >> 4 || freeBytes < Math.min(mss, bufferBytes);
            return freeBytes < bufferBytes / 2 && silly ? 0 : freeBytes;
        }

        @Override
        boolean isWorthTelling(int offered, int standing, int bufferBytes, int mss) {
            return offered > 0 && 2L * standing <= bufferBytes && offered >= 2L * standing;
        }
    },
    /** FreeBSD 14: tcp_output(), sys/netinet/tcp_output.c. */
    FREEBSD {
        @Override
        int offered(int freeBytes, int bufferBytes, int mss, int standing) {
            return freeBytes < bufferBytes / 4 && freeBytes < mss ? 0 : freeBytes;
        }

        @Override
        boolean isWorthTelling(int offered, int standing, int bufferBytes, int mss) {
            int opening = offered - standing;
            return opening >= 2L * mss
                    && (opening >= bufferBytes / 4 || offered <= bufferBytes / 8 || bufferBytes <= 8L * mss);
        }

        // Whole segments: tcp_mss(), sys/netinet/tcp_input.c.
        @Override
        int bufferBytes(int configuredBytes, int segmentBytes) {
            return configuredBytes <= segmentBytes
                    ? configuredBytes
                    : (configuredBytes + segmentBytes - 1) / segmentBytes * segmentBytes;
        }
    };

    /**
     * The window to offer, if nothing has been offered beyond it.
     *
     * @param freeBytes what the buffer has room for
     * @param standing the part of what was offered before that has not been used up
     */
    abstract int offered(int freeBytes, int bufferBytes, int mss, int standing);

    /** Whether a window that reading has opened is worth a segment of its own. */
    abstract boolean isWorthTelling(int offered, int standing, int bufferBytes, int mss);

    /** What a buffer holds that was asked to be of some size, on a path with segments of some size, options included. */
    int bufferBytes(int configuredBytes, int segmentBytes) {
        return configuredBytes;
    }

    static WindowRule named(String name) {
        return switch (name) {
            case "rfc1122" -> RFC1122;
            case "linux" -> LINUX;
            case "freebsd" -> FREEBSD;
            default -> throw new AssertionError("window-rule " + name);
        };
    }
}
