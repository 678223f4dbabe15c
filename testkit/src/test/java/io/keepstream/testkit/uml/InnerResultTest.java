package io.keepstream.testkit.uml;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.testkit.uml.InnerResult.Status;
import org.junit.jupiter.api.Test;

class InnerResultTest {
  @Test
  void staysOnOneLineAndComesBackWhole() {
    InnerResult result =
        new InnerResult("SomeInUml.fails()", Status.FAIL, "expected: \"C:\\n\"\n    at line 7\n");

    String line = result.toLine();

    assertThat(line).doesNotContain("\n");
    assertThat(InnerResult.fromLine(line)).isEqualTo(result);
  }
}
