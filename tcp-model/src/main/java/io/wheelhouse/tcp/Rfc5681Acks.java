package io.wheelhouse.tcp;

/**
 * The plain rule of RFC 5681, section 4.2: acknowledge at least every second full-sized segment, anything else after a
 * fixed delay, and at once while data is missing or a gap has just been filled. FreeBSD acknowledges every second segment,
 * whatever its size: DELAY_ACK(), sys/netinet/tcp_input.c.
 */
final class Rfc5681Acks implements AckPolicy {
    private final long delayNs;
    private final int everySegments;
    private final boolean delaysOne;

    /**
     * @param everySegments a full segment in so many is acknowledged at once
     * @param delaysOne whether the acknowledgment of one segment is delayed at a time, however small it is
     */
    Rfc5681Acks(long delayNs, int everySegments, boolean delaysOne) {
        this.delayNs = delayNs;
        this.everySegments = everySegments;
        this.delaysOne = delaysOne;
    }

    @Override
    public void dataArrived(EndContext end, int length, boolean pushed) {
        end.row.set(EndRow.ACK_SCHEDULED);
    }

    @Override
    public void dataArrivedEarly(EndContext end, int length, boolean pushed) {}

    @Override
    public void dataArrivedAgain(EndContext end) {}

    @Override
    public void finArrived(EndContext end) {
        end.row.set(EndRow.ACK_SCHEDULED | EndRow.ACK_NOW);
    }

    @Override
    public void decide(EndContext end, boolean gapsRemain) {
        EndRow row = end.row;
        if (!row.is(EndRow.ACK_SCHEDULED)) {
            return;
        }
        boolean delayed = row.isArmed(TcpTimer.DELAYED_ACK);
        int unacknowledged = row.rcvNxt() - row.rcvAcked();
        boolean enough = unacknowledged >= everySegments * end.settings().mss || (delaysOne && delayed);
        if (row.is(EndRow.ACK_NOW) || gapsRemain || enough) {
            end.sendAck();
        } else if (!delayed) {
            end.timers.arm(TcpTimer.DELAYED_ACK, end.nowNs() + delayNs);
        }
    }

    @Override
    public void applicationRead(EndContext end) {}

    @Override
    public void acknowledged(EndContext end) {
        end.row.clear(EndRow.ACK_SCHEDULED | EndRow.ACK_NOW);
        end.timers.cancel(TcpTimer.DELAYED_ACK);
    }

    @Override
    public void dataSent(EndContext end) {}

    @Override
    public void quickAsked(EndContext end, int value) {}

    @Override
    public boolean isInteractive(EndRow row) {
        return false;
    }

    @Override
    public void timerFired(EndContext end) {
        end.count(TcpCount.DELAYED_ACKS);
        end.sendAck();
    }
}
