package io.keepstream.runtime.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether somebody else than root can change what root would run: as in keepalived, a program and
 * all directories above it have to be root's and writable by root only, and no directory may be a
 * symbolic link.
 */
final class ScriptSecurity {
  private static final int FILE_TYPE = 0170000;
  private static final int SYMBOLIC_LINK = 0120000;
  private static final int GROUP_MAY_WRITE = 0020;
  private static final int OTHERS_MAY_WRITE = 0002;
  private static final int MOST_LINKS = 16;

  private ScriptSecurity() {}

  /** In words why root had better not run {@code program}; empty when it may. */
  static Optional<String> danger(String program) {
    try {
      return danger(find(program), MOST_LINKS);
    } catch (NoSuchFileException | InvalidPathException e) {
      return Optional.of("there is no `%s` here".formatted(program));
    } catch (IOException e) {
      return Optional.of("`%s` cannot be looked at".formatted(program));
    }
  }

  private static Path find(String program) throws IOException {
    if (program.contains("/")) {
      return Path.of(program).toAbsolutePath();
    }
    String searched = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(searched.split(":"))
        .map(directory -> Path.of(directory, program).toAbsolutePath())
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new NoSuchFileException(program));
  }

  private static Optional<String> danger(Path program, int linksLeft) throws IOException {
    Path walked = program.getRoot();
    Optional<String> danger = danger(walked, Part.of(walked));
    for (Path name : program) {
      if (danger.isPresent()) {
        return danger;
      }
      walked = walked.resolve(name);
      Part part = Part.of(walked);
      if (!part.isLink()) {
        danger = danger(walked, part);
      } else if (!walked.equals(program)) {
        return Optional.of(
            "`%s` is a symbolic link, write `%s`".formatted(walked, program.toRealPath()));
      } else if (linksLeft == 0) {
        return Optional.of("`%s` has too many symbolic links".formatted(program));
      } else {
        return danger(walked.resolveSibling(Files.readSymbolicLink(walked)), linksLeft - 1);
      }
    }
    return danger;
  }

  private static Optional<String> danger(Path path, Part part) {
    if (part.owner() != 0) {
      return Optional.of("`%s` does not belong to root".formatted(path));
    }
    boolean group = part.group() != 0 && (part.mode() & GROUP_MAY_WRITE) != 0;
    return group || (part.mode() & OTHERS_MAY_WRITE) != 0
        ? Optional.of("others than root may write to `%s`".formatted(path))
        : Optional.empty();
  }

  /** A directory or file on the way. */
  private record Part(int mode, int owner, int group) {
    static Part of(Path path) throws IOException {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
      return new Part(
          (Integer) found.get("mode"), (Integer) found.get("uid"), (Integer) found.get("gid"));
    }

    boolean isLink() {
      return (mode & FILE_TYPE) == SYMBOLIC_LINK;
    }
  }
}
