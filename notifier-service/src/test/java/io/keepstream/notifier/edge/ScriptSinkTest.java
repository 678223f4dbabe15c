package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static io.keepstream.contract.event.VrrpState.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.lab.Await;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.NoticeWord;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.UpDown;
import io.keepstream.notifier.config.VrrpNotify;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real scripts, run by a real notifier. */
class ScriptSinkTest {
  private static final Duration PATIENCE = ScriptSink.PATIENCE;

  @TempDir Path directory;

  @Test
  void scriptsOfASubjectRunOneAfterTheOtherInOrder() throws Exception {
    ScriptCommand slow = script("slow", "echo begin $1 >> log; sleep 0.2; echo end $1 >> log");
    ScriptCommand notify = script("notify", "echo \"$@\" >> log");
    Map<NoticeWord, ScriptCommand> states =
        Map.of(
            NoticeWord.MASTER, slow.with(List.of("m")), NoticeWord.BACKUP, slow.with(List.of("b")));
    try (RunningNotifier notifier = with(PATIENCE, Map.of("VI_1", asked(states, notify)))) {
      notifier.publish(
          Events.instance("VI_1", BACKUP, MASTER), Events.instance("VI_1", MASTER, BACKUP));
      notifier.awaitDelivered("scripts", 2);
      assertThat(log())
          .containsExactly(
              "begin m",
              "end m",
              "INSTANCE VI_1 MASTER 100",
              "begin b",
              "end b",
              "INSTANCE VI_1 BACKUP 100");
      assertThat(notifier.alsoSaid()).isEmpty();
    }
  }

  @Test
  void scriptsOfDifferentSubjectsRunSideBySide() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file("meeting")).start().waitFor()).isZero();
    ScriptCommand waits = script("waits", "read word < meeting; echo $word >> log");
    ScriptCommand answers = script("answers", "echo met > meeting");
    try (RunningNotifier notifier =
        with(PATIENCE, Map.of("VI_1", onMaster(waits), "VI_2", onMaster(answers)))) {
      notifier.publish(
          Events.instance("VI_1", BACKUP, MASTER), Events.instance("VI_2", BACKUP, MASTER));
      notifier.awaitDelivered("scripts", 2);
      assertThat(log()).containsExactly("met");
    }
  }

  @Test
  void aScriptThatRunsLongIsNotEndedAndTheNextDoesNotWait() throws Exception {
    ScriptCommand hangs = script("hangs", "sleep 600 & echo $! >> log; wait");
    ScriptCommand next = script("next", "echo $3 >> log");
    try (RunningNotifier notifier =
        with(
            Duration.ofMillis(300),
            Map.of("VI_1", asked(Map.of(NoticeWord.MASTER, hangs), next)))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      notifier.awaitDelivered("scripts", 1);
      assertThat(log()).hasSize(2).endsWith("MASTER");
      assertThat(runs(log().getFirst())).isTrue();
      assertThat(notifier.alsoSaid()).isEmpty();
      notifier.stop();
      assertThat(runs(log().getFirst())).as("left behind").isFalse();
    }
  }

  @Test
  void scriptsOfServersDoNotHoldUpThoseOfVrrp() throws Exception {
    ScriptCommand hangs = script("hangs", "echo $1 >> hung; sleep 600");
    Map<BackendRef, UpDown> servers = new HashMap<>();
    for (int i = 0; i < 70; i++) {
      ScriptCommand own = hangs.with(List.of(Integer.toString(i)));
      servers.put(Events.backend(i), new UpDown(Optional.of(own), Optional.empty()));
    }
    ScriptCommand notify = script("notify", "echo $3 >> log");
    Scripts scripts =
        new Scripts(Map.of("VI_1", asked(Map.of(), notify)), Map.of(), Map.of(), servers);
    try (RunningNotifier notifier = with(PATIENCE, scripts)) {
      servers.keySet().forEach(server -> notifier.publish(Events.up(server)));
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      notifier.awaitDelivered("scripts", 1);
      assertThat(log()).containsExactly("MASTER");
      notifier.stop();
    }
  }

  @Test
  void aFailingScriptIsSaidOnce() throws Exception {
    ScriptCommand fails = script("fails", "echo no such table; exit 3");
    try (RunningNotifier notifier = with(PATIENCE, Map.of("VI_1", asked(Map.of(), fails)))) {
      notifier.publish(
          Events.instance("VI_1", BACKUP, MASTER), Events.instance("VI_1", MASTER, BACKUP));
      assertThat(((DeliveryEvent.Failing) notifier.nextSaid()).detail())
          .isEqualTo(fails + " INSTANCE VI_1 MASTER 100: exit status 3: no such table");
      Await.until(
          RunningNotifier.LIMIT,
          "both ran",
          () -> notifier.sink("scripts").detail().contains("BACKUP"));
      assertThat(notifier.alsoSaid()).isEmpty();
    }
  }

  @Test
  void aFileWithoutInterpreterLineRunsThroughTheShell() throws Exception {
    Path bare = Files.writeString(directory.resolve("bare"), "echo bare >> " + file("log") + "\n");
    Files.setPosixFilePermissions(bare, PosixFilePermissions.fromString("rwxr-xr-x"));
    ScriptCommand script = new ScriptCommand(List.of(bare.toString()), null, null);
    try (RunningNotifier notifier = with(PATIENCE, Map.of("VI_1", onMaster(script)))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      notifier.awaitDelivered("scripts", 1);
      assertThat(log()).containsExactly("bare");
    }
  }

  @Test
  @KernelTest
  void aScriptRunsAsItsUser() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    ScriptCommand whoami = script("whoami", "id -un >> log; id -gn >> log");
    ScriptCommand asNobody = new ScriptCommand(whoami.arguments(), "nobody", "nogroup");
    try (RunningNotifier notifier = with(PATIENCE, Map.of("VI_1", onMaster(asNobody)))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      notifier.awaitDelivered("scripts", 1);
      assertThat(log()).containsExactly("nobody", "nogroup");
    }
  }

  @Test
  void theLastScriptsRunBeforeTheEnd() throws Exception {
    ScriptCommand last = script("last", "sleep 0.2; echo $3 >> log");
    try (RunningNotifier notifier = with(PATIENCE, Map.of("VI_1", asked(Map.of(), last)))) {
      notifier.publish(Events.instance("VI_1", MASTER, STOP));
      notifier.stop();
      assertThat(log()).containsExactly("STOP");
    }
  }

  @Test
  void aScriptThatHangsAtTheEndIsKilled() throws Exception {
    ScriptCommand hangs = script("hangs", "trap '' TERM; echo $$ >> log; sleep 600 & wait; wait");
    try (RunningNotifier notifier = with(PATIENCE, Map.of("VI_1", onMaster(hangs)))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      Await.until(RunningNotifier.LIMIT, "it runs", () -> !log().isEmpty());
      assertThat(notifier.stop()).isLessThan(Duration.ofSeconds(3));
      assertThat(runs(log().getFirst())).isFalse();
    }
  }

  @Test
  void whatAReloadRemovesStillReportsItsEnd() throws Exception {
    ScriptCommand notify = script("notify", "echo $2 $3 >> log");
    try (RunningNotifier notifier = with(PATIENCE, Map.of("VI_1", asked(Map.of(), notify)))) {
      notifier.reconfigure(NotifierConfig.NONE);
      notifier.publish(Events.instance("VI_1", MASTER, STOP));
      notifier.awaitDelivered("scripts", 1);
      notifier.reconfigure(NotifierConfig.NONE);
      notifier.publish(Events.instance("VI_1", MASTER, STOP));
      notifier.stop();
      assertThat(log()).containsExactly("VI_1 STOP");
    }
  }

  private static RunningNotifier with(Duration patience, Map<String, VrrpNotify> instances) {
    return with(patience, new Scripts(instances, Map.of(), Map.of(), Map.of()));
  }

  private static RunningNotifier with(Duration patience, Scripts scripts) {
    return RunningNotifier.with(
        new NotifierConfig(scripts, List.of(), List.of(), Optional.empty(), Optional.empty()),
        patience);
  }

  private static VrrpNotify onMaster(ScriptCommand script) {
    return new VrrpNotify(Map.of(NoticeWord.MASTER, script), Optional.empty(), false, false);
  }

  private static VrrpNotify asked(Map<NoticeWord, ScriptCommand> states, ScriptCommand always) {
    return new VrrpNotify(new HashMap<>(states), Optional.of(always), false, false);
  }

  /** A script whose lines run in the test's directory. */
  private ScriptCommand script(String name, String lines) throws IOException {
    Path path = directory.resolve(name);
    Files.writeString(path, "#!/bin/sh\ncd " + directory + "\n" + lines + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new ScriptCommand(List.of(path.toString()), null, null);
  }

  /** Whether there is such a process; one that has ended but is not waited for does not run. */
  private static boolean runs(String pid) throws IOException {
    Path stat = Path.of("/proc", pid, "stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private List<String> log() {
    Path log = directory.resolve("log");
    try {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
