package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.GiveUp;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.profile.RttEstimator;
import io.wheelhouse.tcp.profile.TcpConstant;
import io.wheelhouse.tcp.profile.ValueKind;

/**
 * The constants of one end of a group's connections, resolved once: its profile's, and what the two ends' options agree
 * on. Immutable.
 */
final class EndSettings {
    /** A timestamps option with its padding takes so many bytes of each segment (RFC 7323, appendix A). */
    private static final int TIMESTAMPS_BYTES = 12;

    /** What the window field holds (RFC 9293, section 3.1). */
    static final int UNSCALED_WINDOW_MAX = 65_535;

    final RttEstimator estimator;
    final GiveUp giveUp;
    final CongestionControl congestion;
    final AckPolicy acks;
    final RttSampling sampling;
    /** Whether sending goes Linux's way in all that {@link PredictedAck} and {@link PredictedWrite} do. */
    final boolean predicts;

    final long jiffyNs;
    final boolean sharesLikeLinux;
    final boolean sharesOneEntry;
    final boolean readsAtOnce;
    final int mss;
    /** The largest segment that the peer may send us. */
    final int receivedMssMax;
    /** The most that is offered, before it is rounded to what the field can say. */
    final int windowMax;
    /** What the receive buffer is held to have room for before anything has arrived. */
    final int receiveSpace;
    /** What the receive buffer holds: the window, and more where the window field cannot say it, but for Linux's reserve. */
    final int buffer;

    private final int activeWindow;
    private final int passiveWindow;
    private final int activeSynWindow;
    private final int passiveSynWindow;

    final boolean timestamps;
    /** What the options of all but the first segments take; SACK blocks are few, and are not counted. */
    final int optionBytes;

    final long timestampClockNs;
    final boolean sack;
    final boolean dsack;
    final int sackBlocksMax;
    final int firstRcvMss;

    // sending: what is counted, and how
    final boolean countsBytes;
    /** How much a full segment counts: its bytes, or 1. */
    final int unit;

    final Nagle nagle;
    final boolean keepsWindow;
    /** Whether a smaller window is believed only with newer data or a newer acknowledgment, 0 too. */
    final boolean keepsWindowOpen;

    final IdleRestart idleRestart;
    final int unpacedSegments;
    final int pacingSlowStartPercent;
    final int pacingAvoidancePercent;

    // losses
    final LossDetection detection;
    final int duplicatesThreshold;
    final int reorderingMax;
    final int rackOptions;
    final int rackPersistence;
    final long renegingWaitNs;
    final boolean probesTail;
    final long probeAckDelayNs;
    final long timeoutMinNs;
    final boolean limitedTransmit;
    final boolean proportional;
    final boolean undoes;
    final boolean staysInRecovery;
    final boolean forwardRto;

    final int initialWindowSegments;
    final int handshakeLossesAllowed;
    final int lossWindowSegments;
    final boolean paces;
    final long userTimeoutNs;
    final boolean resetsOnGiveUp;
    final boolean thinLinear;
    final int thinLinearRetries;
    final long connectTimeoutNs;
    final long persistMinNs;
    final long persistMaxNs;
    final boolean persistsLikeLinux;
    final boolean persistsLikeFreeBsd;
    final boolean closesLikeLinux;
    final boolean arrivalsLikeLinux;
    final boolean arrivalsLikeFreeBsd;
    final boolean waitsInFinWait2;
    final long timestampExpiryNs;
    final boolean ignoresResetInTimeWait;
    final boolean repeatsFin;
    final WindowRule windowRule;
    private final int windowShift;
    final boolean hasUserTimer;
    final long rtoInitialNs;
    final long rtoMaxNs;
    final long rtoSlopNs;
    final int rtoDoublingsMax;
    final long rtoAfterHandshakeLossNs;
    final boolean keepalive;
    final long keepaliveTimeNs;
    final long keepaliveIntervalNs;
    final int challengeIntervalMs;
    final long finWait2Ns;
    final long timeWaitNs;

    EndSettings(Profile own, Profile peer, boolean readsAtOnce) {
        this.readsAtOnce = readsAtOnce;
        estimator = own.estimator();
        giveUp = own.giveUp();
        acks = acks(own);
        jiffyNs = own.ns(TcpConstant.JIFFY);
        timestamps = own.is(TcpConstant.TIMESTAMPS) && peer.is(TcpConstant.TIMESTAMPS);
        optionBytes = timestamps ? TIMESTAMPS_BYTES : 0;
        timestampClockNs = own.ns(TcpConstant.TIMESTAMP_CLOCK);
        sack = own.is(TcpConstant.SACK) && peer.is(TcpConstant.SACK);
        dsack = sack && own.is(TcpConstant.DSACK);
        sackBlocksMax = timestamps ? SackBlocks.MAX_BESIDE_TIMESTAMPS : SackBlocks.MAX;
        // RFC 6691: what both sides offer, less the options that every segment bears
        mss = Math.min(own.count(TcpConstant.MSS), peer.count(TcpConstant.MSS)) - optionBytes;
        // RFC 7323, section 2.2: windows are scaled if both sides offer to
        windowShift = peer.count(TcpConstant.WINDOW_SCALE) > 0 ? own.count(TcpConstant.WINDOW_SCALE) : 0;
        windowRule = WindowRule.named(own.choice(TcpConstant.WINDOW_RULE));
        int space = windowRule.bufferBytes(
                own.count(TcpConstant.RECEIVE_WINDOW),
                Math.min(own.count(TcpConstant.MSS), peer.count(TcpConstant.MSS)));
        receiveSpace = space;
        receivedMssMax = own.count(TcpConstant.MSS) - optionBytes;
        int fieldMax = UNSCALED_WINDOW_MAX << windowShift;
        windowMax = Math.min(windowRule.most(space, receivedMssMax), fieldMax);
        // the window of a SYN is not scaled (RFC 7323, section 2.2), nor rounded as if it were
        int first = windowRule.firstOffer(own.count(TcpConstant.RECEIVE_WINDOW), own.count(TcpConstant.MSS));
        int firstOfPassive = windowRule.firstOffer(own.count(TcpConstant.RECEIVE_WINDOW), receivedMssMax);
        activeSynWindow = Math.min(first, UNSCALED_WINDOW_MAX);
        passiveSynWindow = Math.min(firstOfPassive, UNSCALED_WINDOW_MAX);
        activeWindow = onWire(Math.max(windowMax, Math.min(activeSynWindow, fieldMax)));
        passiveWindow = onWire(Math.max(windowMax, Math.min(passiveSynWindow, fieldMax)));
        buffer = windowRule.takesWhole() ? windowMax : Math.max(activeWindow, space);
        sampling = sampling(own, timestamps);
        sharesLikeLinux = own.choice(TcpConstant.TIMER_SHARING).equals("linux");
        sharesOneEntry = own.choice(TcpConstant.TIMER_SHARING).equals("one");
        firstRcvMss = LinuxAcks.firstRcvMss(mss, activeSynWindow);
        countsBytes = own.choice(TcpConstant.WINDOW_UNIT).equals("bytes");
        unit = countsBytes ? mss : 1;
        congestion = congestion(own, countsBytes);
        nagle = nagle(own);
        keepsWindow = own.choice(TcpConstant.OFFERED_WINDOW_RULE).equals("linux");
        keepsWindowOpen = own.choice(TcpConstant.OFFERED_WINDOW_RULE).equals("freebsd");
        idleRestart = idleRestart(own);
        unpacedSegments = own.count(TcpConstant.PACING_UNPACED);
        pacingSlowStartPercent = own.count(TcpConstant.PACING_SLOW_START_RATIO);
        pacingAvoidancePercent = own.count(TcpConstant.PACING_AVOIDANCE_RATIO);
        detection = own.choice(TcpConstant.LOSS_DETECTION).equals("rack") ? LossDetection.RACK : LossDetection.RFC6675;
        duplicatesThreshold = own.count(TcpConstant.REORDERING);
        reorderingMax = own.count(TcpConstant.REORDERING_MAX);
        rackOptions = own.count(TcpConstant.RACK_OPTIONS);
        rackPersistence = own.count(TcpConstant.RACK_PERSISTENCE);
        renegingWaitNs = own.ns(TcpConstant.RENEGING_WAIT);
        probesTail = own.is(TcpConstant.TAIL_LOSS_PROBE);
        long allowanceNs = own.ns(TcpConstant.PROBE_ACK_DELAY);
        probeAckDelayNs = allowanceNs == ValueKind.NONE ? rtoMinNs(own) : allowanceNs;
        timeoutMinNs = own.ns(TcpConstant.TIMEOUT_MIN);
        limitedTransmit = own.is(TcpConstant.LIMITED_TRANSMIT);
        proportional = own.choice(TcpConstant.WINDOW_REDUCTION).equals("proportional");
        undoes = own.is(TcpConstant.UNDO);
        staysInRecovery = undoes;
        forwardRto = own.is(TcpConstant.FORWARD_RTO);
        initialWindowSegments = own.count(TcpConstant.INITIAL_WINDOW);
        handshakeLossesAllowed = own.count(TcpConstant.HANDSHAKE_LOSSES_ALLOWED);
        lossWindowSegments = own.count(TcpConstant.LOSS_WINDOW);
        paces = own.is(TcpConstant.PACING);
        userTimeoutNs = own.ns(TcpConstant.USER_TIMEOUT);
        resetsOnGiveUp = own.is(TcpConstant.RESET_ON_GIVE_UP);
        thinLinear = own.is(TcpConstant.THIN_LINEAR_TIMEOUTS);
        thinLinearRetries = own.count(TcpConstant.THIN_LINEAR_RETRIES);
        connectTimeoutNs = own.ns(TcpConstant.CONNECT_TIMEOUT);
        persistMinNs = own.ns(TcpConstant.PERSIST_MIN);
        persistsLikeLinux = own.choice(TcpConstant.PERSIST_RULE).equals("linux");
        persistsLikeFreeBsd = own.choice(TcpConstant.PERSIST_RULE).equals("freebsd");
        // tcp_probe0_when() of Linux 6.18 is bounded by tcp_rto_max()
        persistMaxNs = Math.min(
                own.ns(TcpConstant.PERSIST_MAX), persistsLikeLinux ? own.ns(TcpConstant.RTO_MAX) : Long.MAX_VALUE);
        closesLikeLinux = own.choice(TcpConstant.CLOSING_RULE).equals("linux");
        repeatsFin = own.is(TcpConstant.REPEAT_FIN);
        arrivalsLikeLinux = own.choice(TcpConstant.ARRIVAL_RULE).equals("linux");
        arrivalsLikeFreeBsd = own.choice(TcpConstant.ARRIVAL_RULE).equals("bsd");
        timestampExpiryNs = own.ns(TcpConstant.TIMESTAMP_EXPIRY);
        waitsInFinWait2 = own.is(TcpConstant.FIN_WAIT_2);
        ignoresResetInTimeWait = own.is(TcpConstant.IGNORE_RESET_IN_TIME_WAIT);
        hasUserTimer = userTimeoutNs != ValueKind.NONE
                && own.choice(TcpConstant.USER_TIMEOUT_RULE).equals("timer");
        predicts = keepsWindow
                && sack
                && undoes
                && sampling == RttSampling.EVERY_SEGMENT
                && !countsBytes
                && !paces
                && !hasUserTimer;
        rtoInitialNs = own.ns(TcpConstant.RTO_INITIAL);
        rtoMaxNs = own.ns(TcpConstant.RTO_MAX);
        rtoSlopNs = own.ns(TcpConstant.RTO_SLOP);
        rtoDoublingsMax = own.count(TcpConstant.RTO_DOUBLINGS);
        rtoAfterHandshakeLossNs = own.ns(TcpConstant.RTO_AFTER_HANDSHAKE_LOSS);
        keepalive = own.is(TcpConstant.KEEPALIVE);
        keepaliveTimeNs = own.ns(TcpConstant.KEEPALIVE_TIME);
        keepaliveIntervalNs = own.ns(TcpConstant.KEEPALIVE_INTERVAL);
        challengeIntervalMs = (int) (own.ns(TcpConstant.CHALLENGE_INTERVAL) / 1_000_000);
        finWait2Ns = own.ns(TcpConstant.FIN_WAIT_2_TIMEOUT);
        timeWaitNs = own.ns(TcpConstant.TIME_WAIT);
    }

    /** What is offered when nothing waits to be read: no less than the SYN did. */
    int window(boolean active) {
        return active ? activeWindow : passiveWindow;
    }

    /** What a SYN offers. */
    int synWindow(boolean active) {
        return active ? activeSynWindow : passiveSynWindow;
    }

    /** Whether what a SYN offered is more than is offered later, and windows are said exactly. */
    boolean startsWide(boolean active) {
        return windowShift == 0 && synWindow(active) > windowMax;
    }

    /** Bits by which windows are shifted on the wire. */
    int windowShift() {
        return windowShift;
    }

    /** Whether a window that its field cannot say is said as the next larger one. */
    boolean roundsWindowsUp() {
        return windowRule == WindowRule.LINUX;
    }

    /** A window as its field can say it, in bytes: Linux rounds up, for it has room to spare; others must not promise. */
    int onWire(int bytes) {
        int unit = 1 << windowShift;
        int rounded = roundsWindowsUp() ? (bytes + unit - 1) & -unit : bytes & -unit;
        return Math.min(rounded, UNSCALED_WINDOW_MAX << windowShift);
    }

    /** A time rounded up to the stack's jiffy. */
    long ceilToJiffyNs(long ns) {
        return jiffyNs == 0 ? ns : (ns + jiffyNs - 1) / jiffyNs * jiffyNs;
    }

    private static CongestionControl congestion(Profile own, boolean countsBytes) {
        return switch (own.choice(TcpConstant.CONGESTION_CONTROL)) {
            case "reno" -> countsBytes ? Reno.INSTANCE : LinuxReno.INSTANCE;
            case "cubic" -> Cubic.INSTANCE;
            default -> throw new AssertionError(own.choice(TcpConstant.CONGESTION_CONTROL));
        };
    }

    private static Nagle nagle(Profile own) {
        return switch (own.choice(TcpConstant.NAGLE)) {
            case "off" -> Nagle.OFF;
            case "rfc9293" -> Nagle.RFC9293;
            case "minshall" -> Nagle.MINSHALL;
            default -> throw new AssertionError(own.choice(TcpConstant.NAGLE));
        };
    }

    private static IdleRestart idleRestart(Profile own) {
        return switch (own.choice(TcpConstant.IDLE_RESTART)) {
            case "none" -> IdleRestart.NONE;
            case "rfc5681" -> IdleRestart.RFC5681;
            case "rfc2861" -> IdleRestart.RFC2861;
            default -> throw new AssertionError(own.choice(TcpConstant.IDLE_RESTART));
        };
    }

    /** Linux keeps it in jiffies: tcp_init_sock(), net/ipv4/tcp.c. */
    private static long rtoMinNs(Profile own) {
        return own.ceilToJiffyNs(own.ns(TcpConstant.RTO_MIN));
    }

    private static AckPolicy acks(Profile own) {
        return switch (own.choice(TcpConstant.ACK_RULE)) {
            case "rfc5681" ->
                new Rfc5681Acks(own.ns(TcpConstant.DELAYED_ACK_MIN), own.count(TcpConstant.ACK_EVERY), false);
            case "freebsd" ->
                new Rfc5681Acks(own.ns(TcpConstant.DELAYED_ACK_MIN), own.count(TcpConstant.ACK_EVERY), true);
            case "linux" ->
                new LinuxAcks(
                        own.ns(TcpConstant.JIFFY),
                        own.ns(TcpConstant.DELAYED_ACK_MIN),
                        own.ns(TcpConstant.DELAYED_ACK_MAX),
                        rtoMinNs(own),
                        own.count(TcpConstant.QUICK_ACKS),
                        own.count(TcpConstant.PINGPONG_THRESHOLD));
            default -> throw new AssertionError("ack-rule " + own.choice(TcpConstant.ACK_RULE));
        };
    }

    private static RttSampling sampling(Profile own, boolean timestamps) {
        return switch (own.choice(TcpConstant.RTT_SAMPLES)) {
            case "one-at-a-time" -> timestamps ? RttSampling.TIMESTAMPS : RttSampling.ONE_AT_A_TIME;
            case "every-segment" -> RttSampling.EVERY_SEGMENT;
            default -> throw new AssertionError("rtt-samples " + own.choice(TcpConstant.RTT_SAMPLES));
        };
    }
}
