package io.keepstream.linux.lab;

import io.keepstream.linux.libc.ForeignLibc;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

final class NamespacesPossible implements ExecutionCondition {
  private static final ConditionEvaluationResult RESULT = evaluate();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return RESULT;
  }

  private static ConditionEvaluationResult evaluate() {
    if (new ForeignLibc().geteuid() != 0) {
      return ConditionEvaluationResult.disabled("needs root, to make network namespaces");
    }
    try {
      TwoHosts.sweep();
      TwoHosts.create().close();
      return ConditionEvaluationResult.enabled("network namespaces can be made");
    } catch (IllegalStateException e) {
      return ConditionEvaluationResult.disabled(
          "needs network namespaces and ip(8): " + e.getMessage());
    }
  }
}
