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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where the sockets of running nodes are. */
public final class ControlDirectory {
  static final Path DEFAULT = Path.of("/run/keepstream");
  static final String SUFFIX = ".sock";
  static final String LINK_PREFIX = "link-";
  private static final Path NAMESPACE = Path.of("/proc/self/ns/net");
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private ControlDirectory() {}

  /** The socket of this process when nobody names another. */
  public static Path own() {
    return DEFAULT.resolve(ProcessHandle.current().pid() + SUFFIX);
  }

  /** The number of this process' network namespace. */
  static String namespace() throws IOException {
    return Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
  }

  /**
   * A socket that is asked when {@code said} was given: itself, or any in it when it is the link
   * directory of a node; null stands for the only node that runs.
   */
  static Path chosen(Path said) throws ControlException {
    if (said == null) {
      return only();
    }
    return Files.isDirectory(said)
        ? any(said).orElseThrow(() -> new ControlException("no process answers in " + said))
        : said;
  }

  private static Path only() throws ControlException {
    List<Path> alive =
        Stream.concat(
                in(DEFAULT, "*" + SUFFIX).stream().filter(ControlDirectory::answers),
                in(DEFAULT, LINK_PREFIX + "*").stream().flatMap(link -> any(link).stream()))
            .toList();
    if (alive.isEmpty()) {
      throw new ControlException(
          "no node answers in %s: none runs, or it was given another --control".formatted(DEFAULT));
    }
    if (alive.size() > 1) {
      throw new ControlException("several nodes run, choose one with --control: " + alive);
    }
    return alive.getFirst();
  }

  /** The sockets of all processes of the node that is asked on {@code socket}. */
  static List<Path> together(Path socket) {
    List<Path> all = new ArrayList<>();
    Path directory = socket.toAbsolutePath().getParent();
    if (!directory.equals(DEFAULT)) {
      for (Path link : in(directory, "*.link")) {
        String name = link.getFileName().toString().replaceFirst("\\.link$", SUFFIX);
        all.add(directory.resolve(name));
      }
    }
    if (!all.contains(socket.toAbsolutePath())) {
      all.add(socket);
    }
    return all;
  }

  private static Optional<Path> any(Path directory) {
    return in(directory, "*" + SUFFIX).stream().filter(ControlDirectory::answers).findFirst();
  }

  /**
   * Makes sure that only its owner enters the directory of {@code socket}; clears away the dead.
   */
  static void prepare(Path socket) throws IOException {
    Path directory = socket.toAbsolutePath().getParent();
    secure(directory);
    for (Path left : directory.equals(DEFAULT) ? in(DEFAULT, "*" + SUFFIX) : List.of(socket)) {
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

  static boolean answers(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> in(Path directory, String names) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, names)) {
      files.forEach(found::add);
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }
}
