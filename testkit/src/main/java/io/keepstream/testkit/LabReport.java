package io.keepstream.testkit;

import io.keepstream.lab.NamespaceLab;
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
    NamespaceLab.forgetClosed();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    NamespaceLab.forgetClosed();
  }

  private static Throwable withReport(Throwable failure) {
    String report = NamespaceLab.reports();
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
