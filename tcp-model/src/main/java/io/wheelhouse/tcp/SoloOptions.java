package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.profile.TcpConstant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the two ends of a {@link SoloEnd}'s connection agree on: its own profile, what has been set of it since, its socket
 * options, and the options of the peer's SYN. Used by the end's thread.
 */
final class SoloOptions {
    private static final int NO_MSS_OPTION = 536; // RFC 9293, section 3.7.1
    // what TcpConstant.MSS may be; a stack does not believe the smallest offers either
    private static final int LEAST_MSS = 64;
    private static final int MOST_MSS = 65_495;

    private final Profile profile;
    // the later one counts, if several names of a constant were set; options count more
    private final Map<String, String> ownSettings = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private Profile peer;

    SoloOptions(Profile profile) {
        this.profile = profile;
        peer = profile;
    }

    /** Sets one of the profile's constants, by the names that {@link Profile#with} knows. */
    void set(String constant, String value) {
        profile.with(Map.of(constant, value));
        ownSettings.remove(constant);
        ownSettings.put(constant, value);
    }

    /** Sets a socket option, in the option's own unit. */
    void set(SocketOption option, long value) {
        option.apply(value, options);
    }

    /** What the end goes by now. */
    EndSettings settings(boolean readsAtOnce) {
        return new EndSettings(own(), peer, readsAtOnce);
    }

    private Profile own() {
        return profile.with(ownSettings).with(options);
    }

    /** The peer's SYN has come with these. */
    void offered(TcpSegment.Options of) {
        Map<String, String> offer = new HashMap<>();
        int mss = of.mss() == 0 ? NO_MSS_OPTION : Math.max(LEAST_MSS, Math.min(of.mss(), MOST_MSS));
        offer.put(TcpConstant.MSS.key(), Integer.toString(mss));
        offer.put(TcpConstant.TIMESTAMPS.key(), of.timestamps() ? "on" : "off");
        offer.put(TcpConstant.SACK.key(), of.sackPermitted() ? "on" : "off");
        // a peer that offers to scale by nothing still scales ours
        int scale = of.windowScale() < 0 ? 0 : Math.max(1, of.windowScale());
        offer.put(TcpConstant.WINDOW_SCALE.key(), Integer.toString(scale));
        peer = peer.with(offer);
    }

    /** A segment that the end sends, with its options. */
    TcpSegment onWire(ArrivedSegment segment, EndSettings settings) {
        TcpSegment.Options with =
                segment.has(Segments.SYN) ? ofSyn(segment.has(Segments.ACK), settings) : TcpSegment.Options.NONE;
        // RFC 7323, section 5.2: a reset may carry them; one for nobody has none to carry
        if (settings.timestamps && segment.tsValue != 0) {
            with = with.withTimestamps(segment.tsValue, segment.tsEcho);
        }
        if (segment.sacks.count() > 0) {
            with = with.withSackBlocks(segment.sacks.list());
        }
        return new TcpSegment(segment.flags, segment.seq, segment.ack, segment.length, segment.window, with);
    }

    private TcpSegment.Options ofSyn(boolean answers, EndSettings settings) {
        Profile own = own();
        boolean sackPermitted = answers ? settings.sack : own.is(TcpConstant.SACK);
        // RFC 7323, section 2.2: an answer has the option only if the SYN had it
        int scale = own.count(TcpConstant.WINDOW_SCALE);
        boolean scales = scale > 0 && (!answers || peer.count(TcpConstant.WINDOW_SCALE) > 0);
        return TcpSegment.Options.ofSyn(own.count(TcpConstant.MSS), scales ? scale : -1, sackPermitted);
    }
}
