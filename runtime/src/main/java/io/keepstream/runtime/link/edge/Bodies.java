package io.keepstream.runtime.link.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Question;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.ContractJson;
import io.keepstream.runtime.link.Body;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Messages of the event bus as they cross the link: contract records as JSON, and text. */
final class Bodies {
  private static final String TEXT = "String";
  private static final Body NOTHING = new Body("", new byte[0]);

  private Bodies() {}

  /**
   * Has everything loaded that messages need. The first time takes longer on a busy machine than a
   * peer may be silent, so it must not be on the loop of the link.
   */
  static Void rehearse() throws IOException {
    Source source = new Source("", Service.NODE, "");
    Envelope event = new Envelope(source, 1, Instant.EPOCH, new NodeEvent.Stalled(Service.NODE, 0));
    ServiceState state = new ServiceState.Notifier(List.of());
    message(of(event));
    message(of(new Snapshot(source, 1, Instant.EPOCH, state)));
    message(of(Question.of(Question.What.STATUS)));
    return null;
  }

  /** {@code message} in its form for the link; fails for what is no contract record. */
  static Body of(Object message) throws IOException {
    return switch (message) {
      case null -> NOTHING;
      case String text -> new Body(TEXT, text.getBytes(StandardCharsets.UTF_8));
      default -> {
        String type = message.getClass().getSimpleName();
        if (message.getClass() != ContractCodec.TYPES.get(type)) {
          throw new IOException("a message of type " + type + " cannot cross the link");
        }
        yield new Body(type, ContractJson.mapper().writeValueAsBytes(message));
      }
    };
  }

  /** The message again; fails for a type or a form that this process does not know. */
  static Object message(Body body) throws IOException {
    if (body.equals(NOTHING)) {
      return null;
    }
    if (body.type().equals(TEXT)) {
      return new String(body.content(), StandardCharsets.UTF_8);
    }
    Class<?> type = ContractCodec.TYPES.get(body.type());
    if (type == null) {
      throw new IOException("a message of the unknown type " + body.type());
    }
    return ContractJson.mapper().readValue(body.content(), type);
  }
}
