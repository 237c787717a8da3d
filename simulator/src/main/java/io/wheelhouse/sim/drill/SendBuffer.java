package io.wheelhouse.sim.drill;

import io.wheelhouse.tcp.SoloEnd;

/**
 * What an application may hand over before it must wait: all there is, unless it has set SO_SNDBUF. Linux keeps data in
 * buffers of up to half the largest window offered; while less than the limit is queued a new one may be begun, and who
 * waits goes on when two thirds of the limit are left.
 *
 * <p>Source: tcp_sendmsg_locked(), net/ipv4/tcp.c; sk_stream_memory_free(), sk_stream_min_wspace(), include/net/sock.h.
 */
final class SendBuffer {
    /** SOCK_MIN_SNDBUF, include/net/sock.h. */
    private static final long LEAST = 4_608;
    /** What a buffer takes beside its data, about. */
    private static final long OVERHEAD = 1_280;
    /** net.core.wmem_max of Linux 6.18. */
    private static final long WMEM_MAX = 4L << 20;

    private final SoloEnd end;
    private final Facts facts;
    private long limit;
    private long taken;
    private boolean waits;

    SendBuffer(SoloEnd end, Facts facts) {
        this.end = end;
        this.facts = facts;
    }

    /** Sets SO_SNDBUF; returns what the kernel makes of it. */
    long limit(long asked) {
        limit = Math.max(LEAST, 2 * Math.min(asked, WMEM_MAX));
        return limit;
    }

    /**
     * Hands over as much as there is room for, as part of one call that may be repeated until all is taken.
     *
     * @return how many bytes of the call have been taken so far
     */
    long write(long bytes, boolean more) {
        if (limit == 0) {
            end.write(Math.min(bytes, Integer.MAX_VALUE), more);
            return bytes;
        }
        while (taken < bytes && hasRoom()) {
            long piece = Math.min(bytes - taken, room());
            end.write(piece, more || taken + piece < bytes);
            taken += piece;
        }
        waits = taken < bytes;
        return taken;
    }

    /** The call that wrote is over. */
    void done() {
        taken = 0;
        waits = false;
    }

    private long bufferBytes() {
        long mss = facts.maxSegment(0);
        return Math.max(mss, facts.largestWindow() / 2 / mss * mss);
    }

    /** What still fits into the last buffer, or a new one. */
    private long room() {
        long size = bufferBytes();
        return size - end.info().notSentBytes() % size;
    }

    private boolean hasRoom() {
        boolean lastHasRoom = end.info().notSentBytes() % bufferBytes() > 0;
        return waits ? isWritable() : lastHasRoom || queued() < limit;
    }

    private long queued() {
        long bytes = end.info().queuedBytes();
        long buffers = (bytes + bufferBytes() - 1) / bufferBytes();
        return bytes + buffers * OVERHEAD;
    }

    /** Whether so much is free that poll() says so. */
    boolean isWritable() {
        return limit == 0 || 3 * queued() <= 2 * limit;
    }
}
