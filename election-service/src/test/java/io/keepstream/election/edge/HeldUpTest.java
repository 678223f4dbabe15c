package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.machine.VirtualRouterConfig;
import io.keepstream.election.port.AddressTable;
import io.keepstream.election.port.Publishing;
import io.keepstream.election.port.RouterPorts;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A router that cannot take part says what keeps it, and says it again when that changes. */
class HeldUpTest implements Publishing, AddressTable {
  private static final VirtualRouterConfig CONFIG =
      new VirtualRouterConfig(3, 100, 1_000_000_000, true, 0, 3, false, false);
  private static final String LINK = "interface eth0 is down";
  private static final String SCRIPT = "script chk is down";
  private static final InetAddress US = InetAddress.ofLiteral("192.0.2.1");

  private final List<String> told = new ArrayList<>();
  private final VirtualRouterShell shell =
      new VirtualRouterShell(
          new VirtualRouterRef("VI_1", 51, "ipv4", "eth0"),
          new AnnounceConfig(1, 0, 0, 1, 1, 0),
          new RouterPorts(_ -> {}, this, _ -> {}, _ -> {}, this));

  @Test
  void otherFaultsAreTold() {
    shell.start(knows(List.of(LINK), List.of()));
    shell.parametersChanged(knows(List.of(LINK), List.of()));
    assertThat(told).singleElement().asString().contains("Entering FAULT STATE [fault: " + LINK);
    told.clear();
    shell.parametersChanged(knows(List.of(LINK, SCRIPT), List.of()));
    shell.parametersChanged(knows(List.of(SCRIPT), List.of()));
    assertThat(told)
        .containsExactly(
            "(VI_1) Still in FAULT STATE: " + LINK + ", " + SCRIPT,
            "(VI_1) Still in FAULT STATE: " + SCRIPT + "; no longer: " + LINK);
    told.clear();
    shell.parametersChanged(knows(List.of(), List.of()));
    assertThat(told).singleElement().asString().contains("Entering BACKUP STATE [faults cleared");
  }

  @Test
  void whatIsAwaitedIsToldOnce() {
    shell.start(knows(List.of(), List.of("script a", "file b")));
    shell.parametersChanged(knows(List.of(), List.of("file b")));
    assertThat(told).containsExactly("(VI_1) Waiting in INIT STATE for script a, file b");
    told.clear();
    shell.parametersChanged(knows(List.of(), List.of()));
    assertThat(told).singleElement().asString().contains("Entering BACKUP STATE [started");
  }

  private static Parameters knows(List<String> faults, List<String> awaited) {
    return new Parameters(CONFIG, Priority.of(100), US, faults, awaited);
  }

  @Override
  public long nowNanos() {
    return 1;
  }

  @Override
  public void publish(Event event) {
    told.add(event.summary());
  }

  @Override
  public void claim() {}

  @Override
  public void release() {}
}
