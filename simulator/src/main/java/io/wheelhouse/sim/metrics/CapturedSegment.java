package io.wheelhouse.sim.metrics;

import io.wheelhouse.tcp.FourTuple;
import io.wheelhouse.tcp.TcpSegment;

/**
 * A segment as a capture at the modeled host sees it: its own when it sends them, the far end's when they arrive.
 *
 * @param outbound whether the host sent it
 * @param segment with all its options, its window in bytes
 * @param windowShift the bits by which the window is shifted on the wire
 */
public record CapturedSegment(long atNs, FourTuple tuple, boolean outbound, TcpSegment segment, int windowShift) {}
