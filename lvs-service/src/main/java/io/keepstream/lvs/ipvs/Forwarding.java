package io.keepstream.lvs.ipvs;

import java.util.Locale;

/**
 * A forwarding method with its settings.
 *
 * @param tunnel {@link Tunnel#IPIP} for all methods but TUNNEL
 */
public record Forwarding(ForwardingMethod method, Tunnel tunnel) {
  public static final Forwarding MASQUERADE = of(ForwardingMethod.MASQUERADE);
  public static final Forwarding DIRECT_ROUTE = of(ForwardingMethod.DIRECT_ROUTE);

  /** A method without settings of its own. */
  public static Forwarding of(ForwardingMethod method) {
    return new Forwarding(method, Tunnel.IPIP);
  }

  /** A tunnel. */
  public static Forwarding through(Tunnel tunnel) {
    return new Forwarding(ForwardingMethod.TUNNEL, tunnel);
  }

  @Override
  public String toString() {
    return tunnel.type() == Tunnel.Type.IPIP
        ? method.word()
        : method.word() + " " + tunnel.type().name().toLowerCase(Locale.ROOT);
  }
}
