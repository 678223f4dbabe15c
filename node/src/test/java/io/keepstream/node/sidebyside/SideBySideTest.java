package io.keepstream.node.sidebyside;

import io.keepstream.lab.Await;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.peer.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user reads in {@code lvs_notify_fifo} is the same with both programs, server by server,
 * for all checkers that both have. With {@code -Dkeepstream.sidebyside.seeds=100} a hundred scripts
 * are played, with {@code -Dkeepstream.sidebyside.first=7} the first is that of seed 7.
 */
@KernelTest(tools = {"keepalived", "cc"})
class SideBySideTest {
  private static final long FIRST = Long.getLong("keepstream.sidebyside.first", 1);
  private static final long SEEDS = Long.getLong("keepstream.sidebyside.seeds", 1);
  private static final int STEPS = 10;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static SSLContext tls;

  @BeforeAll
  static void makeCertificate() throws Exception {
    tls = TestCertificate.in(directory).context();
  }

  @TestFactory
  Stream<DynamicTest> bothSayTheSame() {
    return LongStream.range(FIRST, FIRST + SEEDS)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> play(seed)));
  }

  private static void play(long seed) throws Exception {
    try (NamespaceLab lab = NamespaceLab.create()) {
      Side theirs = new Side(lab.host("k"), tls, Side::keepalived);
      Side ours = new Side(lab.host("n"), tls, Side::keepstream);
      List<Side> sides = List.of(theirs, ours);
      Script script = new Script(seed, theirs.subjects());
      List<String> rules = script.rules();
      for (Side side : sides) {
        side.start(rules);
      }
      awaitAgreement(sides, Side::saysThatAllArePassed);
      for (int i = 0; i < STEPS; i++) {
        List<Script.Change> changes = i < STEPS - 1 ? script.next() : script.end();
        System.out.printf("seed %d, step %d: %s%n", seed, i, changes);
        sides.forEach(side -> changes.forEach(side::take));
        awaitAgreement(sides, side -> changes.stream().allMatch(side::hasSeen));
      }
      for (Side side : sides) {
        side.stop();
      }
      awaitAgreement(sides, Side::saysThatAllAreDown);
    }
  }

  /** Waits until both have reached a point, and then until they have said the same. */
  private static void awaitAgreement(List<Side> sides, Predicate<Side> reached) {
    Side theirs = sides.getFirst();
    Side ours = sides.getLast();
    Await.until(
        LIMIT,
        () -> differences(theirs, ours),
        () -> sides.stream().allMatch(reached) && theirs.said().equals(ours.said()));
  }

  private static String differences(Side theirs, Side ours) {
    StringBuilder text = new StringBuilder("that both have seen what happened and say the same");
    for (int i = 0; i < theirs.subjects().size(); i++) {
      List<String> one = theirs.said().get(i);
      List<String> other = ours.said().get(i);
      if (!one.equals(other)) {
        text.append("%n%s%nkeepalived %s%nkeepstream %s".formatted(ours.described(i), one, other));
      }
    }
    return text.toString();
  }
}
