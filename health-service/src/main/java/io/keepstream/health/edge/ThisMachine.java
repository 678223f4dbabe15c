package io.keepstream.health.edge;

import io.keepstream.health.port.LocalSystem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine this process runs on. */
public final class ThisMachine implements LocalSystem {
  private final UserPrincipalLookupService names =
      FileSystems.getDefault().getUserPrincipalLookupService();

  @Override
  public boolean hasUser(String name) {
    try {
      names.lookupPrincipalByName(name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean hasGroup(String name) {
    try {
      names.lookupPrincipalByGroupName(name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

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
