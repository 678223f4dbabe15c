package io.keepstream.testkit.lab;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Adds to the failure of a test what the processes of its labs wrote last, also of labs that the
 * test has closed on its way out.
 */
public final class LabReport
    implements TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler,
        AfterEachCallback,
        AfterAllCallback {
  private static final Deque<NamespaceLab> LABS = new ConcurrentLinkedDeque<>();

  static void remember(NamespaceLab lab) {
    LABS.add(lab);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withReport(failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withReport(failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withReport(failure);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    forgetClosed();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    forgetClosed();
  }

  private static void forgetClosed() {
    LABS.removeIf(NamespaceLab::isClosed);
  }

  private static Throwable withReport(Throwable failure) {
    String report = LABS.stream().map(NamespaceLab::report).collect(Collectors.joining("\n"));
    if (!report.isBlank()) {
      failure.addSuppressed(new LastOutput(report));
    }
    return failure;
  }

  /** Carries a text into the stack trace; has none itself. */
  private static final class LastOutput extends Exception {
    private static final long serialVersionUID = 1L;

    LastOutput(String report) {
      super("\n" + report, null, false, false);
    }
  }
}
