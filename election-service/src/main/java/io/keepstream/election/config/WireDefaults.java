package io.keepstream.election.config;

import io.keepstream.config.Section;
import io.keepstream.config.value.Numbers;
import io.keepstream.election.config.ReceiveBuffer.Unit;
import java.util.List;

/**
 * What {@code global_defs} says about the wire for all instances that say nothing else.
 *
 * @param checksum as {@code v3_checksum} has it
 * @param listening what concerns receiving
 */
record WireDefaults(String checksum, WireConfig.Listening listening) {
  static final String AUTO = "auto";
  static final String PSEUDO_HEADER = "pseudo-header";
  static final String MESSAGE_ONLY = "message-only";

  private static final long BUFFER_PACKETS = 3;

  /** Reads all {@code global_defs} as one block. */
  static WireDefaults read(Section global) {
    return new WireDefaults(
        global.has("v3_checksum_as_v2") ? MESSAGE_ONLY : PSEUDO_HEADER,
        new WireConfig.Listening(
            global.has("vrrp_check_unicast_src"),
            global.bool("vrrp_skip_check_adv_addr", false),
            global.has("log_unknown_vrids"),
            buffer(global)));
  }

  /** Of several policies a number counts before MTU, and MTU before ADVERT. */
  private static ReceiveBuffer buffer(Section global) {
    List<String> policies =
        global.all("vrrp_rx_bufs_policy").stream().map(line -> line.argument(0)).toList();
    if (policies.isEmpty()) {
      return ReceiveBuffer.UNSAID;
    }
    return policies.stream()
        .flatMapToLong(each -> Numbers.integer(each).stream())
        .mapToObj(bytes -> new ReceiveBuffer(Unit.BYTES, bytes))
        .reduce((former, latter) -> latter)
        .orElseGet(
            () ->
                new ReceiveBuffer(
                    policies.stream().anyMatch("MTU"::equalsIgnoreCase) ? Unit.MTU : Unit.ADVERT,
                    global.wholeNumber("vrrp_rx_bufs_multiplier").orElse(BUFFER_PACKETS)));
  }
}
