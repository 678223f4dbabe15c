package io.keepstream.node.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.TimeZone;
import java.util.function.Supplier;

/**
 * A line for people: local time and text, and below it where an exception comes from. Unlike
 * Logback's own it asks {@code java.util} for the zone: {@code java.time} would search all jars for
 * others, which takes as long as a takeover.
 */
final class TextEncoder extends EncoderBase<ILoggingEvent> {
  /** Loaded by who writes the first line, not by who starts the log. */
  private static final class Time {
    private static final DateTimeFormatter FORM =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
  }

  private final Supplier<TimeZone> zone;

  TextEncoder(Supplier<TimeZone> zone) {
    this.zone = zone;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent line) {
    StringBuilder text = new StringBuilder();
    Time.FORM.formatTo(local(line.getTimeStamp()), text);
    text.append(' ').append(line.getFormattedMessage()).append('\n');
    if (line.getThrowableProxy() != null) {
      text.append(ThrowableProxyUtil.asString(line.getThrowableProxy()));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What clocks show there, as if it were UTC. */
  private LocalDateTime local(long epochMillis) {
    Instant shown = Instant.ofEpochMilli(epochMillis + zone.get().getOffset(epochMillis));
    return LocalDateTime.ofEpochSecond(shown.getEpochSecond(), shown.getNano(), ZoneOffset.UTC);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
