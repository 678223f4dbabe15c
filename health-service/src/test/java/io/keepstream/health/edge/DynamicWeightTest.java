package io.keepstream.health.edge;

import static io.keepstream.health.edge.HealthRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent.ShadowVerdict;
import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdEvent;
import io.keepstream.contract.event.BfdState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.lab.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with checks that ask nobody over the network. */
class DynamicWeightTest {
  @TempDir Path directory;
  private Path said;

  @BeforeEach
  void aFile() throws IOException {
    said = Files.writeString(directory.resolve("said"), "0");
  }

  @Test
  void aScriptSaysWeightsAndFails() throws IOException {
    try (HealthRig rig = start(misc("misc_dynamic"))) {
      say("12");
      rig.awaitTold("WEIGHT +7");
      say("1");
      rig.awaitTold("WEIGHT +7", "DOWN SCRIPT_EXIT 1");
      assertThat(rig.state().backends().getFirst().evidence().detail())
          .isEqualTo("exit status 1: it says 1");
      say("7");
      rig.awaitTold("WEIGHT +7", "DOWN SCRIPT_EXIT 1", "WEIGHT +2", "UP OK 1");
      assertThat(rig.state().backends().getFirst().weightAdjustment()).isEqualTo(2);
      say("0");
      rig.awaitTold("WEIGHT +7", "DOWN SCRIPT_EXIT 1", "WEIGHT +2", "UP OK 1", "WEIGHT +0");
    }
  }

  @Test
  void withoutMiscDynamicAnyStatusButZeroIsAFailure() throws IOException {
    try (HealthRig rig = start(misc(""))) {
      say("12");
      rig.awaitTold("DOWN SCRIPT_EXIT 1");
    }
  }

  @Test
  void aScriptThatHangsIsKilledWithItsChildren() {
    String marker = "86402." + ProcessHandle.current().pid();
    try (HealthRig rig =
        start(
            """
            MISC_CHECK {
              misc_path "/bin/sh -c 'sleep %1$s & sleep %1$s'"
              misc_timeout 1
              delay_loop 60
            }
            """
                .formatted(marker))) {
      rig.awaitTold("DOWN SCRIPT_TIMEOUT 1");
      Await.until(SOON, "no children", () -> running(marker) == 0);
    }
  }

  private static long running(String commandPart) {
    return ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().commandLine().filter(c -> c.contains(commandPart)).isPresent())
        .count();
  }

  @Test
  void sharesAddUpAndAReloadTakesThemBack() throws IOException {
    try (HealthRig rig = start(misc("misc_dynamic") + file("weight 2"))) {
      say("9");
      Await.until(SOON, "4 by the script, 18 by the file", () -> adjustment(rig) == 22);
      rig.change(config(file("weight 2")));
      assertThat(adjustment(rig)).isEqualTo(18);
      assertThat(rig.told().getLast()).isEqualTo("WEIGHT +18");
      rig.change(config(file("weight -1")));
      Await.until(SOON, "-9", () -> adjustment(rig) == -9);
    }
  }

  @Test
  void aServerThatComesLaterHasTheShareOfACheckThatRunsAlready() throws IOException {
    String one = file("weight 2");
    try (HealthRig rig = start(one)) {
      say("9");
      Await.until(SOON, "+18", () -> adjustment(rig) == 18);
      rig.change(config(one, one));
      assertThat(rig.state().checks()).hasSize(1);
      assertThat(rig.state().backends())
          .extracting(ServiceState.Backend::weightAdjustment)
          .containsExactly(18, 18);
      say("4");
      Await.until(SOON, "both are told", () -> weights(rig).size() == 4);
      assertThat(weights(rig))
          .containsExactly("WEIGHT +18", "WEIGHT +18", "WEIGHT +8", "WEIGHT +8");
    }
  }

  /** Whoever reads finds the old number or the new one, however slow the machine is. */
  private void say(String number) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), number);
    Files.move(next, said, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<String> weights(HealthRig rig) {
    return rig.told().stream().filter(each -> each.startsWith("WEIGHT")).toList();
  }

  @Test
  void aShadowCheckHasNoSayInTheWeightBeforeItActs() throws IOException {
    say("12");
    try (HealthRig rig = start(misc("misc_dynamic\nshadow"))) {
      Await.until(SOON, "a result", () -> rig.state().checks().getFirst().last() != null);
      assertThat(adjustment(rig)).isZero();
      rig.change(config(misc("misc_dynamic")));
      assertThat(adjustment(rig)).isEqualTo(7);
    }
  }

  @Test
  void aFileTakesAServerOutOfServiceAndPutsItBack() throws IOException {
    try (HealthRig rig = start(file("weight 0"))) {
      say("3");
      Await.until(SOON, "down", () -> rig.told().contains("DOWN FILE_VALUE 1"));
      Files.delete(said);
      Await.until(SOON, "up", () -> rig.told().contains("UP OK 1"));
      assertThat(rig.state().backends().getFirst().evidence().detail()).isEqualTo("no such file");
    }
  }

  @Test
  void aBfdSessionDecides() {
    try (HealthRig rig = start(bfd(""))) {
      rig.hear(down());
      rig.awaitTold("DOWN BFD_DOWN 1");
      rig.hear(new BfdEvent.Up("B", "10.0.0.2", 1, 1));
      rig.awaitTold("DOWN BFD_DOWN 1", "UP OK 1");
      rig.hear(down());
      rig.awaitTold("DOWN BFD_DOWN 1", "UP OK 1", "DOWN BFD_DOWN 1");
    }
  }

  @Test
  void asShadowsFileAndSessionAreToldAndDecideNothing() throws IOException {
    try (HealthRig rig = start(file("weight 0\n shadow") + bfd("shadow"))) {
      say("3");
      rig.hear(down());
      Await.until(SOON, "both verdicts", () -> shadows(rig, false).size() == 2);
      assertThat(shadows(rig, false))
          .extracting(verdict -> verdict.evidence().reason())
          .containsExactlyInAnyOrder("FILE_VALUE", "BFD_DOWN");
      assertThat(rig.state().backends().getFirst().up()).isTrue();
      assertThat(rig.state().checks()).hasSize(2).allMatch(ServiceState.Check::shadow);
    }
  }

  @Test
  void aShadowOfAFileChangesNoWeight() throws IOException {
    say("3");
    try (HealthRig rig = start(file("weight 2\n shadow"))) {
      Await.until(SOON, "a verdict", () -> shadows(rig, true).size() == 1);
      assertThat(adjustment(rig)).isZero();
    }
  }

  private static List<ShadowVerdict> shadows(HealthRig rig, boolean good) {
    return rig.events().stream()
        .filter(ShadowVerdict.class::isInstance)
        .map(ShadowVerdict.class::cast)
        .filter(verdict -> verdict.good() == good)
        .toList();
  }

  @Test
  void withAlphaAServerWaitsForTheSession() {
    try (HealthRig rig = start(bfd("alpha"))) {
      assertThat(rig.state().backends().getFirst().up()).isFalse();
      rig.hear(new BfdEvent.Up("B", "10.0.0.2", 1, 1));
      rig.awaitTold("UP OK 1");
    }
  }

  private static BfdEvent.Down down() {
    return new BfdEvent.Down(
        "B",
        "10.0.0.2",
        1,
        BfdDiagnostic.DETECTION_TIME_EXPIRED,
        BfdState.UP,
        BfdDiagnostic.NONE,
        1);
  }

  private static int adjustment(HealthRig rig) {
    return rig.state().backends().getFirst().weightAdjustment();
  }

  private String misc(String words) {
    return """
    MISC_CHECK {
      misc_path "/bin/sh -c 'read s < %s; echo it says $s; exit $s'"
      misc_timeout 10
      %s
    }
    """
        .formatted(said, words);
  }

  private static String file(String words) {
    return "FILE_CHECK {\n track_file said\n " + words + "\n}\n";
  }

  private static String bfd(String words) {
    return "BFD_CHECK {\n name B\n " + words + "\n}\n";
  }

  private HealthRig start(String checks) {
    return HealthRig.start(config(checks));
  }

  /** The same real server in services 10.0.0.100, 10.0.0.101 ..., each with these checks. */
  private HealthConfig config(String... checks) {
    boolean follows = String.join("", checks).contains("FILE_CHECK");
    String used = follows ? "track_file said {\n file %s\n}\n".formatted(said) : "";
    String sessions =
        """
        bfd_instance B {
          neighbor_ip 10.0.0.2
        }
        """;
    String services =
        IntStream.range(0, checks.length)
            .mapToObj(i -> service(i, checks[i]))
            .collect(Collectors.joining());
    return Configured.on(new ThisMachine(), used + sessions + services).config();
  }

  private static String service(int index, String checks) {
    return """
    virtual_server 10.0.0.%d 80 {
      delay_loop 0.05
      warmup 0
      real_server 10.0.0.2 80 {
        weight 3
        %s
      }
    }
    """
        .formatted(100 + index, checks);
  }
}
