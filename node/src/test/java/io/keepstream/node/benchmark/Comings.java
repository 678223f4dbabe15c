package io.keepstream.node.benchmark;

import io.keepstream.lab.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Servers of their own beside the many, which go and come at random times until they are told. */
final class Comings {
  private static final int SERVERS = 40;

  /** A thousand samples: a few dozen cannot tell 20 ms from chance. */
  private static final int ROUNDS = 25;

  private static final int PORT = 9000;
  private static final int PAUSE_MILLIS = 1000;

  private final Samples down = new Samples();
  private final Samples up = new Samples();
  private final LabHost host;
  private final List<One> servers;

  Comings(LabHost host) {
    this.host = host;
    servers = IntStream.rangeClosed(1, SERVERS).mapToObj(i -> new One("127.200.0." + i)).toList();
  }

  /** The virtual server that has them. */
  String service() {
    return Checking.service(
        "10.98.0.1",
        servers.stream()
            .map(one -> " real_server %s %d {\n  TCP_CHECK { }\n }\n".formatted(one.address, PORT))
            .collect(Collectors.joining()));
  }

  void measure(Checking checking) {
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      servers.forEach(one -> all.execute(() -> one.comeAndGo(checking)));
    }
  }

  /** From closing until it is told, in ms. */
  Samples down() {
    return down;
  }

  /** From opening until it is told, in ms. */
  Samples up() {
    return up;
  }

  private final class One {
    private final String address;
    private ServerSocket socket;

    One(String address) {
      this.address = address;
      open();
    }

    void comeAndGo(Checking checking) {
      for (int i = 0; i < ROUNDS; i++) {
        pause();
        add(down, checking.awaitNotice(address, "DOWN", this::shut));
        pause();
        add(up, checking.awaitNotice(address, "UP", this::open));
      }
    }

    private void add(Samples samples, double millis) {
      synchronized (samples) {
        samples.add(millis);
      }
    }

    private void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Connections that nobody accepts are connections all the same. */
    private void open() {
      socket = host.inside(() -> new ServerSocket(PORT, 512, InetAddress.ofLiteral(address)));
    }

    private void shut() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
