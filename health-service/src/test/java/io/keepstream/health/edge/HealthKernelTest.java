package io.keepstream.health.edge;

import static io.keepstream.health.edge.HealthRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.testkit.KernelTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole service from its configuration to its events, with real servers and scripts. */
@KernelTest
class HealthKernelTest {
  private final NamespaceLab lab = NamespaceLab.create();
  private final LabHost balancer = lab.host("lb").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");

  @AfterEach
  void removeHosts() {
    lab.close();
  }

  @Test
  void aWebServerThatStopsComesBackAndFallsSilent() {
    LabHost web = lab.host("web").nic("eth0", lab.bridge("lan"), "10.0.0.2/24");
    WebServer server = WebServer.start(web, 80);
    try (HealthRig rig = start(servers("10.0.0.2"))) {
      Await.until(SOON, "a check", () -> rig.state().backends().getFirst().evidence() != null);
      server.stop();
      rig.awaitTold("DOWN CONNECT_REFUSED 2");
      server.start();
      rig.awaitTold("DOWN CONNECT_REFUSED 2", "UP OK 1");
      lab.bridge("lan").lose(100);
      rig.awaitTold("DOWN CONNECT_REFUSED 2", "UP OK 1", "DOWN CONNECT_TIMEOUT 2");
    }
  }

  @Test
  void aServerThatIsAskedInDatagrams() {
    LabHost host = lab.host("echo").nic("eth0", lab.bridge("lan"), "10.0.0.2/24");
    host.sysctl("net.ipv4.icmp_ratelimit=0");
    UdpServer server = UdpServer.start(host, 80, List::of);
    String asked = "PING_CHECK { }\nUDP_CHECK {\n payload 0102\n require_reply 01\n}";
    HealthConfig config =
        Configured.on(new ThisMachine(), text("10.0.0.2").replace("TCP_CHECK { }", asked)).config();
    try (HealthRig rig = start(config)) {
      Await.until(SOON, "a check", () -> rig.state().backends().getFirst().evidence() != null);
      server.close();
      rig.awaitTold("DOWN PORT_UNREACHABLE 2");
      UdpServer wrong = UdpServer.start(host, 80, sent -> List.of(new byte[] {2}));
      Await.until(SOON, "a wrong answer", () -> wrong.answered() > 2);
      wrong.close();
      UdpServer.start(host, 80, List::of);
      rig.awaitTold("DOWN PORT_UNREACHABLE 2", "UP OK 1");
      lab.bridge("lan").lose(100);
      // The other of the two checks may fail in the same moment, which is told too.
      Await.until(SOON, "down again", () -> rig.told().size() > 2);
      assertThat(rig.told().get(2)).isIn("DOWN RESPONSE_TIMEOUT 2", "DOWN HOST_UNREACHABLE 2");
    }
  }

  @Test
  @KernelTest(tools = "netstat")
  void theScriptOfTheTutorialFollowsItsListener() {
    String script =
        "/bin/bash -c 'if [[ $(netstat -nlp | grep 9443) ]]; then exit 0; else exit 1; fi'";
    HealthConfig config =
        tracker(
            "script \"ip netns exec %s %s\"\n interval 0.2\n timeout 5\n fall 2"
                .formatted(balancer.namespace(), script));
    try (HealthRig rig = start(config)) {
      rig.awaitTold("chk down first");
      Listener listener = Listener.polite(balancer, 9443);
      rig.awaitTold("chk down first", "chk up");
      listener.close();
      rig.awaitTold("chk down first", "chk up", "chk down");
      assertThat(rig.events().getLast().summary())
          .isEqualTo("Script `chk` now failed: exit status 1");
    }
  }

  @Test
  void aScriptRunsAsItsUser() {
    try (HealthRig rig =
        start(
            tracker(
                "script \"/bin/sh -c 'id -un; id -gn; id -u | grep -qx 65534'\"\n user nobody"))) {
      rig.awaitTold("chk up first");
      assertThat(rig.state().trackers().getFirst().detail()).isEqualTo("exit status 0: nobody");
    }
  }

  @Test
  void aScriptThatHangsFailsAtItsTimeLimitAndIsKilledWithItsChildren() {
    String marker = "86400." + ProcessHandle.current().pid();
    String script = "/bin/sh -c 'sleep %s & sleep %s'".formatted(marker, marker);
    try (HealthRig rig = start(tracker("script \"" + script + "\"\n timeout 0.5\n interval 60"))) {
      Await.until(SOON, "shell and children", () -> running(marker) == 3);
      rig.awaitTold("chk down first");
      assertThat(rig.state().trackers().getFirst().detail()).isEqualTo("not done within 500 ms");
      Await.until(SOON, "no children", () -> running(marker) == 0);
    }
  }

  @Test
  void theEndLeavesNeitherProcessesNorOpenFiles() {
    int openFiles = OpenFiles.count();
    String marker = "86401." + ProcessHandle.current().pid();
    String config =
        """
        vrrp_script chk {
          script "/bin/sh -c 'trap : TERM; while :; do sleep %s; done'"
          interval 60
        }
        vrrp_sync_group G {
          track_script {
            chk
          }
        }
        """
            .formatted(marker);
    balancer.ip("neigh add 10.0.0.7 lladdr 02:00:00:00:00:07 dev eth0");
    try (HealthRig rig =
        start(Configured.on(new ThisMachine(), config + text("10.0.0.7")).config())) {
      Await.until(SOON, "shell and child", () -> running(marker) == 2);
      Await.until(SOON, "an attempt", () -> OpenFiles.count() > openFiles);
      rig.undeploy();
      assertThat(running(marker)).isZero();
    }
    Await.until(
        SOON,
        "%d open files again, not %d".formatted(openFiles, OpenFiles.count()),
        () -> OpenFiles.count() <= openFiles);
  }

  private HealthRig start(HealthConfig config) {
    return balancer.inside(() -> HealthRig.start(config));
  }

  private static HealthConfig servers(String address) {
    return Configured.on(new ThisMachine(), text(address)).config();
  }

  private static String text(String address) {
    return """
    virtual_server 10.0.0.100 80 {
      protocol TCP
      delay_loop 0.1
      warmup 0
      connect_timeout 0.5
      retry 1
      delay_before_retry 0.1
      real_server %s 80 {
        TCP_CHECK { }
      }
    }
    """
        .formatted(address);
  }

  private static HealthConfig tracker(String words) {
    return Configured.on(
            new ThisMachine(),
            "vrrp_script chk {\n%s\n}\nvrrp_instance V {\n track_script {\n chk\n }\n}\n"
                .formatted(words))
        .config();
  }

  private static long running(String commandPart) {
    List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
    return all.stream()
        .filter(p -> p.info().commandLine().filter(c -> c.contains(commandPart)).isPresent())
        .count();
  }
}
