package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.Server;
import io.keepstream.lvs.config.SorryServer;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.VirtualService;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Small virtual servers and tables. */
public final class Samples {
  public static final String NAME = "[10.1.1.1]:tcp:80";

  private Samples() {}

  public static ServiceKey key(String address) {
    return new ServiceKey.Address(Protocol.TCP, InetAddress.ofLiteral(address), 80);
  }

  public static VirtualService service(ServiceKey key) {
    return new VirtualService(key, "rr", Set.of(), Persistence.none(key.family()));
  }

  /** The destination 10.2.0.{@code last}:8080. */
  public static Destination destination(int last, int weight) {
    InetAddress address = InetAddress.ofLiteral("10.2.0." + last);
    return new Destination(new DestinationKey(address, 8080), weight, Forwarding.MASQUERADE, 0, 0);
  }

  public static ServiceTable table(Entry... entries) {
    Map<ServiceKey, Entry> byKey = new LinkedHashMap<>();
    Arrays.stream(entries).forEach(entry -> byKey.put(entry.service().key(), entry));
    return new ServiceTable(byKey);
  }

  /** A service at {@code address} with {@code destinations}. */
  public static Entry entry(String address, Destination... destinations) {
    return Entry.of(service(key(address)), List.of(destinations));
  }

  public static BackendRef backend(int last) {
    return new BackendRef(NAME, "[10.2.0.%d]:tcp:8080".formatted(last));
  }

  public static Server server(int last, int weight, Forwarding forwarding) {
    return new Server(
        backend(last),
        InetAddress.ofLiteral("10.2.0." + last),
        8080,
        weight,
        new Server.Connection(forwarding, 0, 0));
  }

  public static RealServer real(int last, int weight) {
    return new RealServer(server(last, weight, Forwarding.MASQUERADE), true, false, false);
  }

  public static RealServer alpha(RealServer real) {
    return new RealServer(real.server(), true, true, real.inhibitOnFailure());
  }

  public static RealServer inhibited(RealServer real) {
    return new RealServer(real.server(), true, real.startsDown(), true);
  }

  /** The sorry server 10.2.0.{@code last}:8080. */
  public static Optional<SorryServer> sorry(int last, boolean inhibit) {
    return Optional.of(new SorryServer(server(last, 1, Forwarding.MASQUERADE), inhibit));
  }

  public static VirtualServer pool(
      Quorum quorum, Optional<SorryServer> sorry, RealServer... reals) {
    return new VirtualServer(
        NAME, List.of(service(key("10.1.1.1"))), quorum, sorry, List.of(reals));
  }

  public static LvsConfig config(VirtualServer... servers) {
    return new LvsConfig(List.of(servers));
  }
}
