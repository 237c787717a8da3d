/**
 * Segments as packets in a capture file, for Wireshark, tshark and the like. Knows the formats alone; what is captured,
 * and when, is for others to say.
 */
@NullMarked
package io.wheelhouse.sim.pcap;

import org.jspecify.annotations.NullMarked;
