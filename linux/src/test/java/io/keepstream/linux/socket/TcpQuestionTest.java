package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class TcpQuestionTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @AutoClose private final Loop loop = new Loop();
  private final TcpProber prober = new TcpProber(new ForeignLibc(), loop.io());
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

  private class Told implements TcpQuestion.Listener {
    @Override
    public void onConnected() {
      told.add("connected");
    }

    @Override
    public void onReceived(byte[] bytes, int length) {
      answer.write(bytes, 0, length);
    }

    @Override
    public void onEnd() {
      told.add("end");
    }

    @Override
    public void onError(int errno) {
      told.add(Errno.name(errno));
    }
  }

  private TcpQuestion ask(ServerSocket server, byte[] question) throws Exception {
    ProbeTarget target = new ProbeTarget(new InetSocketAddress(LOOPBACK, server.getLocalPort()));
    return loop.call(() -> prober.ask(target, question, new Told()));
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 50, LOOPBACK);
  }

  /** An end that is not answered by closing may be told again. */
  private void awaitTold(String... what) throws Exception {
    Await.until(List.of(what) + "", () -> new LinkedHashSet<>(told).equals(Set.of(what)));
  }

  @Test
  void aLongQuestionGoesOutInPiecesAndALongAnswerComesBackWhole() throws Exception {
    byte[] much = new byte[8 << 20];
    much[much.length - 1] = 1;
    try (ServerSocket server = listen()) {
      TcpQuestion question = ask(server, much);
      try (Socket accepted = server.accept()) {
        assertThat(accepted.getInputStream().readNBytes(much.length)).isEqualTo(much);
        accepted.getOutputStream().write(much);
      }
      awaitTold("connected", "end");
      assertThat(answer.toByteArray()).isEqualTo(much);
      loop.call(
          () -> {
            question.close();
            return null;
          });
    }
  }

  @Test
  void anEndThatComesLongAfterTheAnswerIsTold() throws Exception {
    try (ServerSocket server = listen()) {
      ask(server, new byte[] {1});
      try (Socket accepted = server.accept()) {
        accepted.getOutputStream().write(7);
        Await.until("the answer", () -> answer.size() == 1);
        awaitTold("connected");
      }
      awaitTold("connected", "end");
    }
  }

  @Test
  void resetsAndRefusals() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket server = listen()) {
      ask(server, new byte[] {1});
      try (Socket accepted = server.accept()) {
        assertThat(accepted.getInputStream().read()).isEqualTo(1);
        accepted.setSoLinger(true, 0);
      }
      awaitTold("connected", "ECONNRESET");
      nobody = new InetSocketAddress(LOOPBACK, server.getLocalPort());
    }
    told.clear();
    loop.call(() -> prober.ask(new ProbeTarget(nobody), new byte[] {1}, new Told()));
    awaitTold("ECONNREFUSED");
    told.clear();
    ProbeTarget unusable = new ProbeTarget(nobody).device("nosuchdevice");
    loop.call(() -> prober.ask(unusable, new byte[] {1}, new Told()));
    awaitTold("ENODEV");
  }

  @Test
  void aFloodLeavesTheLoopToTimers() throws Exception {
    AtomicLong flood = new AtomicLong();
    Told counting =
        new Told() {
          @Override
          public void onReceived(byte[] bytes, int length) {
            flood.addAndGet(length);
          }
        };
    try (ServerSocket server = listen()) {
      ProbeTarget target = new ProbeTarget(new InetSocketAddress(LOOPBACK, server.getLocalPort()));
      TcpQuestion question = loop.call(() -> prober.ask(target, new byte[] {1}, counting));
      try (Socket accepted = server.accept()) {
        Thread source = Thread.ofVirtual().start(() -> pour(accepted));
        Await.until("the flood", () -> flood.get() > 1 << 20);
        long before = flood.get();
        loop.io().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).sync();
        assertThat(flood.get() - before).isLessThan(64 << 20);
        loop.call(
            () -> {
              question.reset();
              return null;
            });
        source.join();
      }
    }
  }

  /** Until the other end is gone. */
  private static void pour(Socket socket) {
    byte[] much = new byte[1 << 16];
    try {
      while (true) {
        socket.getOutputStream().write(much);
      }
    } catch (IOException e) {
      // As awaited.
    }
  }

  @Test
  void nothingIsToldOfWhatWasClosed() throws Exception {
    try (ServerSocket server = listen()) {
      loop.call(
          () -> {
            ProbeTarget target =
                new ProbeTarget(new InetSocketAddress(LOOPBACK, server.getLocalPort()));
            prober.ask(target, new byte[] {1}, new Told()).reset();
            prober.ask(target.device("nosuchdevice"), new byte[] {1}, new Told()).close();
            return null;
          });
      ask(server, new byte[] {2});
      awaitTold("connected");
    }
  }
}
