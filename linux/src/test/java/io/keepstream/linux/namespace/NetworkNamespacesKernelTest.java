package io.keepstream.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.wire.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@KernelTest
final class NetworkNamespacesKernelTest {
  private static final Path OWN = Path.of("/proc/thread-self/ns/net");

  private final Libc libc = new ForeignLibc();
  @AutoClose private final TwoHosts hosts = TwoHosts.create();

  @Test
  void aSocketStaysInTheNamespaceItWasOpenedIn() throws Exception {
    try (RouteNetlink inside = NetworkNamespaces.call(libc, hosts.here(), this::open);
        RouteNetlink outside = open()) {
      assertThat(inside.links()).extracting(Link::name).containsExactly("lo", "eth0");
      MacAddress mac = inside.links().getLast().mac();
      assertThat(outside.links()).extracting(Link::mac).doesNotContain(mac);
    }
  }

  private RouteNetlink open() throws IOException {
    return RouteNetlink.open(libc);
  }

  @Test
  void theCallingThreadStaysWhereItIs() throws Exception {
    Path before = Files.readSymbolicLink(OWN);
    Path inside = hosts.here(() -> Files.readSymbolicLink(OWN));
    assertThat(Files.readSymbolicLink(OWN)).isEqualTo(before);
    assertThat(inside).isNotEqualTo(before);
  }

  @Test
  void aNameIsFoundUnderRun() {
    assertThat(NetworkNamespaces.named(hosts.here()))
        .isEqualTo(Path.of("/run/netns", hosts.here()));
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    IOException failure = new IOException("of the work");
    assertThatThrownBy(
            () ->
                hosts.here(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }
}
