package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpEvent.AdvertsRejected;
import io.keepstream.contract.event.VrrpEvent.InstanceChanged;
import io.keepstream.contract.event.VrrpEvent.UnknownVridHeard;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.vrrp.Vector;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.PacketSocket;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody on the LAN sends packets as fast as one can. */
@KernelTest
class FloodTest {
  private static final Libc LIBC = new ForeignLibc();
  private static final String CONFIG =
      """
      global_defs {
          log_unknown_vrids
      }
      vrrp_instance FLOODED { version 2  interface eth0  virtual_router_id 51
          kernel_rx_buf_size 100000
          virtual_ipaddress { 192.0.2.100 }
      }
      vrrp_instance CALM { version 3  interface eth0  virtual_router_id 61  advert_int 0.05
          virtual_ipaddress { 192.0.2.110 }
      }
      """;

  private NamespaceLab lab;
  private LabElection election;
  private PacketSocket socket;
  private int index;

  @BeforeEach
  void start() {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    LabHost router = lab.host("router").nic("eth0", lan, "192.0.2.1/24");
    LabHost stranger = lab.host("stranger").nic("eth0", lan, "192.0.2.2/24");
    socket = lab.own(stranger.inside(() -> PacketSocket.openSender(LIBC)));
    index = stranger.inside(() -> LIBC.if_nametoindex("eth0"));
    election = LabElection.start(router, CONFIG);
    election.awaitState("CALM", VrrpState.MASTER);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  /** The other's adverts go on while refused packets keep coming. */
  @Test
  @Proves("VR-028")
  void oneRoutersFloodIsNotAnothersSilence() {
    long sent = election.counter("CALM", "adverSent");
    flood(
        "v2-bad-checksum",
        () ->
            election.counter("CALM", "adverSent") > sent + 20
                && election.counter("FLOODED", "checksumErrors") > 10_000);
    assertThat(election.events(InstanceChanged.class))
        .filteredOn(change -> change.router().instance().equals("CALM"))
        .extracting(InstanceChanged::to)
        .containsExactly(VrrpState.BACKUP, VrrpState.MASTER);
    assertThat(election.events(AdvertsRejected.class)).hasSizeLessThan(3);
  }

  @Test
  @Proves("VR-013")
  void unknownVridsAreToldOncePerWindow() {
    flood("v2-vrid-unknown", () -> election.counter("CALM", "vridErrors") > 1000);
    assertThat(election.events(UnknownVridHeard.class)).hasSize(1);
  }

  private void flood(String vector, BooleanSupplier enough) {
    byte[] bytes =
        Vector.all().stream()
            .filter(each -> each.name().equals(vector))
            .findFirst()
            .orElseThrow()
            .frame("ff:ff:ff:ff:ff:ff");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      Await.until(
          LabElection.LIMIT,
          "the flood has done its worst",
          () -> {
            for (int i = 0; i < 2000; i++) {
              socket.send(index, frame, bytes.length);
            }
            return enough.getAsBoolean();
          });
    }
  }
}
