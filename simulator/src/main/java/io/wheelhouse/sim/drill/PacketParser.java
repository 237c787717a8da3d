package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Packet;
import io.wheelhouse.sim.drill.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code < S 0:0(0) win 65535 <mss 1460>} and its like. */
final class PacketParser {
    private static final long MAX_SEQUENCE = 0xFFFF_FFFFL;
    private static final int MAX_16_BITS = 65_535;
    private static final int MAX_SHIFT = 255;
    private static final int MAX_OPTION_BYTES = 40;
    private static final int MAX_BLOCKS = 4;

    private static final Map<String, String> OTHER_PROTOCOLS = Map.of(
            "udp", "UDP",
            "icmp", "ICMP",
            "gre", "GRE",
            "GREv0", "GRE",
            "mpls", "MPLS",
            "ipv4", "IP encapsulation",
            "ipv6", "IP encapsulation",
            "encap", "PSP",
            "sctp", "SCTP",
            "udplite", "UDP-Lite");

    private static final Map<String, String> OTHER_OPTIONS = otherOptions();

    private static final Set<String> OPTIONS = Set.of("nop", "eol", "mss", "wscale", "sackOK", "sack", "TS");

    private final Cursor cursor;

    PacketParser(Cursor cursor) {
        this.cursor = cursor;
    }

    private static Map<String, String> otherOptions() {
        Map<String, String> all = new TreeMap<>();
        all.put("FO", "fast open");
        all.put("FOEXP", "fast open");
        all.put("md5", "TCP MD5 signature");
        all.put("tcp_ao", "TCP authentication option");
        all.put("ECN", "AccECN");
        all.put("AccECN", "AccECN");
        all.put("exp", "experimental option");
        for (String name : List.of(
                "mp_capable",
                "mp_capable_no_cs",
                "mp_join_syn",
                "mp_join_syn_ack",
                "mp_join_ack",
                "mp_join",
                "dss",
                "dss_ack",
                "add_address",
                "rm_address",
                "remove_address",
                "mp_prio",
                "mp_fail",
                "mp_fastclose",
                "mp_reset",
                "mp_tcprst")) {
            all.put(name, "MPTCP");
        }
        return all;
    }

    Packet packet() {
        boolean outbound = cursor.take().isMark('>');
        ipHeader(outbound);
        otherProtocol();
        ports();
        int flags = flags();
        Range range = range(outbound);
        long ack = cursor.takenWord("ack") ? cursor.number("an acknowledgment", MAX_SEQUENCE) : 0;
        int window = cursor.takenWord("win") ? (int) cursor.number("a window", MAX_16_BITS) : -1;
        if (cursor.peek().isWord("urg")) {
            cursor.note(cursor.take(), "urgent data");
            cursor.number("an urgent pointer", MAX_16_BITS);
        }
        List<TcpOption> options = options(outbound);
        if (cursor.peek().isMark('/')) {
            throw cursor.outside(cursor.peek(), "UDP encapsulation");
        }
        return new Packet(outbound, flags, range.seq(), range.length(), ack, window, options);
    }

    /** Sequence numbers; -1 for any. */
    private record Range(long seq, int length) {}

    private Range range(boolean outbound) {
        Token at = cursor.peek();
        boolean any = outbound && at.is(Kind.ELLIPSIS);
        if (any) {
            cursor.take();
        }
        long seq = any ? Packet.ANY_SEQ : cursor.number("a sequence number", MAX_SEQUENCE);
        long end = seq;
        if (!any) {
            cursor.expect(':');
            end = cursor.number("the sequence number of the end", MAX_SEQUENCE);
        }
        cursor.expect('(');
        int length = (int) cursor.number("bytes of data", MAX_16_BITS);
        cursor.expect(')');
        if (!any && seq + length != end) {
            String rest = "(" + length + ")";
            throw cursor.malformed(
                    at, "expected " + seq + ":" + (seq + length) + rest + ", found " + seq + ":" + end + rest);
        }
        if (cursor.peek().isMark('!')) {
            cursor.note(cursor.take(), "absolute sequence numbers");
        }
        return new Range(seq, length);
    }

    /** {@code [ect0]}, {@code (tos 0x10)}, {@code (ttl 64)}, {@code (flowlabel 0x1)}. */
    private void ipHeader(boolean outbound) {
        if (!cursor.peek().isMark('[') && !cursor.peek().isMark('(')) {
            return;
        }
        Token open = cursor.take();
        char close = open.isMark('[') ? ']' : ')';
        if (cursor.peek().is(Kind.INTEGER)) {
            // the segment that an ICMP message quotes, as packetdrill once wrote it: before the message
            throw cursor.outside(open, "ICMP");
        }
        do {
            Token word = cursor.expect(Kind.WORD, "noecn, ect0, ect1, ect01, ce, tos, ttl or flowlabel");
            switch (word.text()) {
                case "noecn" -> {}
                case "ect0", "ect1", "ect01", "ce" -> cursor.note(word, "ECN");
                case "tos", "flowlabel", "class", "hlim" -> {
                    cursor.note(word, "IP " + word.text());
                    number();
                }
                case "ttl" -> {
                    if (outbound) {
                        cursor.note(word, "IP ttl");
                    }
                    number();
                }
                default ->
                    throw cursor.unknown(
                            word,
                            "field of the IP header",
                            List.of("noecn", "ect0", "ect1", "ect01", "ce", "tos", "ttl"));
            }
        } while (cursor.taken(','));
        cursor.expect(close);
    }

    private void number() {
        if (!cursor.peek().is(Kind.INTEGER)
                && !cursor.peek().is(Kind.HEX)
                && !cursor.peek().is(Kind.WORD)) {
            throw cursor.unexpected("a number");
        }
        cursor.take();
    }

    private void otherProtocol() {
        Token token = cursor.peek();
        String protocol = token.is(Kind.WORD) ? OTHER_PROTOCOLS.get(token.text()) : null;
        if (protocol != null) {
            throw cursor.outside(token, protocol);
        }
    }

    private void ports() {
        if (cursor.peek().is(Kind.INTEGER) && cursor.peek(1).isMark('>')) {
            cursor.note(cursor.peek(), "ports in packets");
            cursor.take();
            cursor.take();
            cursor.number("a port", MAX_16_BITS);
        }
    }

    private int flags() {
        Token token = cursor.peek();
        if (cursor.taken('-')) {
            return 0;
        }
        if (cursor.taken('.')) {
            return Packet.ACK;
        }
        if (token.is(Kind.FLOAT)) {
            throw cursor.outside(token, "AccECN");
        }
        cursor.expect(Kind.WORD, "flags such as 'S', 'S.', '.', 'P.', 'F.', 'R' or '-'");
        int flags = 0;
        for (int i = 0; i < token.text().length(); i++) {
            flags |= flag(token, token.text().charAt(i));
        }
        if (cursor.peek().is(Kind.FLOAT)) {
            throw cursor.outside(cursor.peek(), "AccECN");
        }
        return cursor.taken('.') ? flags | Packet.ACK : flags;
    }

    private int flag(Token token, char letter) {
        return switch (letter) {
            case 'F' -> Packet.FIN;
            case 'S' -> Packet.SYN;
            case 'R' -> Packet.RST;
            case 'P' -> Packet.PSH;
            case 'U' -> noted(token, "urgent data");
            case 'E', 'W', 'C' -> noted(token, "ECN");
            case 'A', '0', '1', '2', '3', '4', '5', '6', '7' -> noted(token, "AccECN");
            default ->
                throw cursor.malformed(
                        token, "expected flags out of F, S, R, P, U, E, W and '.', found " + token.shown());
        };
    }

    private int noted(Token token, String construct) {
        cursor.note(token, construct);
        return 0;
    }

    private @Nullable List<TcpOption> options(boolean outbound) {
        Token open = cursor.peek();
        // a line may end in '>' or begin the next event; options begin on the packet's own line or a later one with '<'
        if (!open.isMark('<')) {
            return List.of();
        }
        cursor.take();
        if (cursor.peek().is(Kind.ELLIPSIS)) {
            cursor.take();
            cursor.expect('>');
            if (!outbound) {
                throw cursor.malformed(open, "<...> stands for the options of expected packets ('>') only");
            }
            return null;
        }
        List<TcpOption> options = new ArrayList<>();
        int length = 0;
        do {
            TcpOption option = option();
            length += option.length();
            if (length > MAX_OPTION_BYTES) {
                throw cursor.malformed(open, "a header has at most " + MAX_OPTION_BYTES + " bytes of options");
            }
            options.add(option);
        } while (cursor.taken(','));
        cursor.expect('>');
        return List.copyOf(options);
    }

    private TcpOption option() {
        Token token = cursor.expect(Kind.WORD, "a TCP option: mss, sackOK, sack, TS, wscale, nop or eol");
        return switch (token.text()) {
            case "nop" -> new TcpOption.Nop();
            case "eol" -> new TcpOption.End();
            case "sackOK" -> new TcpOption.SackPermitted();
            case "mss" -> new TcpOption.Mss((int) cursor.number("bytes", MAX_16_BITS));
            case "wscale" -> new TcpOption.WindowScale((int) cursor.number("bits", MAX_SHIFT));
            case "TS" -> timestamps();
            case "sack" -> sack(token);
            default -> throw otherOption(token);
        };
    }

    private Cursor.GivenUp otherOption(Token token) {
        String construct = OTHER_OPTIONS.get(token.text());
        return construct != null
                ? cursor.outside(token, construct)
                : cursor.unknown(token, "TCP option", new TreeSet<>(OPTIONS));
    }

    private TcpOption timestamps() {
        if (!cursor.takenWord("val")) {
            throw cursor.unexpected("'val'");
        }
        long value = cursor.number("a timestamp", MAX_SEQUENCE);
        if (!cursor.takenWord("ecr")) {
            throw cursor.unexpected("'ecr'");
        }
        return new TcpOption.Timestamps(value, cursor.number("an echoed timestamp", MAX_SEQUENCE));
    }

    private TcpOption sack(Token at) {
        List<TcpOption.Block> blocks = new ArrayList<>();
        do {
            long left = cursor.number("the left edge of a block", MAX_SEQUENCE);
            cursor.expect(':');
            blocks.add(new TcpOption.Block(left, cursor.number("the right edge of a block", MAX_SEQUENCE)));
        } while (cursor.peek().is(Kind.INTEGER));
        if (blocks.size() > MAX_BLOCKS) {
            throw cursor.malformed(at, "expected at most 4 blocks, found " + blocks.size());
        }
        return new TcpOption.Sack(List.copyOf(blocks));
    }
}
