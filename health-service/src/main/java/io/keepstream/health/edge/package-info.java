/**
 * Where checks meet sockets, processes, the clock and the bus. Everything here runs on the event
 * loop of {@link io.keepstream.health.edge.HealthVerticle}; one timer serves all checks.
 */
package io.keepstream.health.edge;
