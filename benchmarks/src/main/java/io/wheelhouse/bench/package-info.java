/**
 * The comparison of timer structures: the program that interleaves them ({@link io.wheelhouse.bench.Compare}), the
 * processes it measures in, its report, and the same workloads as JMH benchmarks. What is measured lives in {@code
 * work}, what it is measured on in {@code structure}; {@code part} has JMH benchmarks of the engine's parts. Nothing in
 * Wheelhouse depends on this module.
 */
@NullMarked
package io.wheelhouse.bench;

import org.jspecify.annotations.NullMarked;
