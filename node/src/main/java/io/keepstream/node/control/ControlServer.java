package io.keepstream.node.control;

import io.keepstream.contract.Question;
import io.keepstream.contract.Request;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers questions on a Unix socket, until closed. */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("keepstream.control");
  private static final int MOST_AT_ONCE = 8;
  private static final int REQUEST_BYTES = 4096;
  private static final long READ_MILLIS = 5_000;
  private static final long WRITE_MILLIS = 1_000;

  private final Path socket;
  private final ServerSocketChannel listener;
  private final Function<Request, Future<String>> answers;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final ScheduledExecutorService limits =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("control-limits").factory());

  private ControlServer(
      Path socket, ServerSocketChannel listener, Function<Request, Future<String>> answers) {
    this.socket = socket;
    this.listener = listener;
    this.answers = answers;
  }

  /** Listens on {@code socket}; whose directory must be private or not exist yet. */
  public static ControlServer open(Path socket, Function<Request, Future<String>> answers)
      throws IOException {
    ControlDirectory.prepare(socket);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    ControlServer server = new ControlServer(socket, listener, answers);
    Thread.ofVirtual().name("control").start(server::accept);
    return server;
  }

  @Override
  public void close() {
    limits.shutdownNow();
    try {
      listener.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.warn("the control socket was not closed: {}", e.getMessage());
    }
  }

  private void accept() {
    try {
      while (true) {
        room.acquireUninterruptibly();
        SocketChannel caller = listener.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      }
    } catch (ClosedChannelException e) {
      LOG.debug("the control socket is closed");
    } catch (IOException e) {
      LOG.warn("the control socket no longer answers: {}", e.getMessage());
    }
  }

  private void serve(SocketChannel caller) {
    try (caller) {
      Request request = limited(caller, READ_MILLIS, () -> request(caller));
      Answer answer =
          request == null
              ? new Answer(null, "only root and the node's own user may ask")
              : answer(request);
      ByteBuffer line = Lines.of(answer);
      limited(
          caller,
          WRITE_MILLIS,
          () -> {
            Lines.write(caller, line);
            return null;
          });
    } catch (Exception e) {
      LOG.debug("somebody who asked got no answer: {}", e.getMessage());
    } finally {
      room.release();
    }
  }

  /** Who reads or writes too slowly is hung up on. */
  private <T> T limited(SocketChannel caller, long millis, Callable<T> exchange) throws Exception {
    ScheduledFuture<?> limit = limits.schedule(() -> hangUp(caller), millis, TimeUnit.MILLISECONDS);
    try {
      return exchange.call();
    } finally {
      limit.cancel(false);
    }
  }

  /** Null when the caller may not ask. */
  private static Request request(SocketChannel caller) throws IOException {
    String user = caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    return user.equals("root") || user.equals(System.getProperty("user.name"))
        ? Lines.read(caller, Request.class, REQUEST_BYTES)
        : null;
  }

  private Answer answer(Request request) {
    if (request instanceof Question(var what, var _) && what == null) {
      return new Answer(null, "a question says what it asks");
    }
    try {
      return new Answer(
          answers.apply(request).await(Patience.seconds(request), TimeUnit.SECONDS), null);
    } catch (Exception e) {
      return new Answer(null, String.valueOf(e.getMessage()));
    }
  }

  private static void hangUp(SocketChannel caller) {
    try {
      caller.close();
    } catch (IOException e) {
      LOG.debug("hanging up failed", e);
    }
  }
}
