package io.wheelhouse.tcp;

/**
 * How a receiver avoids the silly window syndrome: which window it offers when its buffer is partly full, and when the
 * application's reading is worth a segment (RFC 1122, section 4.2.3.3). Pure functions.
 */
enum WindowRule {
    /** RFC 9293, section 3.8.6.2.2: opens by half the buffer or a segment, whichever is less. */
    RFC1122 {
        @Override
        int offered(int freeBytes, int bufferBytes, int mss, int standing, int last, int shift) {
            return freeBytes - standing >= Math.min(bufferBytes / 2, mss) ? freeBytes : standing;
        }

        @Override
        boolean isWorthTelling(int offered, int standing, int bufferBytes, int mss) {
            return offered > standing;
        }
    },
    /**
     * Linux 6.18: __tcp_select_window(), tcp_select_initial_window() in net/ipv4/tcp_output.c, tcp_init_buffer_space(),
     * tcp_sequence() in tcp_input.c, __tcp_cleanup_rbuf() in tcp.c.
     */
    LINUX {
        @Override
        int offered(int freeBytes, int bufferBytes, int mss, int standing, int last, int shift) {
            int segment = Math.min(mss, bufferBytes);
            int free = freeBytes;
            if (isTight(free, bufferBytes)) {
                free &= -(1 << shift);
                if (free < bufferBytes >> 4 || free < segment) {
                    return 0;
                }
            }
            if (shift > 0 || (last > free - segment && last <= free)) {
                boolean wholeBuffer = shift == 0 && segment == bufferBytes && free > last + (bufferBytes >> 1);
                return shift > 0 || wholeBuffer ? free : last;
            }
            return free / segment * segment;
        }

        @Override
        boolean isTight(int freeBytes, int bufferBytes) {
            return freeBytes < bufferBytes >> 1;
        }

        @Override
        boolean countsPeersSegments() {
            return true;
        }

        @Override
        boolean takesWhole() {
            return true;
        }

        @Override
        int firstOffer(int spaceBytes, int segmentBytes) {
            return spaceBytes > segmentBytes ? spaceBytes / segmentBytes * segmentBytes : spaceBytes;
        }

        // A segment's room stays in reserve.
        @Override
        int most(int spaceBytes, int segmentBytes) {
            return spaceBytes > 2 * segmentBytes ? Math.max(2 * segmentBytes, spaceBytes - segmentBytes) : spaceBytes;
        }

        @Override
        boolean isWorthTelling(int offered, int standing, int bufferBytes, int mss) {
            return offered > 0 && 2L * standing <= bufferBytes && offered >= 2L * standing;
        }
    },
    /** FreeBSD 14: tcp_output(), sys/netinet/tcp_output.c. */
    FREEBSD {
        @Override
        int offered(int freeBytes, int bufferBytes, int mss, int standing, int last, int shift) {
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
     * @param last what was offered last
     * @param shift the bits that the window is shifted by on the wire
     */
    abstract int offered(int freeBytes, int bufferBytes, int mss, int standing, int last, int shift);

    /** Whether so little is free that the sender had better not be hurried by quick acknowledgments. */
    boolean isTight(int freeBytes, int bufferBytes) {
        return false;
    }

    /** Whether a segment is what the peer is seen to send, rather than what it may. */
    boolean countsPeersSegments() {
        return false;
    }

    /** Whether a segment that reaches beyond the window is taken whole if nothing waits to be read, and else not at all. */
    boolean takesWhole() {
        return false;
    }

    /** What a SYN offers of a buffer that has so much room for data. */
    int firstOffer(int spaceBytes, int segmentBytes) {
        return spaceBytes;
    }

    /** The most that is offered later of the same. */
    int most(int spaceBytes, int segmentBytes) {
        return spaceBytes;
    }

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
