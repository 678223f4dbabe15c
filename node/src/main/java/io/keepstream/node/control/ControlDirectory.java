package io.keepstream.node.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the sockets of running nodes are. */
public final class ControlDirectory {
  private static final Path DEFAULT = Path.of("/run/keepstream");
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private ControlDirectory() {}

  /** The socket of this process when nobody names another. */
  public static Path own() {
    return DEFAULT.resolve(ProcessHandle.current().pid() + ".sock");
  }

  /** The socket of the only node that runs. */
  public static Path only() throws ControlException {
    List<Path> alive = sockets().stream().filter(ControlDirectory::answers).toList();
    if (alive.isEmpty()) {
      throw new ControlException(
          "no node answers in %s: none runs, or it was given another --control".formatted(DEFAULT));
    }
    if (alive.size() > 1) {
      throw new ControlException("several nodes run, choose one with --control: " + alive);
    }
    return alive.getFirst();
  }

  /**
   * Makes sure that only its owner enters the directory of {@code socket}; clears away the dead.
   */
  static void prepare(Path socket) throws IOException {
    Path directory = socket.toAbsolutePath().getParent();
    secure(directory);
    for (Path left : directory.equals(DEFAULT) ? sockets() : List.of(socket)) {
      if (isSocket(left) && !answers(left)) {
        Files.deleteIfExists(left);
      }
    }
  }

  /** Makes sure that only its owner enters {@code directory}. */
  static void secure(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      createOnce(directory);
    }
    PosixFileAttributes found =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isDirectory()) {
      throw new NotDirectoryException(directory.toString());
    }
    if (!found.permissions().equals(PRIVATE)
        || !found.owner().getName().equals(System.getProperty("user.name"))) {
      throw new IOException("%s must be ours alone (mode 0700)".formatted(directory));
    }
  }

  private static void createOnce(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException e) {
      // another process was faster, and is checked like any other
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean answers(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> sockets() {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(DEFAULT, "*.sock")) {
      files.forEach(found::add);
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }
}
