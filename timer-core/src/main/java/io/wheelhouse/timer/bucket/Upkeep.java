package io.wheelhouse.timer.bucket;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.queue.OperationCounts;

/** What a structure's looking after itself, slots visited and entries filed again, has been charged for. */
final class Upkeep {
    private long visits;
    private long refiles;

    /** Charges for what the structure has done since the last charge, and returns how long that took. */
    long charge(OperationCounts counts, ServiceMeter meter) {
        long newVisits = counts.slotVisits() - visits;
        long newRefiles = counts.refiles() - refiles;
        if ((newVisits | newRefiles) == 0) {
            return 0;
        }
        visits += newVisits;
        refiles += newRefiles;
        long startNs = meter.nowNs();
        meter.charge(Cost.SLOT_VISIT, newVisits);
        meter.charge(Cost.REFILE, newRefiles);
        return meter.nowNs() - startNs;
    }
}
