package io.wheelhouse.tcp.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One TCP stack's constants and rules: data, read from a file that gives the source of each, and overridable by name.
 *
 * <p>Immutable; any thread. Reading a constant costs one array access. A limit that the stack does not have is {@link
 * ValueKind#NONE}, later than any time and more than any count: compare with it, do not add to it.
 */
public final class Profile {
    private static final List<String> NAMES = List.of("rfc", "rfc-racktlp", "linux", "freebsd");

    private final String name;
    private final long[] values;
    private final String[] sources;
    private final RttEstimator estimator;
    private final GiveUp giveUp;

    Profile(String name, long[] values, String[] sources) {
        this.name = name;
        this.values = values.clone();
        this.sources = sources.clone();
        this.estimator = createEstimator();
        this.giveUp = new GiveUp(this);
    }

    private RttEstimator createEstimator() {
        return switch (choice(TcpConstant.ESTIMATOR)) {
            case "rfc6298" -> new Rfc6298Estimator(this);
            case "linux" -> new LinuxEstimator(this);
            default -> throw new AssertionError("estimator " + choice(TcpConstant.ESTIMATOR));
        };
    }

    /** The names of the profiles that come with this module. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * One of the profiles that come with this module.
     *
     * @param name one of {@link #names()}
     */
    public static Profile named(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "no TCP profile is called \"" + name + "\"; there are " + String.join(", ", NAMES));
        }
        return ProfileFile.resource(name);
    }

    /**
     * Reads a profile of one's own, with a line {@code name = value unit # source} for each constant.
     *
     * @throws IllegalArgumentException that names the line and what is wrong with it
     */
    public static Profile parse(String name, String text) {
        return ProfileFile.parse(name, text);
    }

    /** The names by which constants may be set: their keys, then the Linux sysctls. */
    public static List<String> constantNames() {
        return ConstantName.list();
    }

    /**
     * What is wrong with setting a constant to a value, in a phrase that follows the value and a colon; null if nothing.
     *
     * @throws UnknownConstantException if no constant has that name
     */
    public static @Nullable String problemWith(String constantName, String value) {
        ConstantName constant = ConstantName.of(constantName);
        try {
            constant.parse(value);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /**
     * This profile with some constants set otherwise.
     *
     * @param settings constant name to value, as {@code tcp_retries2} to {@code 8} or {@code rto-min} to {@code 20ms}
     * @throws UnknownConstantException if no constant has a name given
     * @throws IllegalArgumentException if a value is not one the constant may have
     */
    public Profile with(Map<String, String> settings) {
        long[] changed = values.clone();
        String[] changedSources = sources.clone();
        settings.forEach((constantName, value) -> {
            ConstantName constant = ConstantName.of(constantName);
            String problem = problemWith(constantName, value);
            if (problem != null) {
                throw new IllegalArgumentException(constantName + ": " + value + ": " + problem);
            }
            changed[constant.constant().ordinal()] = constant.parse(value);
            changedSources[constant.constant().ordinal()] = "set, as " + constantName + " = " + value;
        });
        return new Profile(name, changed, changedSources);
    }

    /** The profile's name. */
    public String name() {
        return name;
    }

    /** A time in nanoseconds. */
    public long ns(TcpConstant constant) {
        assert constant.kind() instanceof ValueKind.Time : constant;
        return values[constant.ordinal()];
    }

    /** A count or a number of bytes; {@link Integer#MAX_VALUE} for none. */
    public int count(TcpConstant constant) {
        assert constant.kind() instanceof ValueKind.Count || constant.kind() instanceof ValueKind.Bytes : constant;
        return (int) Math.min(Integer.MAX_VALUE, values[constant.ordinal()]);
    }

    /** Whether a flag is on. */
    public boolean is(TcpConstant constant) {
        assert constant.kind() instanceof ValueKind.Flag : constant;
        return values[constant.ordinal()] != 0;
    }

    /** The name of the rule chosen. */
    public String choice(TcpConstant constant) {
        if (constant.kind() instanceof ValueKind.Choice choice) {
            return choice.names().get((int) values[constant.ordinal()]);
        }
        throw new AssertionError("not a choice: " + constant);
    }

    /** The value as a profile's file has it, with its unit. */
    public String text(TcpConstant constant) {
        return constant.kind().format(values[constant.ordinal()]);
    }

    /** Where the value comes from. */
    public String source(TcpConstant constant) {
        return sources[constant.ordinal()];
    }

    /** How the retransmission timeout follows from samples of the round-trip time. */
    public RttEstimator estimator() {
        return estimator;
    }

    /** When to give up. */
    public GiveUp giveUp() {
        return giveUp;
    }

    /** A time in nanoseconds, rounded up to the stack's jiffy; itself where the stack keeps exact time. */
    public long ceilToJiffyNs(long ns) {
        long jiffyNs = ns(TcpConstant.JIFFY);
        return jiffyNs == 0 ? ns : Math.multiplyExact(Math.floorDiv(ns + jiffyNs - 1, jiffyNs), jiffyNs);
    }

    @Override
    public String toString() {
        return "Profile[" + name + "]";
    }
}
