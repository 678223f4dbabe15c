/**
 * A world without clocks and wires: virtual time, and a network whose faults come from a seed. The
 * same seed gives the same run, event by event.
 */
package io.keepstream.testkit.sim;
