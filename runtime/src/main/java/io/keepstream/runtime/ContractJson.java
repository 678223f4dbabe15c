package io.keepstream.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.keepstream.contract.Instruction;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.ServiceState;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The JSON form of contract records: stable, documented by the records themselves. */
public final class ContractJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  static {
    MAPPER.registerSubtypes(recordsOf(Event.class).toArray(Class<?>[]::new));
    MAPPER.registerSubtypes(recordsOf(ServiceState.class).toArray(Class<?>[]::new));
    MAPPER.registerSubtypes(recordsOf(Instruction.Act.class).toArray(Class<?>[]::new));
  }

  private ContractJson() {}

  /** The shared mapper; thread-safe, not to be reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The JSON form of a contract record. */
  public static byte[] bytes(Object record) {
    try {
      return MAPPER.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All records below a sealed type, in the order of their declaration. */
  public static List<Class<?>> recordsOf(Class<?> sealedType) {
    List<Class<?>> records = new ArrayList<>();
    if (sealedType.isRecord()) {
      records.add(sealedType);
    } else if (sealedType.isSealed()) {
      for (Class<?> permitted : sealedType.getPermittedSubclasses()) {
        records.addAll(recordsOf(permitted));
      }
    }
    return records;
  }
}
