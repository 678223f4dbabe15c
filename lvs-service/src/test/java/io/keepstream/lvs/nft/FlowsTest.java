package io.keepstream.lvs.nft;

import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.nft.NfConnection;
import io.keepstream.linux.nft.NfConnection.Tuple;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.nft.Flows.Place;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowsTest {
  private static final InetAddress VIP = InetAddress.ofLiteral("10.1.1.1");
  private static final InetAddress CLIENT = InetAddress.ofLiteral("10.9.9.9");
  private static final ServiceKey UDP = new ServiceKey.Address(Protocol.UDP, VIP, 53);
  private static final ServiceKey ANY = new ServiceKey.Address(Protocol.TCP, VIP, 0);
  private static final ServiceKey MARK = new ServiceKey.FirewallMark(Family.IPV4, 7);

  private static Entry entry(ServiceKey key, Destination... destinations) {
    return Entry.of(
        new VirtualService(key, "rr", Set.of(), Persistence.none(Family.IPV4)),
        List.of(destinations));
  }

  private static NfConnection connection(
      Protocol protocol, int port, int server, long mark, boolean established) {
    InetAddress address = destination(server, 1).key().address();
    return new NfConnection(
        new Tuple(protocol.number(), CLIENT, 40000, VIP, port),
        new Tuple(protocol.number(), address, 8080, CLIENT, 40000),
        mark,
        established);
  }

  @Test
  void connectionsAreCountedWhereTheyBelong() {
    Destination anyPort =
        new Destination(
            new DestinationKey(destination(3, 1).key().address(), 0),
            1,
            Forwarding.MASQUERADE,
            0,
            0);
    ServiceTable table =
        table(
            entry(key("10.1.1.1"), destination(1, 1), destination(2, 0)),
            entry(ANY, anyPort),
            entry(MARK, destination(4, 1)));
    assertThat(
            Flows.open(
                table,
                List.of(
                    connection(Protocol.TCP, 80, 1, 0, true),
                    connection(Protocol.TCP, 80, 1, 0, false),
                    connection(Protocol.TCP, 80, 2, 0, true),
                    connection(Protocol.TCP, 81, 3, 0, true),
                    connection(Protocol.UDP, 81, 4, 7, false),
                    connection(Protocol.TCP, 80, 9, 0, true),
                    connection(Protocol.SCTP, 80, 1, 0, true))))
        .containsOnly(
            Map.entry(
                new Place(key("10.1.1.1"), destination(1, 1).key()), new Connections(1, 1, 0)),
            Map.entry(
                new Place(key("10.1.1.1"), destination(2, 1).key()), new Connections(1, 0, 0)),
            Map.entry(new Place(ANY, anyPort.key()), new Connections(1, 0, 0)),
            Map.entry(new Place(MARK, destination(4, 1).key()), new Connections(0, 1, 0)));
  }

  @Test
  void onlyDatagramsToServersThatLeaveAreStranded() {
    ServiceTable before =
        table(
            entry(UDP, destination(1, 1), destination(2, 1)),
            entry(key("10.1.1.1"), destination(1, 1)));
    ServiceTable after = table(entry(UDP, destination(2, 0)));
    NfConnection stranded = connection(Protocol.UDP, 53, 1, 0, false);
    assertThat(
            Flows.stranded(
                before,
                after,
                List.of(
                    stranded,
                    connection(Protocol.UDP, 53, 2, 0, false),
                    connection(Protocol.UDP, 53, 9, 0, false),
                    connection(Protocol.TCP, 80, 1, 0, true))))
        .containsExactly(stranded);
  }
}
