package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpEvent.InstanceChanged;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes that sign believe each other and nobody else. */
@KernelTest
class SignedOnTheWireTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String OTHER_KEY = "fedcba9876543210fedcba9876543210";

  private NamespaceLab lab;
  private LabHost host1;
  private LabHost host2;
  private LabHost host3;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    host1 = lab.host("node1").nic("eth0", lan, "192.0.2.1/24");
    host2 = lab.host("node2").nic("eth0", lan, "192.0.2.2/24");
    host3 = lab.host("node3").nic("eth0", lan, "192.0.2.3/24");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version 2\n virtual_ipaddress {\n 192.0.2.100\n}",
        "version 3\n advert_int 0.3\n virtual_ipaddress {\n 192.0.2.100\n}",
        "advert_int 0.3\n virtual_ipaddress {\n fe80::100/64\n}"
      })
  @Proves("VR-082")
  void theHigherOneIsMasterAndTheOtherHearsIt(String words) {
    LabElection lower = LabElection.start(host2, node(100, words + signed(1, "key 1 " + KEY)));
    lower.awaitState("VI_1", VrrpState.MASTER);
    LabElection higher = LabElection.start(host1, node(150, words + signed(1, "key 1 " + KEY)));
    higher.awaitState("VI_1", VrrpState.MASTER);
    lower.awaitState("VI_1", VrrpState.BACKUP);
    higher.close();
    lower.await(
        InstanceChanged.class,
        change -> change.to() == VrrpState.MASTER && change.summary().contains("resigned"));
  }

  @Test
  @Proves("VR-082")
  void aStrangerChangesNothingAndIsCounted() {
    String words = "version 3\n advert_int 0.3\n virtual_ipaddress {\n 192.0.2.100\n}";
    LabElection signing = LabElection.start(host1, node(100, words + signed(1, "key 1 " + KEY)));
    LabElection unsigned = LabElection.start(host2, node(200, words));
    LabElection stranger =
        LabElection.start(host3, node(200, words + signed(1, "key 1 " + OTHER_KEY)));
    signing.awaitState("VI_1", VrrpState.MASTER);
    awaitCount(signing, "authExtMissing");
    awaitCount(signing, "authExtInvalidHmac");
    awaitCount(unsigned, "packetLengthErrors");
    awaitCount(stranger, "authExtMissing");
    assertThat(signing.state("VI_1")).isEqualTo(VrrpState.MASTER);
    assertThat(signing.counter("VI_1", "adverRcvd")).isZero();
  }

  /** First everybody learns the new key, then everybody signs with it, then the old one goes. */
  @Test
  @Proves("VR-082")
  void aKeyIsReplacedWhileTheNodesRun() {
    String words = "version 3\n advert_int 0.3\n virtual_ipaddress {\n 192.0.2.100\n}";
    String both = "key 1 " + KEY + "\n key 2 " + OTHER_KEY;
    LabElection master = LabElection.start(host1, node(150, words + signed(1, "key 1 " + KEY)));
    master.awaitState("VI_1", VrrpState.MASTER);
    LabElection backup = LabElection.start(host2, node(100, words + signed(1, "key 1 " + KEY)));
    backup.awaitState("VI_1", VrrpState.BACKUP);
    for (String step :
        new String[] {signed(1, both), signed(2, both), signed(2, "key 2 " + OTHER_KEY)}) {
      backup.configure(node(100, words + step));
      master.configure(node(150, words + step));
      long heard = backup.counter("VI_1", "adverRcvd");
      Await.until(
          LabElection.LIMIT,
          "adverts are believed after " + step,
          () -> backup.counter("VI_1", "adverRcvd") > heard + 2);
    }
    assertThat(backup.events(InstanceChanged.class))
        .extracting(InstanceChanged::to)
        .containsExactly(VrrpState.BACKUP);
  }

  private static void awaitCount(LabElection election, String counter) {
    Await.until(LabElection.LIMIT, counter, () -> election.counter("VI_1", counter) > 0);
  }

  private static String signed(int active, String keys) {
    return "\n auth_hmac {\n %s\n active_key %d\n}".formatted(keys, active);
  }

  private static String node(int priority, String words) {
    return """
    vrrp_instance VI_1 {
     interface eth0
     virtual_router_id 51
     priority %d
     %s
    }
    """
        .formatted(priority, words);
  }
}
