package io.keepstream.election.edge;

import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.wire.Bytes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * A small file of what must be undone, so that it can be undone even after a crash. It is for one
 * network namespace and one boot of the machine; what another one has left is not believed. The
 * node sees to it that only one process elects in a namespace.
 */
final class LinkMemory {
  private static final Path DIRECTORY = Path.of("/run/keepstream");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/thread-self/ns/net");
  private static final int LONGEST_FILE = 1 << 20;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;
  private boolean usable = true;

  private LinkMemory(Path file) {
    this.file = file;
  }

  /** The memory of the network namespace that a socket belongs to. */
  static LinkMemory of(Libc libc, int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cookie = arena.allocate(Long.BYTES, Long.BYTES);
      MemorySegment length = arena.allocate(Integer.BYTES, Integer.BYTES);
      Bytes.putHostU32(length, 0, Long.BYTES);
      int result =
          libc.getsockopt(
              socket, SocketConstants.SOL_SOCKET, SocketConstants.SO_NETNS_COOKIE, cookie, length);
      String namespace =
          result < 0 ? inode() : Long.toUnsignedString(cookie.get(Bytes.HOST_LONG, 0));
      return new LinkMemory(DIRECTORY.resolve("links-" + namespace));
    }
  }

  /**
   * Before Linux 5.14 there is no cookie; this number may be given again after a namespace ends.
   */
  private static String inode() {
    try {
      return "inode-" + Files.getAttribute(NAMESPACE, "unix:ino");
    } catch (IOException e) {
      ElectionEngine.LOG.warn(
          "this network namespace cannot be told from others: {}", e.toString());
      return "inode-unknown";
    }
  }

  /** What was remembered last; empty if nothing was, or on another boot. */
  List<String> recall() {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || !usable) {
      return List.of();
    }
    try (SeekableByteChannel in =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(in.size(), LONGEST_FILE));
      for (int read = 0; read >= 0 && bytes.hasRemaining(); ) {
        read = in.read(bytes);
      }
      List<String> lines =
          new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines().toList();
      boolean ours = !lines.isEmpty() && lines.getFirst().equals(bootId());
      return ours ? lines.subList(1, lines.size()) : List.of();
    } catch (IOException e) {
      failed(e);
      return List.of();
    }
  }

  /** Remembers {@code lines} in place of all before; nothing remembered needs no file. */
  void remember(List<String> lines) {
    try {
      if (!usable) {
        return;
      }
      if (lines.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        replace(bootId() + "\n" + String.join("\n", lines) + "\n");
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void replace(String text) throws IOException {
    if (!Files.isDirectory(DIRECTORY, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(DIRECTORY, OWNER_ONLY_DIRECTORY);
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (SeekableByteChannel out =
        Files.newByteChannel(
            fresh,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            OWNER_ONLY)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String bootId() throws IOException {
    return Files.readString(BOOT_ID).strip();
  }

  /** Without a file only a crash leaves something behind. */
  private void failed(Exception e) {
    if (usable) {
      usable = false;
      ElectionEngine.LOG.warn(
          "after a crash settings of interfaces would stay changed: {}", e.toString());
    }
  }
}
