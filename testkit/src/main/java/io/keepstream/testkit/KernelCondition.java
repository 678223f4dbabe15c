package io.keepstream.testkit;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import io.keepstream.lab.Commands;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides whether a {@link KernelTest} can run here. */
final class KernelCondition implements ExecutionCondition {
  private static final Optional<String> OBSTACLE = obstacle();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (OBSTACLE.isPresent()) {
      return disabled(OBSTACLE.get());
    }
    List<String> missing =
        AnnotationSupport.findAnnotation(context.getElement(), KernelTest.class).stream()
            .flatMap(annotation -> Stream.of(annotation.tools()))
            .filter(tool -> !Commands.exists(tool))
            .toList();
    return missing.isEmpty()
        ? enabled("root, namespaces and tools are there")
        : disabled("needs " + String.join(", ", missing) + "; ./keepstream test installs it");
  }

  private static Optional<String> obstacle() {
    if (!Commands.exists("ip") || !Commands.exists("nft")) {
      return Optional.of("needs ip and nft; ./keepstream test installs them");
    }
    return Commands.run("unshare", "--net", "ip", "link", "set", "lo", "up").status() == 0
        ? Optional.empty()
        : Optional.of("needs root and network namespaces");
  }
}
