package io.wheelhouse.tcp;

/**
 * Linux's rule for acknowledgments.
 *
 * <p>At the start, and again after a silence longer than the RTO, {@code quick} acknowledgments go out at once. After
 * that an acknowledgment waits for the timeout ATO: 40 ms at first, following the gaps between arriving segments,
 * doubled whenever the timer had to send the acknowledgment, and bounded by max(smoothed round trip, 40 ms) and the
 * maximum. More than one full segment is acknowledged at once if the right edge of the window moves on with it, else when
 * the application reads; and so is what it reads, if that is all there is and a segment was the end of a write, unless the
 * connection is interactive: an end that answers data with data within the ATO is in
 * ping-pong mode, delays every acknowledgment so that its answer can carry it, and leaves the mode when the timer fires.
 * A timer about to expire within a quarter of the ATO is not waited for.
 *
 * <p>What a full segment is, is learnt from what arrives: a larger segment at once, a smaller one at the second of the same
 * size, unless it is the end of a write and so small that it need not have been full.
 *
 * <p>Times are in jiffies. Not modeled: compressed ACKs, and sizes learnt from segments that were put together before TCP saw
 * them.
 *
 * <p>Source: the behaviour of Linux 6.18: tcp_event_data_recv(), tcp_measure_rcv_mss(), tcp_grow_window(),
 * tcp_incr_quickack(), tcp_enter_quickack_mode(), __tcp_ack_snd_check() in net/ipv4/tcp_input.c, tcp_send_delayed_ack(), tcp_event_data_sent(), tcp_event_ack_sent() in tcp_output.c, tcp_delack_timer_handler() in
 * tcp_timer.c, __tcp_cleanup_rbuf() in tcp.c; held against recordings of that kernel.
 */
final class LinuxAcks implements AckPolicy {
    /** rcv_mss before anything arrived: TCP_MSS_DEFAULT of include/net/tcp.h. */
    static final int FIRST_RCV_MSS = 536;

    /** TCP_MIN_MSS: no peer's full segment is smaller. */
    private static final int LEAST_RCV_MSS = 88;

    /** Of so many parts of its buffer the kernel keeps some for data: TCP_RMEM_TO_WIN_SCALE. */
    private static final int SHARES = 256;

    /** So many before it has seen a full segment: TCP_DEFAULT_SCALING_RATIO. */
    private static final int FIRST_SHARES = SHARES / 2;

    /** The bytes of a packet beside its data: headers, and what drivers leave free before them. */
    private static final int HEADER_BYTES = 40 + 64;

    /** The kernel's own behind the data, skb_shared_info, and beside it, sk_buff. */
    private static final int SHARED_INFO_BYTES = 320;

    private static final int SK_BUFF_BYTES = 256;
    private static final int QUICK_MAX = 255;

    /** Times are in milliseconds where the profile keeps exact time. */
    private static final long JIFFY_OF_EXACT_TIME_NS = 1_000_000;

    private final long jiffyNs;
    private final int minJiffies;
    private final int maxJiffies;
    private final int fastMaxJiffies;
    private final int quickAcks;
    private final int pingPongThreshold;

    /**
     * @param minNs the first and least timeout
     * @param maxNs the greatest timeout
     * @param rtoMinNs the floor of the RTO: an acknowledgment is never delayed to within a jiffy of it
     */
    LinuxAcks(long jiffyNs, long minNs, long maxNs, long rtoMinNs, int quickAcks, int pingPongThreshold) {
        this.jiffyNs = jiffyNs == 0 ? JIFFY_OF_EXACT_TIME_NS : jiffyNs;
        this.minJiffies = (int) Math.max(1, minNs / this.jiffyNs);
        this.maxJiffies = (int) Math.max(1, maxNs / this.jiffyNs);
        this.fastMaxJiffies = (int) Math.min(maxJiffies, Math.max(2, rtoMinNs / this.jiffyNs) - 1);
        this.quickAcks = quickAcks;
        this.pingPongThreshold = pingPongThreshold;
    }

    @Override
    public boolean isInteractive(EndRow row) {
        return row.pingPongs() >= pingPongThreshold;
    }

    private int jiffy(long ns) {
        return (int) (ns / jiffyNs);
    }

    @Override
    public void dataArrived(EndContext end, int length, boolean pushed) {
        EndRow row = end.row;
        row.set(EndRow.ACK_SCHEDULED);
        int before = row.rcvMss();
        measureSegment(end, length, pushed);
        int now = jiffy(end.nowNs());
        int ato = row.atoJiffies();
        if (ato == 0) {
            quicken(end);
            row.atoJiffies(minJiffies);
        } else {
            followGap(end, ato, now - row.lastDataJiffy());
        }
        if (row.rcvMss() > before && quickAcks > 0) {
            quickenWhileWindowGrows(end, length);
        }
        row.lastDataJiffy(now);
    }

    /**
     * With a larger segment the kernel learns that its buffer has room for more data than it thought, and lets the window
     * grow: by two segments at each one that arrives, which makes an even count of quick acknowledgments odd, and so takes
     * nothing from it. That they become so many more is all that is modeled. Bounded by {@value #QUICK_MAX} steps.
     */
    private static void quickenWhileWindowGrows(EndContext end, int length) {
        EndRow row = end.row;
        int takes = (Integer.highestOneBit(length + HEADER_BYTES + SHARED_INFO_BYTES - 1) << 1) + SK_BUFF_BYTES;
        int shares = length * SHARES / takes;
        int segment = takes * shares / SHARES;
        boolean pauses = row.isMarked(EndRow.PAUSED);
        long room = (long) end.settings().receiveSpace * shares / FIRST_SHARES - segment - (pauses ? row.unread() : 0);
        long window = end.window();
        int grown = 0;
        while (window < room && grown < QUICK_MAX) {
            window = Math.min(room, window + 2L * end.settings().receivedMssMax);
            room -= pauses ? segment : 0;
            grown++;
        }
        int quick = row.quickAcks();
        row.quickAcks(Math.min(QUICK_MAX, quick + Math.max(0, grown - (quick & 1))));
    }

    /** What a full segment of the peer is held to be at first: tcp_initialize_rcv_mss(). */
    static int firstRcvMss(int mss, int window) {
        return Math.max(LEAST_RCV_MSS, Math.min(Math.min(mss, window / 2), FIRST_RCV_MSS));
    }

    private static void measureSegment(EndContext end, int length, boolean pushed) {
        EndRow row = end.row;
        int before = row.lastSegmentSize();
        row.lastSegmentSize(0);
        if (length >= row.rcvMss()) {
            row.rcvMss(Math.min(length, end.settings().receivedMssMax));
            if (pushed) {
                row.set(EndRow.ACK_PUSHED);
            }
            return;
        }
        // the kernel compares the header and its options in, but without what it takes for options that come and go
        int options = end.settings().optionBytes;
        boolean mayBeFull = length + options >= FIRST_RCV_MSS || (length + options >= LEAST_RCV_MSS && !pushed);
        if (mayBeFull) {
            row.lastSegmentSize(length);
            if (length == before) {
                row.rcvMss(length);
                return;
            }
        }
        if (row.is(EndRow.ACK_PUSHED)) {
            row.set(EndRow.ACK_PUSHED_TWICE);
        }
        row.set(EndRow.ACK_PUSHED);
    }

    private void followGap(EndContext end, int ato, int gap) {
        EndRow row = end.row;
        int rto = rtoJiffies(end);
        if (gap <= minJiffies / 2) {
            row.atoJiffies((ato >> 1) + minJiffies / 2);
        } else if (gap < ato) {
            row.atoJiffies(Math.min((ato >> 1) + gap, rto));
        } else if (gap > rto) {
            quicken(end);
        }
    }

    private int rtoJiffies(EndContext end) {
        return (int) (end.rtoNs() / jiffyNs);
    }

    private void quicken(EndContext end) {
        int quick = end.lastOffered() / (2 * end.row.rcvMss());
        int bounded = Math.min(quick == 0 ? 2 : quick, quickAcks);
        if (bounded > end.row.quickAcks()) {
            end.row.quickAcks(bounded);
        }
    }

    @Override
    public void dataArrivedEarly(EndContext end, int length, boolean pushed) {
        measureSegment(end, length, pushed);
    }

    @Override
    public void dataArrivedAgain(EndContext end) {
        quicken(end);
        end.row.pingPongs(0);
        end.row.atoJiffies(minJiffies);
    }

    @Override
    public void finArrived(EndContext end) {
        EndRow row = end.row;
        row.set(EndRow.ACK_SCHEDULED);
        // tcp_fin(), net/ipv4/tcp_input.c: what a SACK option would have said is forgotten
        row.unmark(EndRow.TWICE);
        if (row.state() == TcpState.CLOSE_WAIT) {
            // An end that hears of the close is expected to close too: its FIN shall carry the acknowledgment.
            row.pingPongs(pingPongThreshold);
        } else {
            row.set(EndRow.ACK_NOW);
        }
    }

    @Override
    public void decide(EndContext end, boolean gapsRemain) {
        EndRow row = end.row;
        if (!row.is(EndRow.ACK_SCHEDULED)) {
            return;
        }
        boolean enough = overOneSegment(row) && end.edgeMovesOn();
        boolean quick = row.quickAcks() > 0 && !isInteractive(row);
        if (enough || quick || gapsRemain || row.is(EndRow.ACK_NOW)) {
            end.sendAck();
        } else {
            delay(end);
        }
    }

    private static boolean overOneSegment(EndRow row) {
        return row.rcvNxt() - row.rcvAcked() > row.rcvMss();
    }

    private void delay(EndContext end) {
        EndRow row = end.row;
        long nowNs = end.nowNs();
        int ato = boundedAto(end);
        long deadlineNs = nowNs + ato * jiffyNs;
        if (row.isArmed(TcpTimer.DELAYED_ACK)) {
            long armedNs = row.deadlineNs(TimerSlot.ACK);
            if (jiffy(armedNs) - jiffy(nowNs) <= ato >> 2) {
                end.sendAck();
                return;
            }
            if (armedNs <= deadlineNs) {
                return;
            }
        }
        end.timers.arm(TcpTimer.DELAYED_ACK, deadlineNs);
    }

    private int boundedAto(EndContext end) {
        EndRow row = end.row;
        int ato = row.atoJiffies();
        if (ato > minJiffies) {
            int max = maxJiffies;
            if (end.settings().estimator.hasSample(row.ints(), row.estimatorBase())) {
                long srttNs = end.settings().estimator.srttNs(row.ints(), row.estimatorBase());
                int srtt = (int) ((srttNs + jiffyNs - 1) / jiffyNs);
                max = Math.min(max, Math.max(srtt, minJiffies));
            }
            ato = Math.min(ato, max);
        }
        return Math.min(ato, fastMaxJiffies);
    }

    @Override
    public void applicationRead(EndContext end) {
        EndRow row = end.row;
        if (!row.is(EndRow.ACK_SCHEDULED)) {
            return;
        }
        boolean small = row.is(EndRow.ACK_PUSHED_TWICE) || (row.is(EndRow.ACK_PUSHED) && !isInteractive(row));
        if (overOneSegment(row) || (small && row.unread() == 0)) {
            end.sendAck();
        }
    }

    @Override
    public void acknowledged(EndContext end) {
        EndRow row = end.row;
        int quick = row.quickAcks();
        if (row.is(EndRow.ACK_SCHEDULED) && quick > 0) {
            row.quickAcks(quick - 1);
            if (quick == 1) {
                row.atoJiffies(minJiffies);
            }
        }
        row.clear(EndRow.ACK_SCHEDULED | EndRow.ACK_NOW | EndRow.ACK_PUSHED | EndRow.ACK_PUSHED_TWICE);
        end.timers.cancel(TcpTimer.DELAYED_ACK);
    }

    @Override
    public void dataSent(EndContext end) {
        EndRow row = end.row;
        int ato = row.atoJiffies();
        if (ato > 0 && jiffy(end.nowNs()) - row.lastDataJiffy() < ato) {
            row.pingPongs(row.pingPongs() + 1);
        }
    }

    /** __tcp_sock_set_quickack(), net/ipv4/tcp.c. */
    @Override
    public void quickAsked(EndContext end, int value) {
        EndRow row = end.row;
        if (value == 0) {
            row.pingPongs(pingPongThreshold);
            return;
        }
        row.pingPongs(0);
        boolean open = row.state() == TcpState.ESTABLISHED || row.state() == TcpState.CLOSE_WAIT;
        if (open && row.is(EndRow.ACK_SCHEDULED)) {
            row.set(EndRow.ACK_PUSHED);
            applicationRead(end);
            row.pingPongs((value & 1) == 0 ? pingPongThreshold : 0);
        }
    }

    @Override
    public void timerFired(EndContext end) {
        EndRow row = end.row;
        if (isInteractive(row)) {
            row.pingPongs(0);
            row.atoJiffies(minJiffies);
        } else {
            row.atoJiffies(Math.min(row.atoJiffies() << 1, rtoJiffies(end)));
        }
        end.count(TcpCount.DELAYED_ACKS);
        end.sendAck();
    }
}
