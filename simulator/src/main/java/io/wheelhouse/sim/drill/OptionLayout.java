package io.wheelhouse.sim.drill;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order in which a stack writes its options, and how it pads them. */
enum OptionLayout {
    /** tcp_options_write(), net/ipv4/tcp_output.c: words of four bytes; SACK-permitted stands in the timestamps' padding. */
    LINUX {
        @Override
        void fill(Offer offer, List<TcpOption> to) {
            if (offer.mss > 0) {
                to.add(new TcpOption.Mss(offer.mss));
            }
            if (offer.timestamps != null || offer.sackPermitted) {
                boolean shared = offer.timestamps != null && offer.sackPermitted;
                if (!shared) {
                    nops(2, to);
                }
                if (offer.sackPermitted) {
                    to.add(new TcpOption.SackPermitted());
                }
                if (offer.timestamps != null) {
                    to.add(offer.timestamps);
                }
            }
            if (offer.windowScale >= 0) {
                nops(1, to);
                to.add(new TcpOption.WindowScale(offer.windowScale));
            }
            if (!offer.blocks.isEmpty()) {
                nops(2, to);
                to.add(new TcpOption.Sack(offer.blocks));
            }
        }
    },

    /** tcp_addoptions(), sys/netinet/tcp_output.c: each aligned for itself, the end padded with zeros. */
    FREEBSD {
        private static final int WORD = 4;

        @Override
        void fill(Offer offer, List<TcpOption> to) {
            int length = 0;
            if (offer.mss > 0) {
                to.add(new TcpOption.Mss(offer.mss));
                length += 4;
            }
            if (offer.windowScale >= 0) {
                nops(1, to);
                to.add(new TcpOption.WindowScale(offer.windowScale));
                length += 4;
            }
            if (offer.sackPermitted) {
                to.add(new TcpOption.SackPermitted());
                length += 2;
            }
            if (offer.timestamps != null) {
                length += align(length, to);
                to.add(offer.timestamps);
                length += 10;
            }
            if (!offer.blocks.isEmpty()) {
                length += align(length, to);
                to.add(new TcpOption.Sack(offer.blocks));
                length += 2 + 8 * offer.blocks.size();
            }
            while (length % WORD != 0) {
                to.add(new TcpOption.End());
                length++;
            }
        }

        private int align(int length, List<TcpOption> to) {
            int padding = (2 * WORD - length % WORD - 2) % WORD;
            nops(padding, to);
            return padding;
        }
    };

    /** What a segment's options say. */
    record Offer(
            int mss,
            int windowScale,
            boolean sackPermitted,
            TcpOption.@Nullable Timestamps timestamps,
            List<TcpOption.Block> blocks) {}

    abstract void fill(Offer offer, List<TcpOption> to);

    /** The options of a segment, 0, -1, false, null or empty where there is none of a kind. */
    List<TcpOption> arrange(
            int mss,
            int windowScale,
            boolean sackPermitted,
            TcpOption.@Nullable Timestamps timestamps,
            List<TcpOption.Block> blocks) {
        List<TcpOption> arranged = new ArrayList<>();
        fill(new Offer(mss, windowScale, sackPermitted, timestamps, List.copyOf(blocks)), arranged);
        return List.copyOf(arranged);
    }

    private static void nops(int count, List<TcpOption> to) {
        for (int i = 0; i < count; i++) {
            to.add(new TcpOption.Nop());
        }
    }
}
