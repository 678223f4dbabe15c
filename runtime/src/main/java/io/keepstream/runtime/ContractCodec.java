package io.keepstream.runtime;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Instruction;
import io.keepstream.contract.Order;
import io.keepstream.contract.Question;
import io.keepstream.contract.Recall;
import io.keepstream.contract.Recall.Recalled;
import io.keepstream.contract.snapshot.Snapshot;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries contract records over the event bus: the object itself inside a process, else JSON. */
public final class ContractCodec<T> implements MessageCodec<T, T> {
  /** What can be carried besides text, by simple name. */
  public static final Map<String, Class<?>> TYPES =
      Stream.of(
              Envelope.class,
              Snapshot.class,
              Question.class,
              Instruction.class,
              Order.class,
              Recall.class,
              Recalled.class)
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

  private final Class<T> type;

  private ContractCodec(Class<T> type) {
    this.type = type;
  }

  /** Makes {@code vertx}'s event bus accept contract records; call once per instance. */
  public static void register(Vertx vertx) {
    TYPES.values().forEach(type -> register(vertx, type));
  }

  private static <T> void register(Vertx vertx, Class<T> type) {
    vertx.eventBus().registerDefaultCodec(type, new ContractCodec<>(type));
  }

  @Override
  public void encodeToWire(Buffer buffer, T value) {
    try {
      byte[] json = ContractJson.mapper().writeValueAsBytes(value);
      buffer.appendInt(json.length).appendBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    int start = position + Integer.BYTES;
    try {
      return ContractJson.mapper().readValue(buffer.getBytes(start, start + length), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public T transform(T value) {
    return value;
  }

  @Override
  public String name() {
    return type.getSimpleName();
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
