package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Four processes are one node, and each of them may fail alone; each test leaves all running. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FourProcessesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private NamespaceLab lab;
  private LabHost host;
  private Path notified;
  private String config;
  private Processes node;

  @BeforeAll
  void build() throws IOException {
    lab = NamespaceLab.create();
    host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
    notified = lab.directory().resolve("notified");
    Path script =
        Files.writeString(
            lab.directory().resolve("notify"),
            "#!/bin/sh\necho \"$*\" >> %s\n".formatted(notified));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    config = config(script, lab.directory().resolve("journal"));
    node = new Processes(host, config);
    node.startAll();
    node.of(Service.ELECTION).awaitLine("Entering MASTER STATE", LIMIT);
    node.of(Service.ELECTION).awaitLine("[Pp]riority.* 120", LIMIT);
    awaitNotified("MASTER", 1);
  }

  private static String config(Path script, Path journal) {
    return """
    journal {
        directory %s
    }
    vrrp_script broken {
        script "/bin/false"
        interval 1
        weight -30
    }
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        priority 150
        advert_int 0.3
        version 3
        notify %s
        virtual_ipaddress {
            10.0.0.100/24
        }
        track_script {
            broken
        }
    }
    virtual_server 10.0.0.100 80 {
        delay_loop 1
        protocol TCP
        real_server 10.0.0.1 81 {
            TCP_CHECK {
                retry 0
                warmup 0
            }
        }
    }
    """
        .formatted(journal, script);
  }

  @AfterAll
  void close() {
    lab.close();
  }

  private void awaitNotified(String state, long times) {
    Await.until(
        LIMIT, "%d calls with %s".formatted(times, state), () -> notifiedOf(state) >= times);
  }

  private long notifiedOf(String state) {
    try {
      return Files.exists(notified)
          ? Files.readAllLines(notified).stream()
              .filter(line -> line.contains(" " + state + " "))
              .count()
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void eachAnswersForAllAndStrangersForNobody() {
    for (Service service : Processes.SERVICES) {
      Output status = node.ask(service, "status");
      assertThat(status.text())
          .containsPattern("VI_1 +MASTER")
          .contains("real server [10.0.0.1]:tcp:81 of [10.0.0.100]:tcp:80 is down");
      assertThat(status.status()).isEqualTo(1);
      assertThat(node.ask(service, "explain", "VI_1").orThrow("explain").text())
          .contains("VI_1 is MASTER");
    }
    assertThat(host.run("ss", "-Htln").orThrow("ss").text()).isEmpty();
    Output stranger =
        host.run(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "ls",
            node.meeting().toString());
    assertThat(stranger.text()).contains("Permission denied");

    LabProcess second = node.start(Service.HEALTH);
    second.awaitLine("health already runs in " + node.meeting(), LIMIT);
    assertThat(second.awaitExit(LIMIT)).isEqualTo(1);
  }

  @Test
  void healthIsKilledAndItsLastVerdictsStand() {
    LabProcess election = node.of(Service.ELECTION);
    int lines = election.lines().size();
    Written before = tells("killed", Service.HEALTH, LabProcess::kill, "closed its end");
    node.begin(Service.HEALTH);
    awaitBack(Service.HEALTH, before);
    node.of(Service.HEALTH).awaitLine("broken", LIMIT);
    assertThat(node.explain(Service.LVS)).contains("120");
    assertThat(election.lines(lines)).noneMatch(line -> line.contains("VI_1"));
  }

  @Test
  void aStoppedProcessIsLostUntilItGoesOn() {
    Written before = tells("stopped", Service.LVS, LabProcess::pause, "is silent");
    LabProcess stopped = node.of(Service.LVS);
    int lines = stopped.lines().size();
    stopped.resume();
    awaitBack(Service.LVS, before);
    stopped.awaitLine("Linked with", lines, LIMIT);
    assertThat(stopped.lines(lines)).noneMatch(line -> line.contains(" is lost: "));
  }

  @Test
  void electionIsKilledAndComesBack() {
    // A notifier that has just been started has to hear of election before it can miss it.
    Await.until(
        LIMIT,
        "the notifier knows election",
        () -> node.ask(Service.NOTIFIER, "status").text().matches("(?s).*election\\s+answers.*"));
    long calls = notifiedOf("MASTER");
    Written before = tells("killed", Service.ELECTION, LabProcess::kill, "closed its end");
    Output nobody = node.ask(Service.NOTIFIER, "status");
    assertThat(nobody.status()).isEqualTo(1);
    assertThat(nobody.text()).contains("election does not answer");
    node.begin(Service.ELECTION).awaitLine("Entering MASTER STATE", LIMIT);
    awaitBack(Service.ELECTION, before);
    awaitNotified("MASTER", calls + 1);
  }

  @Test
  void whatHappensWithoutTheNotifierIsToldWhenItIsBack() {
    long masters = notifiedOf("MASTER");
    long faults = notifiedOf("FAULT");
    Written before = tells("killed", Service.NOTIFIER, LabProcess::kill, "closed its end");
    LabProcess election = node.of(Service.ELECTION);
    host.unplug("eth0");
    before.awaitMore(election, "Entering FAULT STATE");
    int lines = election.lines().size();
    host.plug("eth0");
    election.awaitLine("Entering MASTER STATE", lines, LIMIT);
    node.begin(Service.NOTIFIER);
    awaitBack(Service.NOTIFIER, before);
    awaitNotified("FAULT", faults + 1);
    awaitNotified("MASTER", masters + 1);
  }

  private void awaitBack(Service service, Written before) {
    for (LabProcess other : node.others(service)) {
      before.awaitMore(other, service.label() + " is back");
    }
    node.of(service).awaitLine("Started Keepstream", LIMIT);
  }

  @Test
  void aReloadIsForAllOrForNone() throws IOException {
    node.write(config.replace("priority 150", "priority 160") + "no_such_word\n");
    Output refused = node.ask(Service.HEALTH, "reload");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.text()).containsPattern("node1.conf:\\d+:1: error: .*no_such_word");
    node.of(Service.HEALTH).awaitLine("refused, keeping the old one: .*no_such_word", LIMIT);

    node.write(config.replace("priority 150", "priority 160"));
    assertThat(node.ask(Service.LVS, "reload").orThrow("reload").text())
        .contains("Reloaded configuration");
    awaitPriority(130);

    node.write(config);
    node.of(Service.NOTIFIER).signal("HUP");
    awaitPriority(120);
  }

  @Test
  void whoReadsAnotherTextKeepsAllFromReloading() throws IOException {
    Path copy = Files.writeString(lab.directory().resolve("copy.conf"), config);
    node.of(Service.NOTIFIER).stop();
    node.begin(Service.NOTIFIER, copy);
    awaitLinked(Service.NOTIFIER);
    int lines = node.of(Service.ELECTION).lines().size();
    node.write(config.replace("priority 150", "priority 160"));
    Output refused = node.ask(Service.ELECTION, "reload");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.text()).contains("notifier: reads another text");
    assertThat(node.of(Service.ELECTION).lines(lines)).noneMatch(line -> line.contains("160"));

    node.write(config);
    assertThat(node.ask(Service.ELECTION, "reload").status()).isZero();
    node.of(Service.NOTIFIER).stop();
    node.begin(Service.NOTIFIER);
    awaitLinked(Service.NOTIFIER);
  }

  @Test
  void allLeaveInOrderAndNothingStays() {
    long calls = notifiedOf("STOP");
    assertThat(node.ask(Service.HEALTH, "stop").orThrow("stop").text())
        .contains("Stopping election, health, lvs, notifier");
    for (Service service : Processes.SERVICES) {
      assertThat(node.of(service).awaitExit(LIMIT)).as(service.label()).isZero();
      assertThat(node.of(service).text()).contains("Stopping: keepstream stop");
    }
    assertThat(host.run("ip", "-o", "addr").orThrow("ip").text()).doesNotContain("10.0.0.100");
    assertThat(notifiedOf("STOP")).isEqualTo(calls + 1);
    Output nobody = node.ask(Service.HEALTH, "stop");
    assertThat(nobody.status()).isEqualTo(1);
    node.startAll();
    node.of(Service.ELECTION).awaitLine("Entering MASTER STATE", LIMIT);
  }

  private void awaitPriority(int priority) {
    Await.until(
        LIMIT,
        "priority " + priority,
        () -> node.explain(Service.LVS).contains(String.valueOf(priority)));
  }

  private void awaitLinked(Service service) {
    for (Service other : Processes.SERVICES) {
      if (other != service) {
        node.of(service).awaitLine("Linked with " + other.label(), LIMIT);
      }
    }
    node.of(service).awaitLine("Started Keepstream", LIMIT);
  }

  private interface Accident {
    void happensTo(LabProcess process);
  }

  /** How many lines each process has written at a moment. */
  private record Written(Map<LabProcess, Integer> lines) {
    static Written by(Collection<LabProcess> processes) {
      return new Written(
          processes.stream().collect(Collectors.toMap(each -> each, each -> each.lines().size())));
    }

    /** Waits for a line that was not there then. */
    void awaitMore(LabProcess process, String regex) {
      process.awaitLine(regex, lines.get(process), LIMIT);
    }
  }

  /**
   * Has something happen to a service's process; all others tell it. Says what was there before.
   */
  private Written tells(String what, Service service, Accident accident, String reason) {
    Written before = Written.by(node.others(service));
    long beganNanos = System.nanoTime();
    accident.happensTo(node.of(service));
    for (LabProcess other : node.others(service)) {
      before.awaitMore(
          other, service.label() + " is lost: its process (" + reason + "|was lost while)");
    }
    System.out.printf(
        "A %s %s-service is noticed by all others after %d ms%n",
        what, service.label(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos));
    return before;
  }
}
