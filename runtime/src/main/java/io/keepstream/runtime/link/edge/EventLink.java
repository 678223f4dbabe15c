package io.keepstream.runtime.link.edge;

import io.keepstream.runtime.link.Body;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.Event;
import io.keepstream.runtime.link.Frame;
import io.keepstream.runtime.link.FrameCodec;
import io.keepstream.runtime.link.Peering;
import io.keepstream.runtime.link.Wakefulness;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One process's end of the link. */
public final class EventLink extends VerticleBase {
  private static final String SUFFIX = ".link";
  private static final String SOCKETS = ".*\\" + SUFFIX;
  private static final String HERE_HEADER = "keepstream-here";
  private static final long LOOK_NANOS = Peering.TICK_NANOS / 2;
  private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int MOST_ASKED = 1000;
  private static final long ANSWER_MILLIS = TimeUnit.SECONDS.toMillis(30);
  private static final long LASTING_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Path directory;
  private final String name;
  private final Set<String> topics;
  private final Wakefulness wakefulness = new Wakefulness(System.nanoTime());
  private final LinkListener listener;
  private final LinkLog log;
  private final Set<Connection> connections = new HashSet<>();
  private final Map<String, Peer> peers = new HashMap<>();
  private final Map<String, Long> notBeforeNanos = new HashMap<>();
  private final Set<String> dialing = new HashSet<>();
  private Frame.Hello own;
  private Pulse pulse;
  private int uid;
  private NetClient client;

  /** A peer that has joined, with what passes requests on to it. */
  private record Peer(
      Connection connection, Set<String> exports, List<MessageConsumer<Object>> consumers) {}

  /**
   * The end of the process called {@code name} in {@code directory}, which nobody else may enter.
   *
   * @param topics the addresses on which everyone hears what anyone publishes
   */
  public EventLink(
      Path directory,
      String name,
      Set<String> topics,
      LinkListener listener,
      MeterRegistry meters) {
    this.directory = directory;
    this.name = name;
    this.topics = Set.copyOf(topics);
    this.listener = listener;
    this.log = new LinkLog(meters);
    this.own = new Frame.Hello(FrameCodec.VERSION, name, Set.of());
  }

  /** How to publish in this process only, as what comes from a peer is. */
  public static DeliveryOptions here() {
    return new DeliveryOptions().addHeader(HERE_HEADER, "");
  }

  /** Where the process called {@code name} listens. */
  public static Path socket(Path directory, String name) {
    return directory.resolve(name + SUFFIX);
  }

  @Override
  public Future<?> start() throws IOException {
    if (!vertx.isNativeTransportEnabled()) {
      return Future.failedFuture("the link needs Netty's epoll library, which did not load");
    }
    uid = (int) Files.getAttribute(directory, "unix:uid");
    client = vertx.createNetClient();
    Path socket = socket(directory, name);
    Files.deleteIfExists(socket); // whoever has it open is gone, or the name would not be ours
    return vertx
        .executeBlocking(
            () -> {
              pulse = Pulse.own(directory, name);
              pulse.beat(System.nanoTime());
              return socket;
            })
        .compose(this::listen);
  }

  /** The services of this process need not wait until those of others can be understood. */
  private Future<?> listen(Path socket) {
    Future<?> rehearsed = vertx.executeBlocking(Bodies::rehearse);
    topics.forEach(topic -> vertx.eventBus().consumer(topic, this::publish));
    return vertx
        .createNetServer()
        .connectHandler(
            caller -> {
              caller.pause();
              rehearsed.onComplete(
                  ready -> {
                    connected(caller, null);
                    caller.resume();
                  });
            })
        .listen(SocketAddress.domainSocketAddress(socket.toString()))
        .onSuccess(listening -> rehearsed.onComplete(ready -> tick()));
  }

  @Override
  public Future<?> stop() {
    List.copyOf(connections).forEach(each -> each.on(new Event.Lost(DropReason.LEAVING)));
    return Future.succeededFuture();
  }

  /** Lets peers ask at these addresses too. May be called from any thread. */
  public void export(Set<String> addresses) {
    context.runOnContext(
        now -> {
          Set<String> all = new HashSet<>(own.exports());
          all.addAll(addresses);
          own = new Frame.Hello(FrameCodec.VERSION, name, all);
          List.copyOf(connections).forEach(each -> each.on(new Event.Exported()));
        });
  }

  private void tick() {
    boolean complete = listener.complete();
    try {
      long nowNanos = System.nanoTime();
      wakefulness.tick(nowNanos);
      pulse.beat(nowNanos);
      List.copyOf(connections).forEach(Connection::tick);
      if (!complete) {
        vertx.fileSystem().readDir(directory.toString(), SOCKETS).onSuccess(this::dial);
      }
    } finally {
      awaitNext(complete);
    }
  }

  private void awaitNext(boolean complete) {
    long nowNanos = System.nanoTime();
    long tickNanos = next(complete ? Peering.TICK_NANOS : LOOK_NANOS, nowNanos);
    long dueNanos =
        connections.stream().mapToLong(Connection::deadlineNanos).reduce(tickNanos, Math::min);
    vertx.setTimer(Math.max(1, (dueNanos - nowNanos) / MILLI_NANOS + 1), fired -> tick());
  }

  /**
   * The processes of a machine tick at the same moments, so that what each has to tell wakes the
   * others once and not one after the other.
   */
  private static long next(long everyNanos, long nowNanos) {
    return (Math.floorDiv(nowNanos, everyNanos) + 1) * everyNanos;
  }

  /** Of two processes, the one whose name sorts first dials. */
  private void dial(List<String> sockets) {
    for (String socket : sockets) {
      String file = Path.of(socket).getFileName().toString();
      String peer = file.substring(0, file.length() - SUFFIX.length());
      boolean due = System.nanoTime() >= notBeforeNanos.getOrDefault(peer, Long.MIN_VALUE);
      if (peer.compareTo(name) > 0 && due && dialing.add(peer)) {
        client
            .connect(SocketAddress.domainSocketAddress(socket))
            .onSuccess(called -> connected(called, peer))
            .onFailure(nobody -> dialing.remove(peer));
      }
    }
  }

  private void connected(NetSocket socket, String dialed) {
    if (!Connection.trusted(socket, uid)) {
      log.refused(called(dialed), DropReason.STRANGER, "");
      socket.close();
      retry(dialed, DropReason.STRANGER);
      return;
    }
    connections.add(
        new Connection(socket, () -> new Peering.Config(own, dialed), new Handler(dialed)));
  }

  private static String called(String dialed) {
    return dialed == null ? "a caller" : dialed;
  }

  private void retry(String dialed, DropReason reason) {
    if (dialed != null) {
      dialing.remove(dialed);
      notBeforeNanos.put(dialed, System.nanoTime() + (reason.lasting() ? LASTING_NANOS : 0));
    }
  }

  /** Sends to all peers what was published here, and not what came from one of them. */
  private void publish(Message<Object> message) {
    if (peers.isEmpty() || message.headers().contains(HERE_HEADER)) {
      return;
    }
    // Most are the same for all peers.
    IdentityHashMap<Object, Buffer> encoded = new IdentityHashMap<>();
    for (Map.Entry<String, Peer> peer : List.copyOf(peers.entrySet())) {
      Object fit = listener.fit(message.body(), peer.getKey());
      try {
        Buffer known = encoded.get(fit);
        Buffer frame = known == null ? encode(message.address(), fit) : known;
        encoded.put(fit, frame);
        peer.getValue().connection().send(frame);
      } catch (IOException | IllegalArgumentException e) {
        log.lost("a message to " + message.address(), e);
      }
    }
  }

  private static Buffer encode(String address, Object body) throws IOException {
    return Buffer.buffer(FrameCodec.encode(new Frame.Publish(address, Bodies.of(body))));
  }

  /** What the connections of this end ask for. */
  private final class Handler implements Connection.Owner {
    private final String dialed;
    private int asked;

    Handler(String dialed) {
      this.dialed = dialed;
    }

    @Override
    public void joined(Connection connection, Frame.Hello hello) {
      Peer before = peers.get(hello.name());
      if (before != null && before.connection() != connection) {
        before.connection().on(new Event.Lost(DropReason.REPLACED));
        before = null;
      }
      if (clashes(hello)) {
        connection.on(new Event.Lost(DropReason.SAME_SERVICE));
        return;
      }
      if (before == null) {
        log.joined(hello.name());
      } else {
        before.consumers().forEach(MessageConsumer::unregister);
      }
      List<MessageConsumer<Object>> consumers = new ArrayList<>();
      hello
          .exports()
          .forEach(address -> consumers.add(vertx.eventBus().consumer(address, connection::ask)));
      peers.put(hello.name(), new Peer(connection, hello.exports(), consumers));
      listener.joined(hello.name(), hello.exports());
    }

    @Override
    public LongSupplier pulse(String peer) {
      try {
        return Pulse.of(directory, peer)::lastNanos;
      } catch (IOException e) {
        log.lost("the pulse of " + peer, e);
        return () -> Long.MIN_VALUE;
      }
    }

    private boolean clashes(Frame.Hello hello) {
      return peers.entrySet().stream()
          .filter(peer -> !peer.getKey().equals(hello.name()))
          .anyMatch(peer -> !Collections.disjoint(peer.getValue().exports(), hello.exports()));
    }

    @Override
    public void dropped(Connection connection, String joined, DropReason reason, String detail) {
      connections.remove(connection);
      retry(dialed, reason);
      Peer peer = peers.get(joined);
      if (peer != null && peer.connection() == connection) {
        peers.remove(joined);
        peer.consumers().forEach(MessageConsumer::unregister);
        log.left(joined, reason, detail);
        // Who closes or comes anew may have taken our silence for our end; silence is Peering's.
        boolean ended = reason == DropReason.CLOSED || reason == DropReason.REPLACED;
        boolean doubtful = ended && wakefulness.dozed(System.nanoTime());
        listener.left(joined, doubtful ? DropReason.OVERSLEPT : reason);
      } else {
        log.refused(called(dialed), reason, detail);
      }
    }

    @Override
    public void delivered(Connection connection, Frame.Message message) {
      try {
        switch (message) {
          case Frame.Publish(String topic, Body body) -> hear(topic, body);
          case Frame.Request request -> ask(connection, request);
          case Frame.Reply reply -> connection.answered(reply);
          case Frame.Failure failure -> connection.failed(failure);
        }
      } catch (IOException e) {
        log.lost("a message of " + called(dialed), e);
      }
    }

    private void hear(String topic, Body body) throws IOException {
      if (!topics.contains(topic)) {
        throw new IOException("nobody publishes on " + topic);
      }
      vertx.eventBus().publish(topic, Bodies.message(body), here());
    }

    private void ask(Connection connection, Frame.Request request) throws IOException {
      if (asked >= MOST_ASKED || !own.exports().contains(request.address())) {
        connection.send(new Frame.Failure(request.id(), -1, "nobody answers here now"));
        return;
      }
      Object question = Bodies.message(request.body());
      asked++;
      vertx
          .eventBus()
          .request(request.address(), question, new DeliveryOptions().setSendTimeout(ANSWER_MILLIS))
          .onComplete(over -> asked--)
          .onSuccess(reply -> answer(connection, request, reply.body()))
          .onFailure(failure -> fail(connection, request, failure));
    }

    private void answer(Connection connection, Frame.Request request, Object body) {
      try {
        connection.send(new Frame.Reply(request.id(), Bodies.of(body)));
      } catch (IOException | IllegalArgumentException e) {
        fail(connection, request, e);
      }
    }

    private void fail(Connection connection, Frame.Request request, Throwable failure) {
      int code = failure instanceof ReplyException reply ? reply.failureCode() : -1;
      connection.send(new Frame.Failure(request.id(), code, String.valueOf(failure.getMessage())));
    }

    @Override
    public void lost(String what, Throwable why) {
      log.lost(what, why);
    }
  }
}
