package io.keepstream.node.control;

import io.keepstream.contract.Request;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a running node. */
public final class ControlClient {
  private static final int ANSWER_BYTES = 16 << 20;
  private static final long LIMIT_SECONDS = 6;

  private ControlClient() {}

  /**
   * The answer of the node that listens on {@code socket}.
   *
   * @param socket or the link directory of the node; null for the only one that runs
   */
  public static String ask(Path socket, Request request)
      throws ControlException, InterruptedException {
    Path chosen = ControlDirectory.chosen(socket);
    FutureTask<Answer> task = new FutureTask<>(() -> exchange(chosen, request));
    Thread.ofVirtual().start(task);
    try {
      Answer answer = task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (answer.problem() != null || answer.text() == null) {
        throw new ControlException(answer.problem());
      }
      return answer.text();
    } catch (TimeoutException e) {
      throw new ControlException("the node does not answer on " + chosen);
    } catch (ExecutionException e) {
      throw new ControlException(
          "no node answers on %s: %s".formatted(chosen, e.getCause().getMessage()));
    }
  }

  private static Answer exchange(Path socket, Request request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      Lines.write(channel, request);
      return Lines.read(channel, Answer.class, ANSWER_BYTES);
    }
  }
}
