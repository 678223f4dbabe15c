package io.keepstream.testkit.uml;

import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.lab.UserModeLinux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs test classes inside User Mode Linux and shows each of their tests as a dynamic test here.
 *
 * <pre>{@code
 * @Tag("kernel")
 * class IpvsTest {
 *   @TestFactory
 *   Stream<DynamicTest> inUserModeLinux() {
 *     return OuterTests.run(IpvsInUml.class, SyncDaemonInUml.class);
 *   }
 * }
 * }</pre>
 *
 * <p>The classes inside are ordinary JUnit classes. Name them {@code ...InUml}, so that nothing
 * picks them up to run them outside.
 */
public final class OuterTests {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private OuterTests() {}

  /** Boots once, runs all tests of the classes, and returns their results; at most 5 minutes. */
  public static Stream<DynamicTest> run(Class<?>... classes) {
    return run(LIMIT, classes);
  }

  /** As {@link #run(Class[])} with a time limit of its own for everything together. */
  public static Stream<DynamicTest> run(Duration limit, Class<?>... classes) {
    UserModeLinux.unavailable().ifPresent(Assumptions::abort);
    try (NamespaceLab files = NamespaceLab.create()) {
      Path results = files.directory().resolve("results");
      List<DynamicTest> tests = new ArrayList<>();
      DynamicTest whole = boot(limit, results, classes);
      if (Files.exists(results)) {
        Files.readAllLines(results).stream()
            .map(InnerResult::fromLine)
            .map(OuterTests::dynamicTest)
            .forEach(tests::add);
      }
      tests.add(whole);
      return tests.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the inner JVM; the test returned says whether it got to its end. */
  private static DynamicTest boot(Duration limit, Path results, Class<?>... classes) {
    String[] arguments =
        Stream.concat(Stream.of(results.toString()), Arrays.stream(classes).map(Class::getName))
            .toArray(String[]::new);
    String name = "User Mode Linux ran all tests";
    try {
      Output output =
          UserModeLinux.run(limit, UserModeLinux.java(InnerTests.class.getName(), arguments));
      System.out.print(output.text());
      return DynamicTest.dynamicTest(name, () -> output.orThrow("the JVM inside"));
    } catch (AssertionError e) {
      return DynamicTest.dynamicTest(
          name,
          () -> {
            throw e;
          });
    }
  }

  private static DynamicTest dynamicTest(InnerResult result) {
    return DynamicTest.dynamicTest(
        result.test(),
        () -> {
          switch (result.status()) {
            case PASS -> {}
            case SKIP -> Assumptions.abort(result.detail());
            case FAIL -> throw new InnerFailure(result.test() + ": " + result.detail());
          }
        });
  }

  /** A failure inside; its message carries the stack trace there, and it has none of its own. */
  private static final class InnerFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    InnerFailure(String message) {
      super(message);
      setStackTrace(new StackTraceElement[0]);
    }
  }
}
