package io.wheelhouse.bench;

import io.wheelhouse.bench.work.Size;
import io.wheelhouse.bench.work.Workload;

/** One table of the comparison: a workload at a size. */
record Cell(Workload workload, Size size) {}
