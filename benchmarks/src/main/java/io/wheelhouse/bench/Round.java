package io.wheelhouse.bench;

/**
 * What one round of a workload on one structure took.
 *
 * @param operations done
 * @param threadCpuNs processor time of the thread that did them: the figure reported
 * @param wallNs time on the clock
 * @param processCpuNs processor time of the whole process, its garbage collector's and compiler's included
 * @param allocatedBytes allocated by the thread
 * @param cut whether the round took too long and was ended before it showed the whole workload
 */
record Round(long operations, long threadCpuNs, long wallNs, long processCpuNs, long allocatedBytes, boolean cut) {

    private static final int FIELDS = 6;

    double nsOfOperation() {
        return (double) threadCpuNs / operations;
    }

    double bytesOfOperation() {
        return (double) allocatedBytes / operations;
    }

    /** One line, which {@link #parse} reads. */
    String line() {
        return operations + " " + threadCpuNs + " " + wallNs + " " + processCpuNs + " " + allocatedBytes + " " + cut;
    }

    static Round parse(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not a round: '" + line + "'");
        }
        return new Round(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Boolean.parseBoolean(fields[5]));
    }
}
