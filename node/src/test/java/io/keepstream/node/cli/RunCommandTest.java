package io.keepstream.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
  @TempDir Path directory;

  @Test
  void withoutAConfigurationItExitsLikeKeepalived() {
    String file = directory.resolve("none.conf").toString();
    assertThat(new CommandLine(new RunCommand()).execute("-f", file)).isEqualTo(6);
  }
}
