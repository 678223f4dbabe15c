/**
 * Real servers that operators have added while the node runs.
 *
 * <p>{@link io.keepstream.health.added.AddedServers} hears of them from lvs-service. No line of the
 * configuration says how to check them, so {@link io.keepstream.health.added.SiblingChecks} checks
 * them as the others of their virtual server are: the checks that all of these have in common, each
 * moved to the new server by {@link io.keepstream.health.added.Move}. What does not speak of the
 * server itself, such as a script without its address, is only taken where several servers have it.
 */
package io.keepstream.health.added;
