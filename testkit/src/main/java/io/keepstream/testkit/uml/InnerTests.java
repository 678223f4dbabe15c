package io.keepstream.testkit.uml;

import io.keepstream.testkit.uml.InnerResult.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The program inside: runs test classes and writes one line per test, as soon as it has ended. */
public final class InnerTests {
  private InnerTests() {}

  /** Takes the file for the results, then the names of the test classes. */
  public static void main(String[] arguments) throws IOException {
    List<? extends DiscoverySelector> classes =
        Arrays.stream(arguments).skip(1).map(DiscoverySelectors::selectClass).toList();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(classes).build();
    try (PrintWriter results =
        new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), true)) {
      LauncherFactory.create().execute(request, new Recorder(results));
    }
    // A test may have left threads behind that would keep the JVM.
    System.exit(0);
  }

  private record Recorder(PrintWriter results) implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      String detail = result.getThrowable().map(Recorder::stackTrace).orElse("");
      switch (result.getStatus()) {
        case SUCCESSFUL -> {
          if (test.isTest()) {
            record(test, Status.PASS, "");
          }
        }
        case ABORTED -> record(test, Status.SKIP, detail);
        case FAILED -> record(test, Status.FAIL, detail);
      }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      record(test, Status.SKIP, reason);
    }

    private void record(TestIdentifier test, Status status, String detail) {
      results.println(new InnerResult(name(test), status, detail).toLine());
    }

    private static String name(TestIdentifier test) {
      // A class has its own name as display name; a method's lacks it.
      return test.getSource().orElse(null) instanceof MethodSource method
          ? method.getJavaClass().getSimpleName() + "." + test.getDisplayName()
          : test.getDisplayName();
    }

    private static String stackTrace(Throwable failure) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      return text.toString();
    }
  }
}
