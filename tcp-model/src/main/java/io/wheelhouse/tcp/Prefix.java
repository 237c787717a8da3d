package io.wheelhouse.tcp;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3), for example {@code 100.64.0.0/10}.
 *
 * @param first its first address
 * @param length how many leading bits its addresses share
 */
public record Prefix(IpAddress first, int length) {
    public Prefix {
        if (length < 0 || length > first.bits()) {
            throw new IllegalArgumentException("prefix length must lie between 0 and " + first.bits() + ": " + length);
        }
        IpAddress cut = cut(first, length);
        if (!cut.equals(first)) {
            throw new IllegalArgumentException(
                    first + "/" + length + " has bits set behind its length; the block is " + cut + "/" + length);
        }
    }

    /**
     * Reads a block; an address without a length is a block of that one address.
     *
     * @throws IllegalArgumentException if the text is not a block
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            IpAddress address = IpAddress.parse(text);
            return new Prefix(address, address.bits());
        }
        String length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("not an address block such as 100.64.0.0/10: \"" + text + "\"");
        }
        return new Prefix(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(length));
    }

    /** The bits in which its addresses differ. */
    public int hostBits() {
        return first.bits() - length;
    }

    /** Whether the address is in the block. */
    public boolean contains(IpAddress address) {
        return address.isV6() == first.isV6() && cut(address, length).equals(first);
    }

    /** Whether some address is in both blocks. */
    public boolean overlaps(Prefix other) {
        return length <= other.length ? contains(other.first) : other.contains(first);
    }

    /** The address whose last bits are {@code host}, which must be less than the block's size. */
    IpAddress withHost(long host) {
        assert hostBits() >= 63 || host >>> hostBits() == 0 : host + " does not fit in " + this;
        return new IpAddress(first.isV6(), first.high(), first.low() | host);
    }

    private static IpAddress cut(IpAddress address, int length) {
        if (!address.isV6()) {
            return new IpAddress(false, 0, address.low() & leadingOnes(length + IpAddress.V4_BITS));
        }
        return IpAddress.v6(
                address.high() & leadingOnes(Math.min(length, 64)),
                address.low() & leadingOnes(Math.max(length - 64, 0)));
    }

    private static long leadingOnes(int count) {
        return count == 0 ? 0 : -1L << (64 - count);
    }

    @Override
    public String toString() {
        return first + "/" + length;
    }
}
