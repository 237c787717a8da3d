/**
 * Timer structures: each keeps caller-numbered timers and hands them out when they expire. A structure knows time
 * only as the numbers its caller passes in, and timers only as small integers. Buckets, threads and TCP may not be
 * named here.
 */
@NullMarked
package io.wheelhouse.timer.queue;

import org.jspecify.annotations.NullMarked;
