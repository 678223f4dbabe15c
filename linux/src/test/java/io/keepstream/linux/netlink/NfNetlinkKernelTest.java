package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.netlink.NfTable.Element;
import io.keepstream.linux.netlink.NfTable.Hook;
import io.keepstream.linux.wire.NfTables;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@KernelTest
@Timeout(30)
final class NfNetlinkKernelTest {
  private static final NfTable TABLE = new NfTable(NfTables.NFPROTO_IPV4, "test");
  private static final NfSet VIPS = new NfSet("vips", 1, NfSet.TYPE_IPV4_ADDRESS, 4, false);
  private static final Element HERE = Element.of(InetAddress.ofLiteral("192.0.2.1"));

  @AutoClose private final TwoHosts hosts = TwoHosts.create();
  @AutoClose private NfNetlink filter;

  @BeforeEach
  void open() throws Exception {
    filter = hosts.here(() -> NfNetlink.open(new ForeignLibc()));
  }

  private Ack build() {
    return filter.commit(
        List.of(
            TABLE.create(),
            TABLE.set(VIPS),
            TABLE.chain("in", Hook.INPUT, -1),
            TABLE.rule(
                "in",
                new NfRule().network(16, 4, NfTables.NFT_REG_1).in(VIPS).counted(true).drop())));
  }

  @Test
  void aRuleDropsWhatItsSetHolds() {
    assertThat(build()).isEqualTo(new Ack.Done());
    assertThat(reachable()).isTrue();
    assertThat(filter.commit(List.of(TABLE.add(VIPS, List.of(HERE))))).isEqualTo(new Ack.Done());
    assertThat(reachable()).isFalse();
    assertThat(filter.commit(List.of(TABLE.remove(VIPS, List.of(HERE))))).isEqualTo(new Ack.Done());
    assertThat(reachable()).isTrue();
    assertThat(filter.commit(List.of(TABLE.delete()))).isEqualTo(new Ack.Done());
  }

  @Test
  void aBatchThatFailsChangesNothing() {
    assertThat(build()).isEqualTo(new Ack.Done());
    NfTable other = new NfTable(NfTables.NFPROTO_IPV4, "other");
    Ack ack = filter.commit(List.of(TABLE.add(VIPS, List.of(HERE)), other.delete()));
    assertThat(ack.errno()).isEqualTo(Errno.ENOENT);
    assertThat(reachable()).isTrue();
  }

  private boolean reachable() {
    return hosts.pings();
  }
}
