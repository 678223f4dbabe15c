package io.keepstream.contract;

import java.util.Objects;

/**
 * The origin of an event or snapshot.
 *
 * @param node the node's name ({@code router_id}, else the host name)
 * @param service the publishing service
 * @param bootId changes at every start of the service; sequences restart with it
 */
public record Source(String node, Service service, String bootId) {
  // Written out: what the compiler writes is linked at the first call, which takes 20 ms of a
  // start.

  @Override
  public boolean equals(Object other) {
    return other instanceof Source that
        && Objects.equals(node, that.node)
        && service == that.service
        && Objects.equals(bootId, that.bootId);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(bootId);
  }
}
