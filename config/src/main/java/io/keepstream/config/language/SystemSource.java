package io.keepstream.config.language;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The machine this process runs on. */
public final class SystemSource implements ConfigSource {
  private static final long MAX_FILE_BYTES = 4L << 20;
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final String configurationId;
  private final RandomGenerator random;
  private final MessageDigest texts = sha256();

  /** A source with this configuration id and this chance. */
  public SystemSource(String configurationId, RandomGenerator random) {
    this.configurationId = configurationId;
    this.random = random;
  }

  /** A source whose configuration id is the node name up to the first dot. */
  public static SystemSource ofThisMachine() {
    return new SystemSource(nodeName(), RandomGenerator.getDefault());
  }

  /** The name of this machine up to the first dot. */
  public static String nodeName() {
    String name;
    try {
      name = Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      name = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
    }
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  @Override
  public Entry look(String path) {
    Path file;
    try {
      file = Path.of(path);
    } catch (InvalidPathException e) {
      return Entry.MISSING;
    }
    if (!Files.exists(file)) {
      return Entry.MISSING;
    }
    if (Files.isDirectory(file)) {
      return Entry.DIRECTORY;
    }
    if (!Files.isRegularFile(file)) {
      return Entry.OTHER;
    }
    if (!Files.isReadable(file)) {
      return Entry.UNREADABLE;
    }
    return hasExecuteBit(file) ? Entry.EXECUTABLE : Entry.FILE;
  }

  private static boolean hasExecuteBit(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.stream().anyMatch(p -> p.name().endsWith("_EXECUTE"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public List<String> list(String directory) {
    String[] names = new File(directory).list();
    return names == null ? List.of() : Arrays.asList(names);
  }

  @Override
  public String canonical(String path) {
    Path file = Path.of(path);
    try {
      return file.toRealPath().toString();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize().toString();
    }
  }

  @Override
  public String read(String path) throws IOException {
    Path file = Path.of(path);
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException("it is larger than " + (MAX_FILE_BYTES >> 20) + " MiB");
    }
    byte[] bytes = Files.readAllBytes(file);
    texts.update(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  @Override
  public String configurationId() {
    return configurationId;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  @Override
  public int random(int min, int max) {
    return (int) random.nextLong(min, max + 1L);
  }

  /** What tells the texts read since the last call from any others; 64 hexadecimal digits. */
  public String fingerprint() {
    return HexFormat.of().formatHex(texts.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
