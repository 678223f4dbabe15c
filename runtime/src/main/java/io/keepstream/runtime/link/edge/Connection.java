package io.keepstream.runtime.link.edge;

import io.keepstream.runtime.link.Decoded;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.Effect;
import io.keepstream.runtime.link.Event;
import io.keepstream.runtime.link.Frame;
import io.keepstream.runtime.link.FrameCodec;
import io.keepstream.runtime.link.FrameReader;
import io.keepstream.runtime.link.Peering;
import io.keepstream.runtime.link.Pending;
import io.keepstream.runtime.link.State;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One socket to a peer, with the rules of {@link Peering} around it. */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** What may wait for a peer that reads slowly; one frame may come on top. */
  private static final int MOST_WAITING_BYTES = 4 << 20;

  private final NetSocket socket;
  private final Supplier<Peering.Config> config;
  private final Owner owner;
  private final FrameReader reader = new FrameReader();
  private final Pending<Message<Object>> pending = new Pending<>();
  private State state;
  private String joined;
  private LongSupplier beatNanos = () -> Long.MIN_VALUE;
  private long waitingBytes;

  /** Does what a connection asks for. */
  interface Owner {
    void joined(Connection connection, Frame.Hello peer);

    /** What tells when the peer of that name was last awake. */
    LongSupplier pulse(String peer);

    void delivered(Connection connection, Frame.Message message);

    /**
     * The connection is over.
     *
     * @param joined the peer's name; null if it never joined
     */
    void dropped(Connection connection, String joined, DropReason reason, String detail);

    void lost(String what, Throwable why);
  }

  Connection(NetSocket socket, Supplier<Peering.Config> config, Owner owner) {
    this.socket = socket;
    this.config = config;
    this.owner = owner;
    socket.handler(this::received);
    socket.exceptionHandler(broken -> LOG.debug("a connection broke", broken));
    socket.closeHandler(closed -> on(new Event.Lost(DropReason.CLOSED)));
    take(Peering.begin(config.get(), System.nanoTime()));
  }

  /** Whether the other end of {@code socket} belongs to root or to {@code uid}. */
  static boolean trusted(NetSocket socket, int uid) {
    try {
      EpollDomainSocketChannel channel =
          (EpollDomainSocketChannel) ((NetSocketInternal) socket).channelHandlerContext().channel();
      int peer = channel.peerCredentials().uid();
      return peer == 0 || peer == uid;
    } catch (IOException e) {
      return false; // it is gone already
    }
  }

  private void received(Buffer bytes) {
    for (Decoded decoded : reader.take(bytes.getBytes())) {
      on(
          switch (decoded) {
            case Decoded.Accepted(Frame frame) -> new Event.Heard(frame);
            case Decoded.Malformed(String detail) -> new Event.Garbled(detail);
          });
    }
  }

  void on(Event event) {
    take(Peering.next(config.get(), state, event, System.nanoTime()));
  }

  private void take(Peering.Transition transition) {
    state = transition.state();
    for (Effect effect : transition.effects()) {
      if (!state.equals(transition.state())) {
        return; // what was done before has ended the connection
      }
      switch (effect) {
        case Effect.Send(Frame frame) -> send(frame);
        case Effect.Join(Frame.Hello peer) -> {
          joined = peer.name();
          beatNanos = owner.pulse(joined);
          owner.joined(this, peer);
        }
        case Effect.Deliver(Frame.Message message) -> owner.delivered(this, message);
        case Effect.Drop(DropReason reason, String detail) -> {
          failPending(pending.drain(), "the process that was asked " + reason.words());
          owner.dropped(this, joined, reason, detail);
          socket.close();
        }
      }
    }
  }

  /** Passes a request on; the answer, or that there will be none, goes to {@code message}. */
  void ask(Message<Object> message) {
    pending
        .add(message, System.nanoTime())
        .ifPresentOrElse(
            id -> {
              try {
                send(new Frame.Request(id, message.address(), Bodies.of(message.body())));
              } catch (IOException | IllegalArgumentException e) {
                pending.take(id);
                fail(message, e.getMessage());
              }
            },
            () -> fail(message, "too many requests wait for the process that is asked"));
  }

  /** An answer has come. */
  void answered(Frame.Reply reply) {
    pending
        .take(reply.id())
        .ifPresent(
            message -> {
              try {
                message.reply(Bodies.message(reply.body()));
              } catch (IOException e) {
                owner.lost("an answer", e);
                fail(message, e.getMessage());
              }
            });
  }

  /** There will be no answer. */
  void failed(Frame.Failure failure) {
    pending.take(failure.id()).ifPresent(asked -> asked.fail(failure.code(), failure.message()));
  }

  /** When the peer will have been silent for too long, unless it says something. */
  long deadlineNanos() {
    return state.deadlineNanos();
  }

  /** To be called at every {@link Event.Tick}. */
  void tick() {
    on(new Event.Tick(beatNanos.getAsLong()));
    failPending(pending.expire(System.nanoTime()), "no answer came");
  }

  private static void failPending(List<Message<Object>> messages, String why) {
    messages.forEach(message -> fail(message, why));
  }

  private static void fail(Message<Object> message, String why) {
    message.reply(new ReplyException(ReplyFailure.NO_HANDLERS, -1, why));
  }

  void send(Frame frame) {
    send(Buffer.buffer(FrameCodec.encode(frame)));
  }

  /** Sends a frame that is encoded already, or gives up a peer that does not read. */
  void send(Buffer frame) {
    if (waitingBytes > MOST_WAITING_BYTES) {
      on(new Event.Lost(DropReason.NOT_READING));
      return;
    }
    int bytes = frame.length();
    waitingBytes += bytes;
    socket.write(frame).onComplete(written -> waitingBytes -= bytes);
  }
}
