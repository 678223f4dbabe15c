package io.keepstream.node.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.keepstream.runtime.ContractJson;
import io.keepstream.runtime.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** One JSON object per log line: {@code time, level, message}, and {@code event} with all of it. */
final class JsonEncoder extends EncoderBase<ILoggingEvent> {
  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", Instant.ofEpochMilli(line.getTimeStamp()).toString());
    fields.put("level", line.getLevel().toString());
    fields.put("message", line.getFormattedMessage());
    if (line.getKeyValuePairs() != null) {
      for (KeyValuePair pair : line.getKeyValuePairs()) {
        if (pair.key.equals(EventPublisher.LOG_KEY)) {
          fields.put(pair.key, pair.value);
        }
      }
    }
    if (line.getThrowableProxy() != null) {
      fields.put("exception", ThrowableProxyUtil.asString(line.getThrowableProxy()));
    }
    return (json(fields) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String json(Map<String, Object> fields) {
    try {
      return ContractJson.mapper().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      return "{\"level\":\"ERROR\",\"message\":\"a log line has no JSON form\"}";
    }
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
