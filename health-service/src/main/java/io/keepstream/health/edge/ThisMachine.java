package io.keepstream.health.edge;

import io.keepstream.health.port.LocalSystem;
import io.keepstream.runtime.script.SystemAccounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine this process runs on. */
public final class ThisMachine extends SystemAccounts implements LocalSystem {
  @Override
  public boolean canRun(String program) {
    String searched = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Stream<Path> places =
        program.contains("/")
            ? Stream.of(Path.of(program))
            : Stream.of(searched.split(":")).map(directory -> Path.of(directory, program));
    return places.anyMatch(path -> Files.isRegularFile(path) && Files.isExecutable(path));
  }
}
