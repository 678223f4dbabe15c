package io.keepstream.contract;

/**
 * The origin of an event or snapshot.
 *
 * @param node the node's name ({@code router_id}, else the host name)
 * @param service the publishing service
 * @param bootId changes at every start of the service; sequences restart with it
 */
public record Source(String node, Service service, String bootId) {}
