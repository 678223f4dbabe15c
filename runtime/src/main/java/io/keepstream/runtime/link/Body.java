package io.keepstream.runtime.link;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message of the event bus as it crosses the link.
 *
 * @param type the simple name of the message's class
 * @param content its bytes, which nobody changes any more
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Body(String type, byte[] content) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Body(String otherType, byte[] otherContent)
        && type.equals(otherType)
        && Arrays.equals(content, otherContent);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return type + " " + new String(content, StandardCharsets.UTF_8);
  }
}
