package io.keepstream.node.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.peer.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same keepalived.conf and the same troubles: scripts are called with the same words and
 * readers of FIFOs read the same lines, in the same order for each instance, group and server.
 */
@KernelTest(tools = {"keepalived", "cc"})
class NotifiedSideBySideTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String I1 = "INSTANCE \"VI_1\"";
  private static final String I2 = "INSTANCE \"VI_2\"";
  private static final String I3 = "INSTANCE \"VI_3\"";
  private static final String I4 = "INSTANCE \"VI_4\"";
  private static final String I5 = "INSTANCE \"VI_5\"";
  private static final String I6 = "INSTANCE \"VI_6\"";
  private static final String G = "GROUP \"G\"";
  private static final String VS = NotifiedSide.server(-1);
  private static final String FIRST = NotifiedSide.server(0);
  private static final String SECOND = NotifiedSide.server(1);

  @TempDir static Path directory;
  private static SSLContext tls;

  @BeforeAll
  static void makeCertificate() throws Exception {
    tls = TestCertificate.in(directory).context();
  }

  @ParameterizedTest
  @EnumSource
  void bothTellTheSame(Told.Readers readers) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      Both both =
          new Both(
              new NotifiedSide(lab, "k", tls, readers, Daemon::keepalived),
              new NotifiedSide(lab, "n", tls, readers, Daemon::keepstream));
      Map<String, String> masters =
          Map.of(I1, "MASTER 150", I2, "MASTER 100", I3, "MASTER 100", G, "MASTER 0");
      both.take("start", NotifiedSide::start, allUp(both, masters));
      both.take(
          "a higher node comes",
          NotifiedSide::rivalComes,
          Map.of(I1, "BACKUP 150", I2, "BACKUP 100", G, "BACKUP 0"));
      both.take("and goes", NotifiedSide::rivalGoes, masters);
      both.take(
          "a script fails",
          side -> side.mark("fault"),
          Map.of(I1, "FAULT 150", I2, "FAULT 100", G, "FAULT 0"));
      both.take("and recovers", side -> side.unmark("fault"), masters);
      both.take(
          "an interface goes down", side -> side.link("down"), Map.of(I2, "FAULT", G, "FAULT"));
      both.take("and up", side -> side.link("up"), masters);
      both.take("a script weighs", side -> side.mark("heavy"), Map.of(I3, "BACKUP 70"));
      both.take("and does not", side -> side.unmark("heavy"), Map.of(I3, "MASTER 100"));
      both.take(
          "servers fail",
          side -> side.servers(Fault.REFUSE),
          Map.of(FIRST, "DOWN", SECOND, "DOWN", VS, "DOWN"));
      both.take(
          "and recover", side -> side.servers(null), Map.of(FIRST, "UP", SECOND, "UP", VS, "UP"));
      both.takeWithReaders(
          readers,
          "reload",
          NotifiedSide::reload,
          Map.of(I4, "DELETED 100", I5, "FAULT 100", I6, "MASTER 100", FIRST, "DOWN"));
      both.takeWithReaders(
          readers,
          "stop",
          NotifiedSide::stop,
          Map.of(
              I1, "STOP 160", I2, "STOP 100", I3, "STOP", I6, "STOP", G, "STOP 0", SECOND, "DOWN"));
      assertThat(both.theirs().told()).hasSizeGreaterThan(40);
    }
  }

  private static Map<String, String> allUp(Both both, Map<String, String> instances) {
    Map<String, String> all = new HashMap<>(instances);
    for (int place = -1; place < both.theirs().serverCount(); place++) {
      all.put(NotifiedSide.server(place), "UP");
    }
    return all;
  }

  private record Both(NotifiedSide theirs, NotifiedSide ours) {

    /** Has both take a step, and waits until both say its end and have said the same. */
    void take(String step, Consumer<NotifiedSide> action, Map<String, String> end) {
      List<NotifiedSide> sides = List.of(theirs, ours);
      sides.forEach(action);
      Await.until(
          LIMIT,
          () -> step + ": both say " + end + " and nothing else differs" + differences(),
          () ->
              sides.stream().allMatch(side -> side.says(end)) && theirs.told().equals(ours.told()));
    }

    /**
     * The same for a step at which the scripts that read FIFOs end: keepalived ends them before
     * they have read all.
     */
    void takeWithReaders(
        Told.Readers readers, String step, Consumer<NotifiedSide> action, Map<String, String> end) {
      if (readers == Told.Readers.THE_USERS) {
        take(step, action, end);
        return;
      }
      action.accept(theirs);
      action.accept(ours);
      Await.until(
          LIMIT,
          () -> step + ": ours say " + end + " and all that theirs say" + differences(),
          () -> ours.says(end) && saysAllOfTheirs());
    }

    private boolean saysAllOfTheirs() {
      Map<String, List<String>> our = ours.told();
      return theirs.told().entrySet().stream()
          .allMatch(
              their -> {
                Iterator<String> said = our.getOrDefault(their.getKey(), List.of()).iterator();
                return their.getValue().stream().allMatch(line -> passes(said, line));
              });
    }

    private static boolean passes(Iterator<String> said, String line) {
      while (said.hasNext()) {
        if (said.next().equals(line)) {
          return true;
        }
      }
      return false;
    }

    private String differences() {
      StringBuilder text = new StringBuilder();
      Map<String, List<String>> their = theirs.told();
      Map<String, List<String>> our = ours.told();
      Set<String> subjects = new TreeSet<>(their.keySet());
      subjects.addAll(our.keySet());
      for (String subject : subjects) {
        List<String> one = their.getOrDefault(subject, List.of());
        List<String> other = our.getOrDefault(subject, List.of());
        if (!one.equals(other)) {
          text.append("%n%s%n  keepalived %s%n  keepstream %s".formatted(subject, one, other));
        }
      }
      return text.toString();
    }
  }
}
