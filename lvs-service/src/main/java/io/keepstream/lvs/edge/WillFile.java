package io.keepstream.lvs.edge;

import io.keepstream.lvs.port.WillStore;
import io.keepstream.runtime.ContractJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A will in a file of JSON, written aside and renamed, so that there is always a whole one.
 *
 * @param file its directory is made when something is to be kept
 */
public record WillFile(Path file) implements WillStore {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  @Override
  public Optional<Kept> load() throws IOException {
    byte[] json;
    try {
      json = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Kept kept = ContractJson.mapper().readValue(json, Kept.class);
    if (kept == null || kept.writtenAt() == null) {
      throw new IOException("it does not say when it was written");
    }
    return Optional.of(kept);
  }

  @Override
  public String setAside() throws IOException {
    Path bad = file.resolveSibling(file.getFileName() + ".bad");
    return Files.move(file, bad, StandardCopyOption.REPLACE_EXISTING).toString();
  }

  @Override
  public void save(Kept kept) throws IOException {
    Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
    Path aside = directory.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    try (FileChannel channel =
        FileChannel.open(
            aside,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PRIVATE)) {
      ByteBuffer json = ByteBuffer.wrap(ContractJson.bytes(kept));
      while (json.hasRemaining()) {
        channel.write(json);
      }
      channel.force(true);
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(directory)) {
      names.force(true);
    }
  }
}
