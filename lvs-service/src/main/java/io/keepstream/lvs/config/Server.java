package io.keepstream.lvs.config;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.ForwardingMethod;
import io.keepstream.lvs.ipvs.ServiceKey;
import java.net.InetAddress;

/**
 * A server that a virtual server sends connections to.
 *
 * @param backend the name that events and verdicts use
 * @param port 0 for the port the client asked for
 * @param weight its share, 0 to 2147483647
 */
public record Server(
    BackendRef backend, InetAddress address, int port, int weight, Connection connection) {

  /**
   * How connections get there.
   *
   * @param upperThreshold connections above which it gets no new ones; 0 is none
   * @param lowerThreshold connections below which it gets new ones again; 0 is none
   */
  public record Connection(Forwarding forwarding, long upperThreshold, long lowerThreshold) {}

  /** The same with another weight. */
  public Server withWeight(int other) {
    return new Server(backend, address, port, other, connection);
  }

  /**
   * The server as a destination of {@code service}. Only masquerading can change the port; by any
   * other method the server is reached at the port of the service.
   */
  public Destination in(ServiceKey service) {
    boolean ownPort = connection.forwarding().method() == ForwardingMethod.MASQUERADE;
    int servicePort =
        switch (service) {
          case ServiceKey.Address key -> key.port();
          case ServiceKey.FirewallMark mark -> 0;
        };
    return new Destination(
        new DestinationKey(address, ownPort ? port : servicePort),
        weight,
        connection.forwarding(),
        connection.upperThreshold(),
        connection.lowerThreshold());
  }
}
