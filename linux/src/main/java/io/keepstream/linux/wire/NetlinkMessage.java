package io.keepstream.linux.wire;

import java.util.function.Consumer;

/**
 * A netlink message to be written.
 *
 * @param type what it asks for, such as {@code RTM_NEWADDR} or a generic family's id
 * @param flags {@code NLM_F_} flags
 * @param body writes what follows the message header: a fixed structure, then attributes
 */
public record NetlinkMessage(int type, int flags, Consumer<NetlinkWriter> body) {
  /** The same message with more flags. */
  public NetlinkMessage plus(int moreFlags) {
    return new NetlinkMessage(type, flags | moreFlags, body);
  }
}
