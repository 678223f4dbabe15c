package io.keepstream.node.control;

import io.keepstream.contract.Question;
import io.keepstream.contract.Request;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a running node. */
public final class ControlClient {
  private static final int ANSWER_BYTES = 16 << 20;
  private static final long LOOK_MILLIS = 20;

  private ControlClient() {}

  /**
   * The answer of the node that listens on {@code socket}.
   *
   * @param socket or the link directory of the node; null for the only one that runs
   */
  public static String ask(Path socket, Request request)
      throws ControlException, InterruptedException {
    return askAt(ControlDirectory.chosen(socket), request);
  }

  /** Has the node on {@code socket} leave, and returns when all its processes have; else fails. */
  public static String stop(Path socket) throws ControlException, InterruptedException {
    Path chosen = ControlDirectory.chosen(socket);
    Question question = Question.of(Question.What.STOP);
    List<Path> sockets = ControlDirectory.together(chosen);
    String answer = askAt(chosen, question);
    long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(Patience.seconds(question));
    List<Path> left = sockets;
    while (!left.isEmpty() && System.nanoTime() < untilNanos) {
      Thread.sleep(LOOK_MILLIS);
      left = left.stream().filter(ControlDirectory::answers).toList();
    }
    if (!left.isEmpty()) {
      throw new ControlException("not all have left: there are still " + left);
    }
    return answer;
  }

  private static String askAt(Path chosen, Request request)
      throws ControlException, InterruptedException {
    FutureTask<Answer> task = new FutureTask<>(() -> exchange(chosen, request));
    Thread.ofVirtual().start(task);
    try {
      Answer answer = task.get(Patience.seconds(request) + 1, TimeUnit.SECONDS);
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
    // Before the other side begins to wait: on a busy machine it takes seconds the first time.
    ByteBuffer line = Lines.of(request);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      Lines.write(channel, line);
      return Lines.read(channel, Answer.class, ANSWER_BYTES);
    }
  }
}
