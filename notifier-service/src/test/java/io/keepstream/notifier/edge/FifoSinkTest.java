package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.GroupChanged;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.lab.Await;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.Fifo;
import io.keepstream.notifier.config.Fifo.Lines;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real FIFOs, read by real readers. */
class FifoSinkTest {
  private static final int MORE_THAN_A_PIPE_HOLDS = 4000;

  @TempDir Path directory;

  @Test
  void linesAreKeepalivedsByteForByte() throws Exception {
    Path all = directory.resolve("all");
    Path vrrp = directory.resolve("vrrp");
    Path lvs = directory.resolve("lvs");
    try (RunningNotifier notifier =
        with(fifo(all, Lines.ALL), fifo(vrrp, Lines.VRRP), fifo(lvs, Lines.LVS))) {
      notifier.publish(
          Events.instance("VI_1", BACKUP, MASTER),
          Events.up(),
          new VirtualServerEvent.QuorumGained("[172.32.10.18]:tcp:80", 1, 1),
          new GroupChanged("G1", BACKUP, MASTER, 1, List.of("VI_1")));
      String first = "INSTANCE \"VI_1\" MASTER 100\n";
      String server = "RS [192.168.10.114]:tcp:80 [172.32.10.18]:tcp:80 UP\n";
      String virtual = "VS [172.32.10.18]:tcp:80 UP\n";
      String group = "GROUP \"G1\" MASTER 0\n";
      assertThat(read(vrrp, 2)).isEqualTo(first + group);
      assertThat(read(lvs, 2)).isEqualTo(server + virtual);
      assertThat(read(all, 4)).isEqualTo(first + server + virtual + group);
    }
  }

  @Test
  void aFifoCreatedHereIsPrivateAndGoneAtTheEnd() throws Exception {
    Path path = directory.resolve("fifo");
    try (RunningNotifier notifier = with(fifo(path, Lines.ALL))) {
      awaitOpen(notifier, path);
      assertThat(attributes(path).permissions())
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      notifier.stop();
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void aFifoFoundIsLeftBehind() throws Exception {
    Path path = directory.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    try (RunningNotifier notifier = with(fifo(path, Lines.ALL))) {
      awaitOpen(notifier, path);
      notifier.stop();
      assertThat(path).exists();
    }
  }

  @Test
  @KernelTest
  void theOwnerIsAsConfigured() throws Exception {
    Path path = directory.resolve("fifo");
    Fifo owned = new Fifo(path, Lines.ALL, Optional.of("nobody:adm"), Optional.empty());
    try (RunningNotifier notifier = with(owned)) {
      awaitOpen(notifier, path);
      assertThat(attributes(path).owner()).hasToString("nobody");
      assertThat(attributes(path).group()).hasToString("adm");
    }
  }

  @Test
  void anUnknownOwnerIsSaidAndLeavesNoFifo() throws Exception {
    Path path = directory.resolve("fifo");
    Fifo owned = new Fifo(path, Lines.ALL, Optional.of("no-such-user"), Optional.empty());
    try (RunningNotifier notifier = with(owned)) {
      assertThat(notifier.nextSaid().summary())
          .contains("fifo " + path)
          .contains("invalid user: 'no-such-user'");
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void aFileThatIsNoFifoIsSaidAndLeftAlone() throws Exception {
    Path path = Files.writeString(directory.resolve("file"), "mine");
    try (RunningNotifier notifier = with(fifo(path, Lines.ALL))) {
      assertThat(notifier.nextSaid().summary())
          .isEqualTo("Delivery to fifo %s fails: exists and is not a FIFO".formatted(path));
      notifier.publish(Events.up());
      notifier.stop();
      assertThat(path).hasContent("mine");
    }
  }

  @Test
  void aMissingDirectoryIsSaidAndTriedAgain() throws Exception {
    Path path = directory.resolve("run/fifo");
    try (RunningNotifier notifier = with(fifo(path, Lines.ALL))) {
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Failing.class);
      notifier.publish(Events.up());
      Files.createDirectory(path.getParent());
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Recovered.class);
      assertThat(read(path, 1)).endsWith(" UP\n");
    }
  }

  @Test
  void aFullFifoHoldsUpNobodyAndLosesNothing() throws Exception {
    Path full = directory.resolve("full");
    Path other = directory.resolve("other");
    try (RunningNotifier notifier = with(fifo(full, Lines.ALL), fifo(other, Lines.LVS))) {
      awaitOpen(notifier, full);
      for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
        notifier.publish(Events.instance("VI_" + i, BACKUP, MASTER));
      }
      assertThat(notifier.nextSaid())
          .isEqualTo(new DeliveryEvent.Failing("fifo " + full, "no success within 1000 ms"));
      notifier.publish(Events.down());
      assertThat(read(other, 1)).endsWith(" DOWN\n");

      String expected =
          IntStream.range(0, MORE_THAN_A_PIPE_HOLDS)
              .mapToObj(i -> "INSTANCE \"VI_%d\" MASTER 100\n".formatted(i))
              .reduce("", String::concat);
      assertThat(read(full, MORE_THAN_A_PIPE_HOLDS)).isEqualTo(expected);
      DeliveryEvent.Recovered recovered = (DeliveryEvent.Recovered) notifier.nextSaid();
      assertThat(recovered.dropped()).isZero();
    }
  }

  @Test
  void aFullFifoDoesNotHoldUpTheEnd() throws Exception {
    Path path = directory.resolve("fifo");
    try (RunningNotifier notifier = with(fifo(path, Lines.ALL))) {
      for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
        notifier.publish(Events.instance("VI_" + i, BACKUP, MASTER));
      }
      notifier.nextSaid();
      assertThat(notifier.stop()).isLessThan(Duration.ofSeconds(3));
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void itsScriptReadsAllUntilTheEnd() throws Exception {
    Path path = directory.resolve("fifo");
    Path copy = directory.resolve("copy");
    ScriptCommand script = shell("exec cat \"$1\" > " + copy);
    Fifo fifo = new Fifo(path, Lines.ALL, Optional.empty(), Optional.of(script));
    try (RunningNotifier notifier = with(fifo)) {
      notifier.publish(Events.up());
      Await.until(RunningNotifier.LIMIT, "the script reads", () -> lines(copy) == 1);
      notifier.publish(Events.down());
      assertThat(notifier.stop()).isLessThan(Duration.ofSeconds(2));
      assertThat(lines(copy)).isEqualTo(2);
    }
  }

  @Test
  void aScriptThatEndsIsSaid() throws Exception {
    Path path = directory.resolve("fifo");
    Fifo fifo = new Fifo(path, Lines.ALL, Optional.empty(), Optional.of(shell("exit 7")));
    try (RunningNotifier notifier = with(fifo)) {
      assertThat(notifier.nextSaid().summary())
          .startsWith("Delivery to fifo script sh -c exit 7")
          .endsWith("exit status 7");
    }
  }

  @Test
  void aReloadTouchesOnlyWhatChanged() throws Exception {
    Path kept = directory.resolve("kept");
    Path dropped = directory.resolve("dropped");
    try (RunningNotifier notifier = with(fifo(kept, Lines.ALL), fifo(dropped, Lines.ALL))) {
      awaitOpen(notifier, kept);
      Object inode = Files.getAttribute(kept, "unix:ino");
      notifier.reconfigure(config(fifo(kept, Lines.ALL)));
      Await.until(RunningNotifier.LIMIT, "the other is removed", () -> !Files.exists(dropped));
      notifier.publish(Events.up());
      assertThat(read(kept, 1)).endsWith(" UP\n");
      assertThat(Files.getAttribute(kept, "unix:ino")).isEqualTo(inode);

      notifier.reconfigure(config(fifo(kept, Lines.LVS)));
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER), Events.down());
      notifier.awaitDelivered("fifo " + kept, 3);
      assertThat(read(kept, 1)).as("LVS lines only").startsWith("RS ").endsWith(" DOWN\n");
    }
  }

  @Test
  void aFifoThatComesBackWhileItIsBeingLeftStays() throws Exception {
    Path path = directory.resolve("fifo");
    ScriptCommand slow = shell("trap '' TERM; cat \"$1\" > /dev/null; sleep 600 & wait; wait");
    Fifo left = new Fifo(path, Lines.ALL, Optional.empty(), Optional.of(slow));
    try (RunningNotifier notifier = with(left)) {
      Await.until(RunningNotifier.LIMIT, "it is there", () -> Files.exists(path));
      notifier.awaitDelivered("fifo " + path, 0);
      notifier.reconfigure(config());
      notifier.reconfigure(config(fifo(path, Lines.ALL)));
      notifier.publish(Events.up());
      notifier.awaitDelivered("fifo " + path, 1);
      assertThat(read(path, 1)).endsWith(" UP\n");
      assertThat(path).exists();
    }
  }

  @Test
  void aLinkIsNoFifo() throws Exception {
    Path real = directory.resolve("real");
    assertThat(new ProcessBuilder("mkfifo", real.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    try (RunningNotifier notifier = with(fifo(link, Lines.ALL))) {
      assertThat(notifier.nextSaid().summary()).endsWith("exists and is not a FIFO");
    }
  }

  private static RunningNotifier with(Fifo... fifos) {
    return RunningNotifier.with(config(fifos));
  }

  private static NotifierConfig config(Fifo... fifos) {
    return new NotifierConfig(
        Scripts.NONE, List.of(fifos), List.of(), Optional.empty(), Optional.empty());
  }

  private static Fifo fifo(Path path, Lines lines) {
    return new Fifo(path, lines, Optional.empty(), Optional.empty());
  }

  private static ScriptCommand shell(String line) {
    return new ScriptCommand(List.of("sh", "-c", line, "sh"), null, null);
  }

  private static void awaitOpen(RunningNotifier notifier, Path path) {
    Event news = Events.instance("OPEN", BACKUP, MASTER);
    notifier.publish(news);
    notifier.awaitDelivered("fifo " + path, 1);
    assertThat(read(path, 1)).isEqualTo("INSTANCE \"OPEN\" MASTER 100\n");
  }

  private static int lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class);
  }

  /** The next lines, read as a shell script would; waits for the FIFO to be there. */
  private static String read(Path path, int lines) {
    String wait = "until [ -p \"$1\" ]; do sleep 0.01; done; exec head -n " + lines + " \"$1\"";
    ProcessBuilder reader =
        new ProcessBuilder("timeout", "10", "sh", "-c", wait, "sh", path.toString());
    try {
      Process process = reader.redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
