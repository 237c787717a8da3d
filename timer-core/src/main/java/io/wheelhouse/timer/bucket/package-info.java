/**
 * The bucket, the unit of ownership: its timers, its packets, its pending events, and the queue discipline by which
 * they share a processor; and the run queue of buckets that have work. A bucket is touched by its owner's thread alone
 * and shares nothing with any other bucket. Who owns which bucket is decided elsewhere.
 */
@NullMarked
package io.wheelhouse.timer.bucket;

import org.jspecify.annotations.NullMarked;
