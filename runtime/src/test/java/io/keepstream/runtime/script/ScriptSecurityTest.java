package io.keepstream.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Needs root, to have a directory that is root's up to the top. */
@Tag("kernel")
class ScriptSecurityTest {
  private static final Path PLACE = Path.of("/run");

  private Path directory;
  private Path program;

  @BeforeEach
  void build() throws IOException {
    assumeTrue(Files.isWritable(PLACE), "needs root");
    directory = Files.createTempDirectory(PLACE, "ks-security", mode("rwxr-xr-x"));
    program = Files.createFile(directory.resolve("check"), mode("rwxr-xr-x"));
  }

  @AfterEach
  void remove() throws IOException {
    if (directory != null) {
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static Optional<String> danger(Path program) {
    return ScriptSecurity.danger(program.toString());
  }

  @Test
  void whatOnlyRootMayChangeIsSafe() {
    assertThat(danger(program)).isEmpty();
    assertThat(ScriptSecurity.danger("env")).isEmpty();
  }

  @Test
  void whatOthersMayWriteToIsNot() throws IOException {
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xrwx"));
    assertThat(danger(program)).hasValue("others than root may write to `" + program + "`");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThat(danger(program)).as("root's group").isEmpty();
    Files.setAttribute(program, "unix:gid", 65534);
    assertThat(danger(program)).isPresent();
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xrwx"));
    assertThat(danger(program)).hasValue("others than root may write to `" + directory + "`");
  }

  @Test
  void whatBelongsToSomebodyElseIsNot() throws IOException {
    Files.setAttribute(program, "unix:uid", 65534);
    assertThat(danger(program)).hasValue("`" + program + "` does not belong to root");
  }

  @Test
  void aLinkIsAsSafeAsItsTarget() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("check"));
    assertThat(danger(link)).isEmpty();
    Files.setAttribute(program, "unix:uid", 65534);
    assertThat(danger(link)).hasValue("`" + program + "` does not belong to root");
    Path circle = directory.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    assertThat(danger(circle)).isPresent();
  }

  @Test
  void aDirectoryThatIsALinkIsNotSafe() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    assertThat(danger(link.resolve("check")))
        .hasValue("`%s` is a symbolic link, write `%s`".formatted(link, program));
  }

  @Test
  void whatIsNotThereIsNotSafe() {
    assertThat(danger(directory.resolve("none"))).isPresent();
    assertThat(ScriptSecurity.danger("no-such-program-here")).isPresent();
    assertThat(ScriptSecurity.danger("/a\0b")).isPresent();
  }

  @Test
  void onlyRootIsHeldToIt() throws IOException {
    Files.setAttribute(program, "unix:uid", 65534);
    Accounts accounts = new SystemAccounts();
    assertThat(accounts.danger("root", program.toString())).isPresent();
    assertThat(accounts.danger("nobody", program.toString())).isEmpty();
  }
}
