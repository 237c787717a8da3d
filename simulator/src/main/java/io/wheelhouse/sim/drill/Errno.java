package io.wheelhouse.sim.drill;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The errors that system calls give, by name, with the words that go with them (errno(3)). */
final class Errno {
    private static final Map<String, String> ALL = all();

    private Errno() {}

    private static Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        all.put("EPERM", "Operation not permitted");
        all.put("EINTR", "Interrupted system call");
        all.put("EIO", "Input/output error");
        all.put("EBADF", "Bad file descriptor");
        all.put("EAGAIN", "Resource temporarily unavailable");
        all.put("EWOULDBLOCK", "Resource temporarily unavailable");
        all.put("ENOMEM", "Cannot allocate memory");
        all.put("EACCES", "Permission denied");
        all.put("EFAULT", "Bad address");
        all.put("EBUSY", "Device or resource busy");
        all.put("EEXIST", "File exists");
        all.put("ENODEV", "No such device");
        all.put("EINVAL", "Invalid argument");
        all.put("EMFILE", "Too many open files");
        all.put("ENOTTY", "Inappropriate ioctl for device");
        all.put("EPIPE", "Broken pipe");
        all.put("EDOM", "Numerical argument out of domain");
        all.put("ERANGE", "Numerical result out of range");
        all.put("ENOSYS", "Function not implemented");
        all.put("EPROTO", "Protocol error");
        all.put("EBADMSG", "Bad message");
        all.put("ENOTSOCK", "Socket operation on non-socket");
        all.put("EDESTADDRREQ", "Destination address required");
        all.put("EMSGSIZE", "Message too long");
        all.put("EPROTOTYPE", "Protocol wrong type for socket");
        all.put("ENOPROTOOPT", "Protocol not available");
        all.put("EPROTONOSUPPORT", "Protocol not supported");
        all.put("ESOCKTNOSUPPORT", "Socket type not supported");
        all.put("EOPNOTSUPP", "Operation not supported");
        all.put("ENOTSUP", "Operation not supported");
        all.put("EAFNOSUPPORT", "Address family not supported by protocol");
        all.put("EADDRINUSE", "Address already in use");
        all.put("EADDRNOTAVAIL", "Cannot assign requested address");
        all.put("ENETDOWN", "Network is down");
        all.put("ENETUNREACH", "Network is unreachable");
        all.put("ENETRESET", "Network dropped connection on reset");
        all.put("ECONNABORTED", "Software caused connection abort");
        all.put("ECONNRESET", "Connection reset by peer");
        all.put("ENOBUFS", "No buffer space available");
        all.put("EISCONN", "Transport endpoint is already connected");
        all.put("ENOTCONN", "Transport endpoint is not connected");
        all.put("ESHUTDOWN", "Cannot send after transport endpoint shutdown");
        all.put("ETIMEDOUT", "Connection timed out");
        all.put("ECONNREFUSED", "Connection refused");
        all.put("EHOSTDOWN", "Host is down");
        all.put("EHOSTUNREACH", "No route to host");
        all.put("EALREADY", "Operation already in progress");
        all.put("EINPROGRESS", "Operation now in progress");
        all.put("ENOENT", "No such file or directory");
        all.put("ENOSPC", "No space left on device");
        all.put("ESTALE", "Stale file handle");
        all.put("ECANCELED", "Operation canceled");
        return all;
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    static boolean isKnown(String name) {
        return ALL.containsKey(name);
    }

    /** {@code ETIMEDOUT (Connection timed out)}. */
    static String shown(@Nullable String name) {
        return name == null ? "no error" : name + " (" + ALL.get(name) + ")";
    }

    /** Some errors have two names. */
    static String canonical(String name) {
        return switch (name) {
            case "EWOULDBLOCK" -> "EAGAIN";
            case "ENOTSUP" -> "EOPNOTSUPP";
            default -> name;
        };
    }
}
