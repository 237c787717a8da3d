package io.wheelhouse.sim.drill;

import io.wheelhouse.tcp.SoloEnd;
import io.wheelhouse.tcp.TcpInfo;
import io.wheelhouse.tcp.TcpSegment;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What TCP_INFO says of the connection (tcp(7), include/uapi/linux/tcp.h), in its units. */
final class Facts {
    private static final long NS_PER_US = 1_000;
    private static final long NS_PER_MS = 1_000_000;
    /** No threshold has been set where it is beyond any window. */
    private static final int BEYOND_ANY_WINDOW = 1_000_000;

    private static final int TIMESTAMPS_LENGTH = 12;
    private static final int NO_MSS_OPTION = 536;

    /** The fields that the model knows; {@link #values} gives a value for each. */
    private static final Set<String> MODELED = Set.of(
            "tcpi_state",
            "tcpi_ca_state",
            "tcpi_retransmits",
            "tcpi_probes",
            "tcpi_backoff",
            "tcpi_options",
            "tcpi_snd_wscale",
            "tcpi_rcv_wscale",
            "tcpi_rto",
            "tcpi_ato",
            "tcpi_snd_mss",
            "tcpi_advmss",
            "tcpi_unacked",
            "tcpi_lost",
            "tcpi_retrans",
            "tcpi_rtt",
            "tcpi_rttvar",
            "tcpi_snd_ssthresh",
            "tcpi_snd_cwnd",
            "tcpi_last_data_sent",
            "tcpi_last_data_recv",
            "tcpi_last_ack_recv",
            "tcpi_segs_out",
            "tcpi_segs_in",
            "tcpi_data_segs_out",
            "tcpi_data_segs_in",
            "tcpi_bytes_received",
            "tcpi_sacked",
            "tcpi_reordering",
            "tcpi_rcv_mss",
            "tcpi_total_retrans",
            "tcpi_bytes_sent",
            "tcpi_bytes_retrans",
            "tcpi_notsent_bytes",
            "tcpi_snd_wnd");

    /** The fields that Linux has beside them. */
    private static final Set<String> OTHER = Set.of(
            "tcpi_fackets",
            "tcpi_last_ack_sent",
            "tcpi_pmtu",
            "tcpi_rcv_ssthresh",
            "tcpi_rcv_rtt",
            "tcpi_rcv_space",
            "tcpi_pacing_rate",
            "tcpi_max_pacing_rate",
            "tcpi_bytes_acked",
            "tcpi_min_rtt",
            "tcpi_delivery_rate",
            "tcpi_busy_time",
            "tcpi_rwnd_limited",
            "tcpi_sndbuf_limited",
            "tcpi_delivered",
            "tcpi_delivered_ce",
            "tcpi_dsack_dups",
            "tcpi_reord_seen",
            "tcpi_rcv_ooopack",
            "tcpi_rcv_wnd",
            "tcpi_rehash",
            "tcpi_total_rto",
            "tcpi_total_rto_recoveries",
            "tcpi_total_rto_time",
            "tcpi_delivery_rate_app_limited",
            "tcpi_fastopen_client_fail",
            "tcpi_received_ce",
            "tcpi_accecn_fail_mode",
            "tcpi_accecn_opt_seen",
            "tcpi_delivered_e1_bytes",
            "tcpi_delivered_e0_bytes",
            "tcpi_delivered_ce_bytes",
            "tcpi_received_e1_bytes",
            "tcpi_received_e0_bytes",
            "tcpi_received_ce_bytes",
            "tcpi_snd_zerowin",
            "tcpi_snd_rexmitpack",
            "tcpi_rcv_adv",
            "tcpi_flags");

    private final SoloEnd end;
    private final Translation translation;
    private int ownMss;
    // what arrives larger has been put together by the network card, and counts as segments of this size
    private final int segmentMax;

    private long largestWindow;
    private long lastWindow;
    private boolean spanSent;
    private int highestEnd;
    private long totalRetrans;
    private long bytesSent;
    private long bytesRetrans;
    private int peerMss;
    private boolean synSent;
    private boolean timestamps;
    private boolean sack;
    private long segsOut;
    private long segsIn;
    private long dataSegsOut;
    private long dataSegsIn;
    private long lastDataSentNs;
    private long lastDataReceivedNs;
    private long lastAckReceivedNs;

    Facts(SoloEnd end, Translation translation, int ownMss, int segmentMax) {
        this.segmentMax = segmentMax;
        this.end = end;
        this.translation = translation;
        this.ownMss = ownMss;
    }

    static Set<String> modeled() {
        return MODELED;
    }

    static Set<String> other() {
        return OTHER;
    }

    /** A segment has been sent. */
    void sent(TcpSegment segment, long atNs) {
        segsOut++;
        if (segment.length() > 0) {
            dataSegsOut++;
            lastDataSentNs = atNs;
            bytesSent += segment.length();
        }
        countRetransmission(segment);
        if (segment.has(TcpSegment.SYN)) {
            synSent = true;
            ownMss = segment.options().mss();
            timestamps = segment.options().timestamps();
            sack = segment.options().sackPermitted();
        }
    }

    /** What ends where something sent before has ended is sent again; a probe below that is none. */
    private void countRetransmission(TcpSegment segment) {
        int span = segment.length() + (segment.has(TcpSegment.SYN) || segment.has(TcpSegment.FIN) ? 1 : 0);
        if (span == 0) {
            return;
        }
        int segmentEnd = segment.seq() + span;
        if (spanSent && segmentEnd - highestEnd <= 0) {
            totalRetrans++;
            bytesRetrans += segment.length();
        } else {
            spanSent = true;
            highestEnd = segmentEnd;
        }
    }

    /** A segment is about to arrive. */
    void arrives(TcpSegment segment, long atNs) {
        segsIn++;
        largestWindow = Math.max(largestWindow, segment.window());
        if (!end.state().isSynchronized()) {
            lastDataReceivedNs = atNs;
            lastDataSentNs = atNs;
        }
        if (segment.length() > 0) {
            dataSegsIn++;
            lastDataReceivedNs = atNs;
        }
        if (segment.has(TcpSegment.ACK)) {
            lastAckReceivedNs = atNs;
            lastWindow = segment.window();
        }
        if (segment.has(TcpSegment.SYN)) {
            peerMss = segment.options().mss() == 0
                    ? NO_MSS_OPTION
                    : segment.options().mss();
            if (synSent) {
                timestamps &= segment.options().timestamps();
                sack &= segment.options().sackPermitted();
            }
        }
    }

    /**
     * The largest segment that may be sent, options deducted.
     *
     * @param wanted what the application has asked for; 0 for nothing
     */
    long maxSegment(long wanted) {
        if (peerMss == 0) {
            return wanted > 0 ? wanted : NO_MSS_OPTION;
        }
        long mss = Math.min(peerMss, wanted > 0 ? wanted : ownMss);
        return mss - (timestamps ? TIMESTAMPS_LENGTH : 0);
    }

    /** The largest window that the peer has offered, in bytes. */
    long largestWindow() {
        return largestWindow;
    }

    /** FreeBSD's receive buffer: once the peer's segment size is known, whole segments. */
    long receiveBuffer(long space) {
        if (peerMss == 0) {
            return space;
        }
        int mss = Math.min(peerMss, ownMss);
        return (space + mss - 1) / mss * mss;
    }

    /** The values of the fields now, by name. */
    Map<String, Double> values() {
        TcpInfo info = end.info();
        long nowNs = end.nowNs();
        int optionBits = (timestamps ? 1 : 0) | (sack ? 2 : 0) | (translation.isScaled() ? 4 : 0);
        double ssthresh = info.sndSsthresh() > BEYOND_ANY_WINDOW ? Symbols.INFINITE_SSTHRESH : info.sndSsthresh();
        Map<String, Double> all = new TreeMap<>();
        all.put("tcpi_state", (double) Symbols.stateNumber(Host.ofSocket(info.state())));
        all.put("tcpi_ca_state", (double) info.congestionState());
        all.put("tcpi_retransmits", (double) info.retransmits());
        all.put("tcpi_probes", (double) info.probes());
        all.put("tcpi_backoff", (double) info.backoff());
        all.put("tcpi_options", (double) optionBits);
        all.put("tcpi_snd_wscale", (double) translation.peerShift());
        all.put("tcpi_rcv_wscale", (double) translation.ownShift());
        all.put("tcpi_rto", us(info.rtoNs()));
        all.put("tcpi_ato", us(info.atoNs()));
        all.put("tcpi_snd_mss", (double) maxSegment(0));
        all.put("tcpi_advmss", (double) ownMss);
        all.put("tcpi_unacked", (double) info.unacked());
        all.put("tcpi_lost", (double) info.lost());
        all.put("tcpi_retrans", (double) info.retrans());
        all.put("tcpi_rtt", us(info.srttNs()));
        all.put("tcpi_rttvar", us(info.rttvarNs()));
        all.put("tcpi_snd_ssthresh", ssthresh);
        all.put("tcpi_snd_cwnd", (double) info.sndCwnd());
        all.put("tcpi_last_data_sent", ms(nowNs - lastDataSentNs));
        all.put("tcpi_last_data_recv", ms(nowNs - lastDataReceivedNs));
        all.put("tcpi_last_ack_recv", ms(nowNs - lastAckReceivedNs));
        all.put("tcpi_segs_out", (double) segsOut);
        all.put("tcpi_segs_in", (double) segsIn);
        all.put("tcpi_data_segs_out", (double) dataSegsOut);
        all.put("tcpi_data_segs_in", (double) dataSegsIn);
        all.put("tcpi_bytes_received", (double) (end.delivered() + end.unread()));
        all.put("tcpi_sacked", (double) info.sacked());
        all.put("tcpi_reordering", (double) info.reordering());
        all.put("tcpi_total_retrans", (double) totalRetrans);
        all.put("tcpi_bytes_sent", (double) bytesSent);
        all.put("tcpi_bytes_retrans", (double) bytesRetrans);
        all.put("tcpi_notsent_bytes", (double) info.notSentBytes());
        all.put("tcpi_snd_wnd", (double) lastWindow);
        all.put("tcpi_rcv_mss", (double) Math.min(segmentMax, info.rcvMss()));
        return all;
    }

    private static double us(long ns) {
        long whole = ns / NS_PER_US;
        return whole;
    }

    private static double ms(long ns) {
        long whole = ns / NS_PER_MS;
        return whole;
    }
}
