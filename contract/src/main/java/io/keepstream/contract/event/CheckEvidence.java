package io.keepstream.contract.event;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The check result that decided about a real server.
 *
 * @param check the checker's keyword and target, as in {@code TCP_CHECK [192.168.10.114]:80}
 * @param reason {@code OK}, or why it failed, from a closed list
 * @param detail more, in words
 * @param durationMicros how long the deciding check took
 * @param attempts how many results in a row were counted
 * @param received the beginning of what the target sent or printed; none when nothing
 */
public record CheckEvidence(
    String check,
    String reason,
    @JsonInclude(NON_NULL) String detail,
    long durationMicros,
    int attempts,
    @JsonInclude(NON_NULL) String received) {

  /** With nothing received. */
  public CheckEvidence(
      String check, String reason, String detail, long durationMicros, int attempts) {
    this(check, reason, detail, durationMicros, attempts, null);
  }

  /** All of it but what was received, in words. */
  public String text() {
    return "%s %s%s after %d attempt(s), %d us"
        .formatted(check, reason, detail == null ? "" : " " + detail, attempts, durationMicros);
  }
}
