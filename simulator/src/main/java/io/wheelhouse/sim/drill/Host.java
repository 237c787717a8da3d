package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Call;
import io.wheelhouse.tcp.SocketError;
import io.wheelhouse.tcp.SoloEnd;
import io.wheelhouse.tcp.TcpState;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of the modeled kernel: file descriptors, and what a call does to the one connection behind them.
 * Linux's rules (tcp(7), socket(7), net/ipv4/tcp.c); what differs from one kernel to another is left to the model.
 */
final class Host {

    private enum Kind {
        FRESH,
        LISTENER,
        CONNECTION
    }

    /** An open file. */
    private static final class Handle {
        Kind kind = Kind.FRESH;
        boolean nonBlocking;
        boolean readShut;
        boolean writeShut;
        boolean reportedConnected;
        boolean closing;
        long lingersUntilNs;
    }

    private static final long NS_PER_MS = 1_000_000;

    private final SoloEnd end;
    private final SocketOptions options;
    private final Map<Long, Handle> handles = new TreeMap<>();
    private boolean errorTaken;
    private boolean accepted;

    Host(SoloEnd end, SocketOptions options) {
        this.end = end;
        this.options = options;
        end.autoRead(false);
    }

    /**
     * Carries out a call.
     *
     * @return null if it blocks for now
     */
    @Nullable
    Answer call(Call call) {
        Arguments arguments = new Arguments(call.arguments());
        if (call.name().equals("socket")) {
            return socket(call, arguments);
        }
        if (call.name().equals("poll")) {
            return poll(arguments);
        }
        Handle handle = handles.get(arguments.number(0));
        if (handle == null) {
            return Answer.failed("EBADF");
        }
        return switch (call.name()) {
            case "bind" -> Answer.of(0);
            case "listen" -> listen(handle);
            case "accept" -> accept(call, handle, false);
            case "accept4" -> accept(call, handle, arguments.has(3, Symbols.SOCK_NONBLOCK));
            case "connect" -> connect(handle);
            case "read", "recv", "recvfrom", "readv", "recvmsg" -> read(call, handle, arguments);
            case "write", "send", "sendto", "writev", "sendmsg" -> write(call, handle, arguments);
            case "close" -> close(arguments.number(0), handle);
            case "shutdown" -> shutdown(handle, arguments.number(1));
            case "fcntl" -> fcntl(handle, arguments);
            case "ioctl" -> ioctl(arguments);
            case "setsockopt" -> options.set(arguments);
            case "getsockopt" -> getsockopt(handle, arguments);
            default -> throw new AssertionError("call " + call.name());
        };
    }

    /** Whether the script has a socket open other than one that listens. */
    boolean hasConnectionOpen() {
        return handles.values().stream().anyMatch(handle -> handle.kind != Kind.LISTENER);
    }

    private Answer socket(Call call, Arguments arguments) {
        Long number = Symbols.number(call.result());
        if (number == null || number < 0) {
            return Answer.of(nextNumber());
        }
        Handle handle = new Handle();
        handle.nonBlocking = arguments.has(1, Symbols.SOCK_NONBLOCK);
        handles.put(number, handle);
        return Answer.of(number);
    }

    private long nextNumber() {
        long number = 3;
        while (handles.containsKey(number)) {
            number++;
        }
        return number;
    }

    private Answer listen(Handle handle) {
        if (handle.kind == Kind.CONNECTION) {
            return Answer.failed("EINVAL");
        }
        if (handle.kind == Kind.FRESH) {
            end.listen();
            handle.kind = Kind.LISTENER;
        }
        return Answer.of(0);
    }

    private @Nullable Answer accept(Call call, Handle handle, boolean nonBlocking) {
        if (handle.kind != Kind.LISTENER) {
            return Answer.failed("EINVAL");
        }
        TcpState state = end.state();
        boolean ready = state.isSynchronized() || (state == TcpState.CLOSED && end.closeReason() != null);
        if (accepted || !ready) {
            return handle.nonBlocking ? Answer.failed("EAGAIN") : null;
        }
        accepted = true;
        Handle connection = new Handle();
        connection.kind = Kind.CONNECTION;
        connection.nonBlocking = nonBlocking;
        connection.reportedConnected = true;
        Long number = Symbols.number(call.result());
        long given = number == null || number < 0 || handles.containsKey(number) ? nextNumber() : number;
        handles.put(given, connection);
        return Answer.of(given);
    }

    private @Nullable Answer connect(Handle handle) {
        if (handle.kind == Kind.LISTENER) {
            return Answer.failed("EISCONN");
        }
        if (handle.kind == Kind.FRESH) {
            handle.kind = Kind.CONNECTION;
            end.connect();
            return handle.nonBlocking ? Answer.failed("EINPROGRESS") : null;
        }
        String error = takeError();
        if (error != null) {
            return Answer.failed(error);
        }
        TcpState state = end.state();
        if (state == TcpState.SYN_SENT || state == TcpState.SYN_RECEIVED) {
            return handle.nonBlocking ? Answer.failed("EALREADY") : null;
        }
        if (handle.reportedConnected || !state.isSynchronized()) {
            return Answer.failed(state.isSynchronized() ? "EISCONN" : "ECONNABORTED");
        }
        handle.reportedConnected = true;
        return Answer.of(0);
    }

    private @Nullable String takeError() {
        SocketError error = end.error();
        if (error == null || errorTaken) {
            return null;
        }
        errorTaken = true;
        return error.name();
    }

    private @Nullable Answer read(Call call, Handle handle, Arguments arguments) {
        if (handle.kind != Kind.CONNECTION) {
            return Answer.failed("ENOTCONN");
        }
        long flags = arguments.flags(call.name());
        long bytes = Math.min(arguments.bytes(call.name()), end.unread());
        if (arguments.bytes(call.name()) == 0 || bytes > 0) {
            return Answer.of((flags & Symbols.MSG_PEEK) != 0 ? bytes : end.read((int) bytes));
        }
        String error = takeError();
        if (error != null) {
            return Answer.failed(error);
        }
        TcpState state = end.state();
        if (handle.readShut || end.isPeerClosed() || hasLeft(state)) {
            return Answer.of(0);
        }
        return mayBlock(handle, flags) ? null : Answer.failed("EAGAIN");
    }

    private static boolean mayBlock(Handle handle, long flags) {
        return !handle.nonBlocking && (flags & Symbols.MSG_DONTWAIT) == 0;
    }

    private @Nullable Answer write(Call call, Handle handle, Arguments arguments) {
        if (handle.kind != Kind.CONNECTION) {
            return Answer.failed("EPIPE");
        }
        String error = takeError();
        if (error != null) {
            return Answer.failed(error);
        }
        TcpState state = end.state();
        if (handle.writeShut || !state.mayWrite()) {
            return Answer.failed("EPIPE");
        }
        long flags = arguments.flags(call.name());
        if (state == TcpState.SYN_SENT || state == TcpState.SYN_RECEIVED) {
            return mayBlock(handle, flags) ? null : Answer.failed("EAGAIN");
        }
        long bytes = arguments.bytes(call.name());
        if (bytes == 0) {
            return Answer.of(0);
        }
        SendBuffer buffer = options.sendBuffer();
        long taken = buffer.write(bytes, (flags & Symbols.MSG_MORE) != 0);
        if (taken < bytes && mayBlock(handle, flags)) {
            return null;
        }
        buffer.done();
        return taken > 0 ? Answer.of(taken) : Answer.failed("EAGAIN");
    }

    private @Nullable Answer close(long number, Handle handle) {
        if (handle.kind == Kind.CONNECTION) {
            closeConnection(handle);
            if (handle.closing && lingersOn(handle)) {
                return null;
            }
        } else if (handle.kind == Kind.LISTENER && !accepted && end.state().isSynchronized()) {
            end.abort();
        } else if (handle.kind == Kind.LISTENER
                && (end.state() == TcpState.LISTEN || end.state() == TcpState.SYN_RECEIVED)) {
            end.stopListening();
        }
        handles.remove(number);
        return Answer.of(0);
    }

    private void closeConnection(Handle handle) {
        if (handle.closing) {
            return;
        }
        if (end.unread() > 0 || options.closesAtOnce()) {
            end.abort();
            return;
        }
        end.close();
        handle.closing = options.lingerNs() > 0 && !handle.nonBlocking;
        handle.lingersUntilNs = end.nowNs() + options.lingerNs();
    }

    /** sk_stream_wait_close(), net/core/stream.c: until the peer has acknowledged everything, or time is up. */
    private boolean lingersOn(Handle handle) {
        TcpState state = end.state();
        boolean unfinished = state == TcpState.FIN_WAIT_1 || state == TcpState.CLOSING || state == TcpState.LAST_ACK;
        return unfinished && end.nowNs() < handle.lingersUntilNs;
    }

    /** For how long a call may block, in nanoseconds; {@link Long#MAX_VALUE} for ever. */
    long patienceNs(Call call) {
        Arguments arguments = new Arguments(call.arguments());
        if (call.name().equals("close")) {
            return options.lingerNs();
        }
        long timeoutMs = call.name().equals("poll") ? arguments.number(2) : -1;
        return timeoutMs < 0 ? Long.MAX_VALUE : Math.min(timeoutMs, Integer.MAX_VALUE) * NS_PER_MS;
    }

    private Answer ioctl(Arguments arguments) {
        return switch (arguments.word(1)) {
            case "SIOCOUTQ", "TIOCOUTQ" ->
                options.compare("bytes not acknowledged", end.info().queuedBytes(), arguments, 2);
            case "SIOCOUTQNSD" -> options.compare("bytes not sent", end.info().notSentBytes(), arguments, 2);
            default -> options.compare("bytes to read", end.unread(), arguments, 2);
        };
    }

    private Answer shutdown(Handle handle, long how) {
        if (handle.kind != Kind.CONNECTION || hasLeft(end.state())) {
            return Answer.failed("ENOTCONN");
        }
        if (how != Symbols.SHUT_WR) {
            handle.readShut = true;
            end.shutdownReading();
        }
        if (how != Symbols.SHUT_RD && !handle.writeShut) {
            handle.writeShut = true;
            end.shutdown();
        }
        return Answer.of(0);
    }

    /** The state of the socket: it has left a connection that is in TIME-WAIT (tcp_time_wait(), net/ipv4/tcp_minisocks.c). */
    static TcpState ofSocket(TcpState ofConnection) {
        return ofConnection == TcpState.TIME_WAIT ? TcpState.CLOSED : ofConnection;
    }

    private static boolean hasLeft(TcpState state) {
        return ofSocket(state) == TcpState.CLOSED;
    }

    private static Answer fcntl(Handle handle, Arguments arguments) {
        if (arguments.isWord(1, "F_GETFL")) {
            return Answer.of(Symbols.O_RDWR | (handle.nonBlocking ? Symbols.O_NONBLOCK : 0));
        }
        handle.nonBlocking = arguments.has(2, Symbols.O_NONBLOCK);
        return Answer.of(0);
    }

    private Answer getsockopt(Handle handle, Arguments arguments) {
        if (arguments.isWord(2, "SO_ERROR")) {
            String error = takeError();
            return error == null ? options.compare("error", 0, arguments, 3) : options.compareError(error, arguments);
        }
        return options.get(arguments, handle.kind == Kind.LISTENER);
    }

    /** What is ready on the files asked for; blocks unless something is or the time given is 0. */
    private @Nullable Answer poll(Arguments arguments) {
        long ready = 0;
        for (Expression item : arguments.array(0)) {
            if (!(item instanceof Expression.Struct file)) {
                continue;
            }
            Long number = fieldNumber(file, "fd");
            Long wanted = fieldNumber(file, "events");
            Long expected = fieldNumber(file, "revents");
            Handle handle = handles.get(number);
            long events = handle == null ? 0 : events(handle, wanted == null ? 0 : wanted);
            ready += events == 0 ? 0 : 1;
            if (expected != null && expected != events && (events != 0 || arguments.number(2) == 0)) {
                return Answer.differing("revents of file " + number + " is " + events + ", expected " + expected);
            }
        }
        return ready > 0 || arguments.number(2) == 0 ? Answer.of(ready) : null;
    }

    private static @Nullable Long fieldNumber(Expression.Struct file, String name) {
        Expression field = file.field(name);
        return field == null ? null : Symbols.number(field);
    }

    /** tcp_poll(), net/ipv4/tcp.c. */
    private long events(Handle handle, long wanted) {
        long events = 0;
        TcpState state = end.state();
        if (handle.kind == Kind.LISTENER) {
            events |= !accepted && state.isSynchronized() ? Symbols.POLLIN | Symbols.POLLRDNORM : 0;
            return events & wanted;
        }
        boolean noMoreToRead = handle.readShut || end.isPeerClosed() || hasLeft(state);
        boolean noMoreToWrite = handle.writeShut || hasLeft(state);
        events |= noMoreToRead && noMoreToWrite ? Symbols.POLLHUP : 0;
        events |= noMoreToRead ? Symbols.POLLIN | Symbols.POLLRDNORM | Symbols.POLLRDHUP : 0;
        events |= end.unread() > 0 ? Symbols.POLLIN | Symbols.POLLRDNORM : 0;
        events |= (state.isSynchronized() && options.sendBuffer().isWritable()) || noMoreToWrite
                ? Symbols.POLLOUT | Symbols.POLLWRNORM
                : 0;
        events |= end.error() != null && !errorTaken ? Symbols.POLLERR : 0;
        return events & (wanted | Symbols.POLLERR | Symbols.POLLHUP);
    }
}
