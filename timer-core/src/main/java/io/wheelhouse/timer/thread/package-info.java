/**
 * The processor: what one timer thread does with the buckets it owns, one step at a time. The same step runs in virtual
 * and in live time; the meter passed in is the only difference. Threads of the host and policies do not belong here.
 */
@NullMarked
package io.wheelhouse.timer.thread;

import org.jspecify.annotations.NullMarked;
