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
 * The right to be the only process of a network namespace that does one thing: two that elected for
 * the same interfaces would take each other's addresses for leftovers. It ends with the process,
 * since what is locked is never opened again by who has it.
 */
public final class NamespaceClaim implements AutoCloseable {
  private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

  private final FileChannel channel;

  private NamespaceClaim(FileChannel channel) {
    this.channel = channel;
  }

  /** Claims {@code what}, a word for people, for this process in its network namespace. */
  public static NamespaceClaim of(String what) throws IOException, ControlException {
    String namespace = Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
    Path file = ControlDirectory.own().resolveSibling(what + "-" + namespace + ".lock");
    ControlDirectory.secure(file.getParent());
    FileChannel channel = open(file);
    if (channel.tryLock() == null) {
      channel.close();
      throw new ControlException(
          "%s already runs in this network namespace, as process %s"
              .formatted(what, Files.readString(file).strip()));
    }
    String own = ProcessHandle.current().pid() + "\n";
    channel.truncate(0).write(ByteBuffer.wrap(own.getBytes(StandardCharsets.US_ASCII)), 0);
    return new NamespaceClaim(channel);
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
