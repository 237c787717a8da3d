package io.wheelhouse.sim.cli;

/** What the command line ends with. */
final class ExitCode {
    /** Fine. */
    static final int OK = 0;
    /** The run failed: it broke a law, could not be held to them, ran out of memory, could not write, or met a bug. */
    static final int FAILED = 1;
    /** The command line makes no sense, or a value that it puts in place of a file's does not fit. */
    static final int USAGE = 2;
    /** A scenario file or another input file is invalid or missing. */
    static final int INVALID = 3;
    /** The run went well, but did not show what was expected; or two results differ. */
    static final int NOT_MET = 4;
    /** Runs of a sweep are missing. */
    static final int INCOMPLETE = 5;
    /** Interrupted; partial results are saved and marked. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
