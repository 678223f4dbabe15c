package io.keepstream.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
  @TempDir Path directory;

  @Test
  void withoutAConfigurationItExitsLikeKeepalived() {
    String file = directory.resolve("none.conf").toString();
    assertThat(RunCommand.commandLine().execute("-f", file)).isEqualTo(6);
  }

  @Test
  void aPlaceForHttpThatIsNoneIsRefused() {
    StringWriter said = new StringWriter();
    CommandLine run = RunCommand.commandLine().setErr(new PrintWriter(said));
    assertThat(run.execute("--http", "9165")).isEqualTo(2);
    assertThat(said.toString())
        .contains("expected an address and a port such as 127.0.0.1:9165, found `9165`");
  }
}
