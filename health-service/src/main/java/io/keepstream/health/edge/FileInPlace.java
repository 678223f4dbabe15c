package io.keepstream.health.edge;

import io.keepstream.health.tracker.FileNumber;
import io.keepstream.linux.file.SmallFile;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;

/** A file by its path, and where that leads at the moment. */
final class FileInPlace {
  private final Path path;
  private final Set<String> directories = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  FileInPlace(String path) {
    this.path = Path.of(path).toAbsolutePath();
  }

  Path path() {
    return path;
  }

  /** Follows the links in the path, as they are now. */
  void locate() {
    directories.clear();
    names.clear();
    enter(path);
    try {
      enter(path.toRealPath());
    } catch (IOException e) {
      // There is no such file yet; only the place where it should be is of interest.
    }
  }

  private void enter(Path place) {
    if (place.getParent() != null) {
      directories.add(place.getParent().toString());
      names.add(place.getFileName().toString());
    }
  }

  /** The directories in which the file or a link to it is, as last located. */
  Set<String> directories() {
    return directories;
  }

  /** Whether any of {@code entries} may be the file, as last located. */
  boolean isOneOf(Set<String> entries) {
    return names.stream().anyMatch(entries::contains);
  }

  /** What the file says. */
  FileNumber read(Libc libc) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? FileNumber.of(SmallFile.read(libc, path.toString(), FileNumber.LIMIT_BYTES))
          : FileNumber.wrong("it is not a regular file");
    } catch (NoSuchFileException e) {
      return FileNumber.MISSING;
    } catch (FileSystemException e) {
      return FileNumber.wrong(e.getReason() == null ? e.toString() : e.getReason());
    } catch (ErrnoException e) {
      return FileNumber.wrong(e.getMessage());
    } catch (IOException e) {
      return FileNumber.wrong(e.toString());
    }
  }

  /** When it was written last; the epoch if it is not there. */
  FileTime written() {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /**
   * Writes a number into it.
   *
   * @param overwrite whether also if it exists
   */
  void write(int number, boolean overwrite) throws IOException {
    if (Files.exists(path) && !overwrite) {
      return;
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("it is not a regular file");
    }
    Files.writeString(path, number + "\n");
  }
}
