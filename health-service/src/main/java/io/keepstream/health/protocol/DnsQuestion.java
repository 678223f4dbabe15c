package io.keepstream.health.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A name and what to ask about it, in the Internet class.
 *
 * @param type of the records
 * @param name with or without a final dot; {@code .} is the root
 */
public record DnsQuestion(DnsType type, String name) {
  /** What is asked unless somebody says otherwise. */
  public static final DnsQuestion ROOT = new DnsQuestion(DnsType.SOA, ".");

  private static final int CLASS_IN = 1;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 255;

  /**
   * A question that can be asked.
   *
   * @throws IllegalArgumentException with a message for people when the name is none
   */
  public DnsQuestion {
    int length = 1;
    for (String label : labels(name)) {
      int bytes = label.getBytes(StandardCharsets.UTF_8).length;
      if (bytes == 0) {
        throw new IllegalArgumentException("`%s` has an empty label".formatted(name));
      }
      if (bytes > LONGEST_LABEL) {
        throw new IllegalArgumentException(
            "`%s` is a label of %d bytes, at most %d can be asked for"
                .formatted(label, bytes, LONGEST_LABEL));
      }
      length += 1 + bytes;
    }
    if (length > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "the name takes %d bytes, at most %d can be asked for".formatted(length, LONGEST_NAME));
    }
  }

  private static List<String> labels(String name) {
    if (name.equals(".")) {
      return List.of();
    }
    String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return List.of(relative.split("\\.", -1));
  }

  /** The question as it stands in a message (RFC 1035 section 4.1.2). */
  byte[] encoded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : labels(name)) {
      byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
      out.write(bytes.length);
      out.writeBytes(bytes);
    }
    out.write(0);
    out.write(0);
    out.write(type.number());
    out.write(0);
    out.write(CLASS_IN);
    return out.toByteArray();
  }

  /** Name and type, for people. */
  @Override
  public String toString() {
    return name + " " + type;
  }
}
