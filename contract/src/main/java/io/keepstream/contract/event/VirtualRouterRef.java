package io.keepstream.contract.event;

/**
 * Which virtual router an event is about.
 *
 * @param instance the name of the {@code vrrp_instance} block
 * @param vrid virtual router id, 1-255
 * @param family {@code inet} or {@code inet6}
 * @param networkInterface the interface adverts are sent on
 */
public record VirtualRouterRef(String instance, int vrid, String family, String networkInterface) {}
