package io.wheelhouse.bench.structure;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;

/**
 * Ways into classes of others that can only be driven by their own thread. A handle kept in a static final field is
 * compiled into its caller like a plain call.
 */
final class Internals {
    private final MethodHandles.Lookup lookup;
    private final Class<?> owner;

    private Internals(MethodHandles.Lookup lookup, Class<?> owner) {
        this.lookup = lookup;
        this.owner = owner;
    }

    /** What the class of that name, in the same package as {@code neighbour}, has inside. */
    static Internals of(Class<?> neighbour, String name) {
        try {
            Class<?> owner = Class.forName(neighbour.getPackageName() + "." + name, true, neighbour.getClassLoader());
            return new Internals(MethodHandles.privateLookupIn(owner, MethodHandles.lookup()), owner);
        } catch (ReflectiveOperationException missing) {
            throw unlikeExpected(name, missing);
        }
    }

    Class<?> type() {
        return owner;
    }

    /** A method, with its receiver and every argument that is no primitive taken as Object. */
    MethodHandle method(String name, Class<?> result, Class<?>... arguments) {
        try {
            return generic(lookup.findVirtual(owner, name, MethodType.methodType(result, arguments)));
        } catch (ReflectiveOperationException missing) {
            throw unlikeExpected(owner.getName() + "." + name, missing);
        }
    }

    /** A constructor, likewise; it answers an Object. */
    MethodHandle constructor(Class<?>... arguments) {
        try {
            return generic(lookup.findConstructor(owner, MethodType.methodType(void.class, arguments)));
        } catch (ReflectiveOperationException missing) {
            throw unlikeExpected("constructor of " + owner.getName(), missing);
        }
    }

    VarHandle field(String name, Class<?> type) {
        try {
            return lookup.findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException missing) {
            throw unlikeExpected(owner.getName() + "." + name, missing);
        }
    }

    private static MethodHandle generic(MethodHandle handle) {
        return handle.asType(handle.type().erase());
    }

    private static IllegalStateException unlikeExpected(String what, Exception cause) {
        return new IllegalStateException(what + " is not what this benchmark was written for", cause);
    }

    /** What to throw for a throwable of an invoked handle. */
    static RuntimeException rethrown(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }
}
