package io.keepstream.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test, or a class of tests, that needs root, network namespaces and maybe some programs.
 *
 * <p>It carries the tag {@code kernel}, is disabled with one sentence where these are missing, and
 * a failure shows the last output of every process in the labs of the test.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("kernel")
@ExtendWith({KernelCondition.class, LabReport.class})
public @interface KernelTest {
  /** Programs of the search path that the test needs besides ip and nft. */
  String[] tools() default {};
}
