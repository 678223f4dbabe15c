package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.nft.NfChain;
import io.keepstream.linux.nft.NfChain.Hook;
import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.linux.nft.NfSet;
import io.keepstream.linux.nft.NfSet.Part;
import io.keepstream.linux.nft.NfTable;
import io.keepstream.linux.nft.Octets;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NfTables;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@KernelTest
@Timeout(30)
final class NfNetlinkKernelTest {
  private static final NfTable TABLE = new NfTable(NfTables.NFPROTO_IPV4, "test");
  private static final NfSet VIPS = NfSet.of("vips", Part.IPV4_ADDRESS);
  private static final List<NfElement> HERE =
      List.of(NfElement.of(Octets.of(InetAddress.ofLiteral("192.0.2.1"))));

  @AutoClose private final TwoHosts hosts = TwoHosts.create();
  @AutoClose private NfNetlink filter;

  @BeforeEach
  void open() throws Exception {
    filter = hosts.here(() -> NfNetlink.open(new ForeignLibc()));
  }

  private Ack commit(List<NetlinkMessage> changes) {
    return filter.commit(changes).ack();
  }

  private Ack build() {
    return commit(
        List.of(
            TABLE.create(),
            TABLE.add(VIPS),
            TABLE.add(NfChain.filter("in", Hook.INPUT, -1)),
            TABLE.rule(
                "in",
                new NfRule().network(16, 4, NfTables.NFT_REG_1).in(VIPS).counted(true).drop())));
  }

  @Test
  void aRuleDropsWhatItsSetHolds() {
    assertThat(build()).isEqualTo(new Ack.Done());
    assertThat(reachable()).isTrue();
    assertThat(commit(TABLE.add("vips", HERE))).isEqualTo(new Ack.Done());
    assertThat(reachable()).isFalse();
    assertThat(commit(TABLE.remove("vips", HERE))).isEqualTo(new Ack.Done());
    assertThat(reachable()).isTrue();
    assertThat(commit(List.of(TABLE.delete()))).isEqualTo(new Ack.Done());
  }

  @Test
  void aBatchThatFailsChangesNothingAndNamesEveryRefusal() {
    assertThat(build()).isEqualTo(new Ack.Done());
    NfTable other = new NfTable(NfTables.NFPROTO_IPV4, "other");
    NfNetlink.Commit commit =
        filter.commit(
            List.of(
                TABLE.add("vips", HERE).getFirst(),
                other.delete(),
                TABLE.add(NfChain.named("fine")),
                TABLE.removeSet("nonesuch")));
    assertThat(commit.ack().errno()).isEqualTo(Errno.ENOENT);
    assertThat(commit.refused()).containsOnlyKeys(1, 3);
    assertThat(reachable()).isTrue();
  }

  @Test
  void aBatchMayBeMegabytesLong() throws Exception {
    List<NetlinkMessage> changes = new ArrayList<>(List.of(TABLE.create()));
    for (int i = 0; i < 10_000; i++) {
      changes.add(TABLE.add(NfChain.named("a-chain-with-a-rather-long-name-of-number-" + i)));
    }
    long before = filter.generation();
    assertThat(commit(changes)).isEqualTo(new Ack.Done());
    assertThat(filter.generation()).isEqualTo(before + 1);
    assertThat(hosts.exec("nft", "list", "chains").lines().filter(line -> line.contains("-9999")))
        .hasSize(1);
  }

  private boolean reachable() {
    return hosts.pings();
  }
}
