package io.keepstream.runtime.link;

import java.util.Set;

/** What one process says to another. */
public sealed interface Frame {

  /**
   * Who speaks; the first frame of each side, and sent again when the exports have changed.
   *
   * @param version of what follows on the link
   * @param name the process
   * @param exports the addresses at which it can be asked
   */
  record Hello(int version, String name, Set<String> exports) implements Frame {
    public Hello {
      exports = Set.copyOf(exports);
    }
  }

  /** A sign of life. */
  record Ping() implements Frame {}

  /** A frame that carries something from one event bus to the other. */
  sealed interface Message extends Frame {}

  /**
   * A question to one of the peer's exports.
   *
   * @param id chosen by who asks, repeated in the answer
   */
  record Request(long id, String address, Body body) implements Message {}

  /** The answer to a request. */
  record Reply(long id, Body body) implements Message {}

  /**
   * Why a request has no answer.
   *
   * @param message for people
   */
  record Failure(long id, int code, String message) implements Message {}

  /** A message for everyone who listens. */
  record Publish(String address, Body body) implements Message {}
}
