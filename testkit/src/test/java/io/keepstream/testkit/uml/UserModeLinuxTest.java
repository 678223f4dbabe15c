package io.keepstream.testkit.uml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.lab.UserModeLinux;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("kernel")
class UserModeLinuxTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @BeforeAll
  static void check() {
    UserModeLinux.unavailable().ifPresent(Assumptions::abort);
  }

  @Test
  void bringsOutputAndStatusBack() {
    var output =
        UserModeLinux.run(LIMIT, List.of("sh", "-c", "echo \"it's $1\"; exit 3", "", "here"));

    assertThat(output.status()).isEqualTo(3);
    assertThat(output.text()).isEqualTo("it's here\n");
  }

  @Test
  void isKilledAtItsLimit() {
    assertThatThrownBy(
            () ->
                UserModeLinux.run(Duration.ofSeconds(6), List.of("sh", "-c", "echo on; sleep 99")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("\non");
  }

  @TestFactory
  Stream<DynamicTest> inside() {
    return OuterTests.run(IpvsInUml.class);
  }
}
