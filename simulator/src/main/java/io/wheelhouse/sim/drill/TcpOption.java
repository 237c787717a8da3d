package io.wheelhouse.sim.drill;

import java.util.List;
import java.util.stream.Collectors;

/** An option of TCP's header; printed as scripts write it. */
public sealed interface TcpOption {

    /** Bytes that it takes in the header. */
    int length();

    /** Padding, {@code nop}. */
    record Nop() implements TcpOption {
        @Override
        public int length() {
            return 1;
        }

        @Override
        public String toString() {
            return "nop";
        }
    }

    /** The end of the options, {@code eol}. */
    record End() implements TcpOption {
        @Override
        public int length() {
            return 1;
        }

        @Override
        public String toString() {
            return "eol";
        }
    }

    /** The largest segment that the sender takes. */
    record Mss(int bytes) implements TcpOption {
        @Override
        public int length() {
            return 4;
        }

        @Override
        public String toString() {
            return "mss " + bytes;
        }
    }

    /** By how many bits the sender's windows are shifted. */
    record WindowScale(int shift) implements TcpOption {
        @Override
        public int length() {
            return 3;
        }

        @Override
        public String toString() {
            return "wscale " + shift;
        }
    }

    /** The sender understands selective acknowledgments. */
    record SackPermitted() implements TcpOption {
        @Override
        public int length() {
            return 2;
        }

        @Override
        public String toString() {
            return "sackOK";
        }
    }

    /** A range of sequence numbers that has arrived. */
    record Block(long left, long right) {
        @Override
        public String toString() {
            return left + ":" + right;
        }
    }

    /** Selective acknowledgments. */
    record Sack(List<Block> blocks) implements TcpOption {
        @Override
        public int length() {
            return 2 + 8 * blocks.size();
        }

        @Override
        public String toString() {
            return "sack " + blocks.stream().map(Block::toString).collect(Collectors.joining(" "));
        }
    }

    /** RFC 7323's timestamps. */
    record Timestamps(long value, long echo) implements TcpOption {
        @Override
        public int length() {
            return 10;
        }

        @Override
        public String toString() {
            return "TS val " + value + " ecr " + echo;
        }
    }
}
