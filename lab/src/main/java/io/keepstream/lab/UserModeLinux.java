package io.keepstream.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs one command as root inside a User Mode Linux that is booted for it (two seconds). */
public final class UserModeLinux {
  /** A folder inside that is not on the outer system's disk. */
  public static final String TEMPORARY = "/run/tmp";

  private static final Path MODULES = Path.of("/usr/lib/uml/modules");
  private static final int MEMORY_MEGABYTES = 1024;

  /** The byte that init.sh writes before the output of an attached command. */
  private static final int BEGIN = 1;

  private UserModeLinux() {}

  /** Why it cannot run here, in one sentence; empty if it can. */
  public static Optional<String> unavailable() {
    return Commands.exists("linux.uml") && Commands.exists("modprobe") && Files.exists(MODULES)
        ? Optional.empty()
        : Optional.of("needs Debian's user-mode-linux and kmod; ./keepstream test installs them");
  }

  /**
   * Boots, runs {@code command} with the modules of IPVS, NAT, nftables, bridge and veth loaded,
   * and powers off.
   *
   * @return exit status and output of the command
   * @throws AssertionError when it does not end within {@code limit}; it is killed then
   */
  public static Output run(Duration limit, List<String> command) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      Path files = lab.directory();
      LabProcess kernel = lab.start("User Mode Linux", kernel(prepare(files, command)));
      kernel.awaitExit(limit);
      return new Output(status(files, kernel), Files.readString(files.resolve("output")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * As {@link #run}, but what the command says goes to {@code out} as it says it, and there is no
   * limit; it ends early when the calling thread is interrupted.
   *
   * @return the command's exit status
   */
  public static int attach(List<String> command, OutputStream out) throws InterruptedException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      Path files = lab.directory();
      Files.createFile(files.resolve("attached"));
      Process kernel =
          new ProcessBuilder(kernel(prepare(files, command))).redirectErrorStream(true).start();
      lab.own(() -> endTree(kernel));
      Thread console = new Thread(() -> copyAfterBoot(kernel.getInputStream(), out));
      console.setDaemon(true);
      console.start();
      kernel.waitFor();
      console.join();
      Path status = files.resolve("status");
      return Files.exists(status) ? Integer.parseInt(Files.readString(status).strip()) : 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its processes are processes of this machine. */
  private static void endTree(Process kernel) {
    List<ProcessHandle> inner = kernel.descendants().toList();
    kernel.destroyForcibly();
    inner.forEach(ProcessHandle::destroyForcibly);
  }

  /** Leaves out what the kernel says before the command begins. */
  private static void copyAfterBoot(InputStream console, OutputStream out) {
    boolean begun = false;
    try {
      for (int next = console.read(); next >= 0; next = console.read()) {
        if (begun) {
          out.write(next);
          if (console.available() == 0) {
            out.flush();
          }
        }
        begun |= next == BEGIN;
      }
    } catch (IOException e) {
      // The kernel has ended, or nobody looks any more.
    }
  }

  /** Lays the files that the inner system starts from and returns its first program. */
  private static Path prepare(Path files, List<String> command) throws IOException {
    Path init = files.resolve("init.sh");
    try (InputStream script = UserModeLinux.class.getResourceAsStream("init.sh")) {
      Files.copy(script, init);
    }
    Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwx------"));
    String here = quoted(List.of(System.getProperty("user.dir")));
    Files.writeString(files.resolve("command"), "cd " + here + "\nexec " + quoted(command) + "\n");
    return init;
  }

  private static int status(Path files, LabProcess kernel) throws IOException {
    Path status = files.resolve("status");
    if (Files.notExists(status)) {
      throw new AssertionError("it did not get to the command's end: " + kernel.report());
    }
    return Integer.parseInt(Files.readString(status).strip());
  }

  private static List<String> kernel(Path init) {
    return List.of(
        "linux.uml",
        "mem=" + MEMORY_MEGABYTES + "M",
        "root=none",
        "rootfstype=hostfs",
        "rootflags=/",
        "rw",
        "quiet",
        "init=" + init,
        "uml_dir=" + init.getParent(),
        "con=null",
        "con0=null,fd:1");
  }

  private static String quoted(List<String> words) {
    return words.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  /**
   * The words that start a JVM for {@code mainClass} with this JVM's JDK and class path, and flags
   * that make it start fast on a slow processor.
   */
  public static List<String> java(String mainClass, String... arguments) {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xmx256m",
            "-Djava.io.tmpdir=" + TEMPORARY,
            // Half a minute, after which web servers end idle connections, is not long inside.
            "-Dsun.net.httpserver.idleInterval=600",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            mainClass);
    return Stream.concat(java.stream(), Stream.of(arguments)).toList();
  }
}
