package io.keepstream.runtime.link.edge;

import io.keepstream.runtime.link.DropReason;
import java.util.Set;

/** Who wants to know which peers there are; called on the link's context. */
public interface LinkListener {
  /** A peer is there, or exports something else than before. */
  void joined(String peer, Set<String> exports);

  /** A peer that had joined is gone. */
  void left(String peer, DropReason reason);

  /** What of a {@code message} that is published here the one called {@code peer} gets. */
  default Object fit(Object message, String peer) {
    return message;
  }

  /** Whether all are there who may come, so that nobody has to be looked for. */
  default boolean complete() {
    return false;
  }
}
