package io.keepstream.node.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units are what systemd understands. */
class UnitsTest {
  private static final Path UNITS = Path.of("src", "main", "packaging", "systemd");
  private static final Path ANALYZER = Path.of("/usr/bin/systemd-analyze");
  private static final long LIMIT_SECONDS = 60;

  @TempDir private Path directory;

  @Test
  void systemdFindsNothingToComplainOf() throws IOException, InterruptedException {
    assumeThat(ANALYZER).as("systemd is not installed").exists();
    copyUnits();
    List<String> command = new ArrayList<>(List.of(ANALYZER.toString(), "verify", "--man=no"));
    for (String unit :
        List.of("keepstream.service", "keepstream.target", "keepstream@election.service")) {
      command.add(directory.resolve(unit).toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines().filter(line -> line.contains("keepstream"))).isEmpty();
  }

  /** The program they start need not be installed here, but something must be. */
  private void copyUnits() throws IOException {
    try (Stream<Path> files = Files.walk(UNITS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(UNITS.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, Files.readString(file).replace("/usr/bin/keepstream", "/bin/true"));
      }
    }
    Files.copy(
        directory.resolve("keepstream@.service"), directory.resolve("keepstream@election.service"));
  }
}
