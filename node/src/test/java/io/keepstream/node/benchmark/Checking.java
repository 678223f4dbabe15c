package io.keepstream.node.benchmark;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.testkit.peer.Keepalived;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One of the two programs that checks servers and says what it finds in a FIFO. */
final class Checking {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int PER_SERVICE = 100;

  /** Which of them. */
  enum Program {
    KEEPALIVED,
    KEEPSTREAM
  }

  private final LabHost host;
  private final Program program;
  private final LabProcess notices;
  private final Path file;
  private LabProcess process;

  Checking(LabHost host, Program program) {
    this.host = host;
    this.program = program;
    Path directory = host.lab().directory();
    file = directory.resolve("checks.conf");
    Path fifo = directory.resolve("notices");
    host.run("mkfifo", "-m", "600", fifo.toString());
    notices = host.start("sh", "-c", "cat 0<>" + fifo);
  }

  /** Starts it with these virtual servers; the file may be changed afterwards. */
  Checking start(String servers) {
    write(servers);
    String include = "include " + file + "\n";
    process =
        switch (program) {
          case KEEPALIVED ->
              Keepalived.startWithoutIpvs(host, Keepalived.Part.CHECKERS, include).process();
          case KEEPSTREAM -> host.start("../keepstream", "run", "-C", "-f", file.toString());
        };
    return this;
  }

  void reload(String servers) {
    write(servers);
    process.signal("HUP");
  }

  private void write(String servers) {
    Path fifo = host.lab().directory().resolve("notices");
    String globals =
        "global_defs {\n script_user root\n lvs_notify_fifo %s\n%s}\n"
            .formatted(fifo, program == Program.KEEPSTREAM ? " dataplane ipvs\n" : "");
    try {
      Files.writeString(file, globals + servers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LabProcess process() {
    return process;
  }

  /** Waits until {@code server} is said to be {@code state}, and returns for how long, in ms. */
  double awaitNotice(String server, String state, Runnable cause) {
    int before = notices.lines().size();
    long startNanos = System.nanoTime();
    cause.run();
    notices.awaitLine("RS \\[%s\\].* %s$".formatted(server, state), before, LIMIT);
    return (System.nanoTime() - startNanos) / 1e6;
  }

  /** Waits until so many connections were made. */
  static void await(CheckedServers servers, int connections) {
    Await.until(LIMIT, connections + " checks", () -> servers.connections() >= connections);
  }

  /** The address of one of many servers. */
  static String address(int i) {
    return "127.%d.%d.%d".formatted(1 + i / 62_500, i / 250 % 250, i % 250 + 1);
  }

  /** So many servers, all of them checked once a second. */
  static String servers(int count, String check) {
    return IntStream.range(0, (count + PER_SERVICE - 1) / PER_SERVICE)
        .mapToObj(i -> service(i, Math.min(count, (i + 1) * PER_SERVICE), check))
        .collect(Collectors.joining());
  }

  private static String service(int number, int end, String check) {
    String servers =
        IntStream.range(number * PER_SERVICE, end)
            .mapToObj(
                i ->
                    " real_server %s %d {\n%s }\n"
                        .formatted(address(i), CheckedServers.PORT, check))
            .collect(Collectors.joining());
    return service("10.99.%d.%d".formatted(number / 250, number % 250 + 1), servers);
  }

  /** A virtual server with these real servers. */
  static String service(String address, String servers) {
    return """
    virtual_server %s 80 {
     delay_loop 1
     connect_timeout 1
     retry 1
     delay_before_retry 0.1
     lvs_sched rr
     lvs_method NAT
     protocol TCP
    %s}
    """
        .formatted(address, servers);
  }
}
