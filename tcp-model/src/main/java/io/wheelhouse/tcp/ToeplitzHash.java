package io.wheelhouse.tcp;

/**
 * The Toeplitz hash of receive side scaling, by which network adapters spread connections over processors. The input is
 * that of a packet which the local end receives: source (remote) address, destination (local) address, source port,
 * destination port.
 *
 * <p>It is linear: the hash is the exclusive-or of what each input byte contributes, so a table of the contributions of
 * every value at every place makes it one look-up a byte, 12 for IPv4 and 36 for IPv6; the table takes 36 KiB.
 *
 * <p>Source: Microsoft, "RSS hashing types" and "Verifying the RSS hash calculation", with its key.
 */
public final class ToeplitzHash implements FlowHash {
    private static final int V6_INPUT_BYTES = 36;
    private static final int KEY_BYTES = V6_INPUT_BYTES + Integer.BYTES;
    private static final int BYTE_VALUES = 256;

    private static final long[] MICROSOFT_KEY = {
        0x6d5a56da255b0ec2L, 0x4167253d43a38fb0L, 0xd0ca2bcbae7b30b4L, 0x77cb2da38030f20cL, 0x6a42b73bbeac01faL
    };

    private static final ToeplitzHash MICROSOFT = new ToeplitzHash(MICROSOFT_KEY);

    private final int[] contributions;

    private ToeplitzHash(long[] key) {
        assert key.length * Long.BYTES == KEY_BYTES : key.length;
        contributions = new int[V6_INPUT_BYTES * BYTE_VALUES];
        for (int place = 0; place < V6_INPUT_BYTES; place++) {
            for (int value = 0; value < BYTE_VALUES; value++) {
                contributions[place * BYTE_VALUES + value] = contribution(key, place, value);
            }
        }
    }

    /** The hash with the key of Microsoft's verification suite, which most drivers start with. */
    public static ToeplitzHash microsoft() {
        return MICROSOFT;
    }

    /** Each bit set in the input byte adds the 32 bits of the key that start at the bit's own place. */
    private static int contribution(long[] key, int place, int value) {
        int sum = 0;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            if ((value & (0x80 >>> bit)) != 0) {
                sum ^= keyWindow(key, place * Byte.SIZE + bit);
            }
        }
        return sum;
    }

    private static int keyWindow(long[] key, int firstBit) {
        int word = firstBit / Long.SIZE;
        int shift = firstBit % Long.SIZE;
        long window = key[word] << shift;
        if (shift > Long.SIZE - Integer.SIZE) {
            window |= key[word + 1] >>> (Long.SIZE - shift);
        }
        return (int) (window >>> Integer.SIZE);
    }

    @Override
    public long hash(FourTuple tuple) {
        int ports = tuple.remotePort() << 16 | tuple.localPort();
        int hash = hashAddresses(tuple.remoteAddress(), tuple.localAddress());
        int place = tuple.localAddress().isV6() ? 32 : 8;
        return Integer.toUnsignedLong(hash ^ hashInt(ports, place));
    }

    /** The hash without ports, which adapters use for packets that are not TCP. */
    int hashAddresses(IpAddress source, IpAddress destination) {
        if (source.isV6()) {
            return hashLong(source.high(), 0)
                    ^ hashLong(source.low(), 8)
                    ^ hashLong(destination.high(), 16)
                    ^ hashLong(destination.low(), 24);
        }
        return hashInt((int) source.low(), 0) ^ hashInt((int) destination.low(), 4);
    }

    private int hashLong(long bits, int place) {
        return hashInt((int) (bits >>> Integer.SIZE), place) ^ hashInt((int) bits, place + 4);
    }

    private int hashInt(int bits, int place) {
        int base = place * BYTE_VALUES;
        return contributions[base + (bits >>> 24)]
                ^ contributions[base + BYTE_VALUES + (bits >>> 16 & 0xFF)]
                ^ contributions[base + 2 * BYTE_VALUES + (bits >>> 8 & 0xFF)]
                ^ contributions[base + 3 * BYTE_VALUES + (bits & 0xFF)];
    }
}
