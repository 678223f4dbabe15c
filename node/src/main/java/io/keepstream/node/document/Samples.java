package io.keepstream.node.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keepstream.runtime.ContractJson;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Contract records filled with placeholders: a text is its own name, as in {@code <address>}. */
final class Samples {
  private final boolean full;

  private Samples(boolean full) {
    this.full = full;
  }

  /** With a value everywhere. */
  static <T> T full(Class<T> record) {
    return new Samples(true).of(record);
  }

  /** With empty lists, and without what may be missing. */
  static <T> T least(Class<T> record) {
    return new Samples(false).of(record);
  }

  private <T> T of(Class<T> record) {
    RecordComponent[] components = record.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return record
          .getDeclaredConstructor(types)
          .newInstance(Stream.of(components).map(this::value).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot fill " + record, e);
    }
  }

  private Object value(RecordComponent component) {
    boolean mayBeMissing = component.getAccessor().isAnnotationPresent(JsonInclude.class);
    return mayBeMissing && !full ? null : value(component.getName(), component.getGenericType());
  }

  private Object value(String name, Type type) {
    return switch (type) {
      case ParameterizedType list when list.getRawType() == List.class ->
          full ? List.of(value(name, list.getActualTypeArguments()[0])) : List.of();
      case ParameterizedType map when map.getRawType() == Map.class ->
          full ? Map.of("<name>", value(name, map.getActualTypeArguments()[1])) : Map.of();
      case Class<?> plain when plain == String.class || plain == Object.class -> "<" + name + ">";
      case Class<?> plain when plain == int.class || plain == Integer.class -> 1;
      case Class<?> plain when plain == long.class || plain == Long.class -> 1L;
      case Class<?> plain when plain == boolean.class || plain == Boolean.class -> true;
      case Class<?> plain when plain == Instant.class -> Instant.EPOCH;
      case Class<?> plain when plain.isEnum() -> plain.getEnumConstants()[0];
      case Class<?> plain when plain.isSealed() -> of(ContractJson.recordsOf(plain).getFirst());
      case Class<?> plain when plain.isRecord() -> of(plain);
      default -> throw new IllegalStateException("the contract has no %s so far".formatted(type));
    };
  }
}
