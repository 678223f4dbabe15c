/**
 * Where checks meet sockets, processes, the clock and the bus. Everything here runs on the event
 * loop of {@link io.keepstream.health.edge.HealthVerticle}; one timer serves all checks. Only the
 * connections of more servers than that loop has time for are made on others.
 */
package io.keepstream.health.edge;
