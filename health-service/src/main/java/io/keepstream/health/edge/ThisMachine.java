package io.keepstream.health.edge;

import io.keepstream.health.port.LocalSystem;
import io.keepstream.runtime.script.SystemAccounts;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine this process runs on. */
public final class ThisMachine extends SystemAccounts implements LocalSystem {
  @Override
  public boolean canRun(String program) {
    return places(program).anyMatch(place -> isProgram(place + program));
  }

  private static Stream<String> places(String program) {
    String searched = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return program.contains("/")
        ? Stream.of("")
        : Stream.of(searched.split(":")).map(directory -> directory + "/");
  }

  private static boolean isProgram(String path) {
    try {
      return Files.isRegularFile(Path.of(path)) && Files.isExecutable(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
