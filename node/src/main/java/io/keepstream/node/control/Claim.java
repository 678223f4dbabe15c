package io.keepstream.node.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The right to be the only process that does one thing: two that elected for the same interfaces
 * would take each other's addresses for leftovers. It ends with the process, since what is locked
 * is never opened again by who has it.
 */
public final class Claim implements AutoCloseable {
  private final FileChannel channel;

  private Claim(FileChannel channel) {
    this.channel = channel;
  }

  /** Claims {@code what}, a word for people, for this process in its network namespace. */
  public static Claim inNamespace(String what) throws IOException, ControlException {
    Path file =
        ControlDirectory.DEFAULT.resolve(what + "-" + ControlDirectory.namespace() + ".lock");
    return of(file, what, "in this network namespace");
  }

  /** Claims {@code what} for this process in a private directory. */
  static Claim in(Path directory, String what) throws IOException, ControlException {
    return of(directory.resolve(what + ".lock"), what, "in " + directory);
  }

  private static Claim of(Path file, String what, String where)
      throws IOException, ControlException {
    ControlDirectory.secure(file.getParent());
    FileChannel channel = open(file);
    if (channel.tryLock() == null) {
      channel.close();
      throw new ControlException(
          "%s already runs %s, as process %s"
              .formatted(what, where, Files.readString(file).strip()));
    }
    String own = ProcessHandle.current().pid() + "\n";
    channel.truncate(0).write(ByteBuffer.wrap(own.getBytes(StandardCharsets.US_ASCII)), 0);
    return new Claim(channel);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public void close() throws IOException {
    channel.close(); // the file stays: who waits for a removed one would lock nothing
  }
}
