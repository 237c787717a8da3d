/**
 * The workload monitor, which identifies each processor's utilization statistically, and the assigner policies, which
 * say from its readings which processor shall own which bucket. All are pure functions of what a barrier collected, in
 * processor order. Nothing here touches a bucket or moves one.
 */
@NullMarked
package io.wheelhouse.timer.balance;

import org.jspecify.annotations.NullMarked;
