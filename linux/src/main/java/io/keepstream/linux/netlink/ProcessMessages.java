package io.keepstream.linux.netlink;

import io.keepstream.linux.netlink.ProcessNews.Ended;
import io.keepstream.linux.netlink.ProcessNews.Executed;
import io.keepstream.linux.netlink.ProcessNews.Forked;
import io.keepstream.linux.netlink.ProcessNews.Listening;
import io.keepstream.linux.netlink.ProcessNews.Renamed;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Messages of {@code linux/cn_proc.h}, inside the envelope of {@code linux/connector.h}. */
final class ProcessMessages {
  static final int CN_IDX_PROC = 1;
  private static final int CN_VAL_PROC = 1;
  private static final int PROC_CN_MCAST_LISTEN = 1;
  private static final int PROC_CN_MCAST_IGNORE = 2;

  private static final int PROC_EVENT_NONE = 0;
  private static final int PROC_EVENT_FORK = 0x1;
  private static final int PROC_EVENT_EXEC = 0x2;
  private static final int PROC_EVENT_COMM = 0x200;
  private static final int PROC_EVENT_EXIT = 0x8000_0000;

  private static final int VAL = 4;
  private static final int ACK = 12;
  private static final int WHAT = 20;

  /** Of all events but forks: the thread that is spoken of, its process, and what more there is. */
  private static final int THREAD = 36;

  private static final int PROCESS = 40;
  private static final int COMM = 44;

  private static final int PARENT_PROCESS = 40;
  private static final int CHILD_THREAD = 44;
  private static final int CHILD_PROCESS = 48;
  private static final int COMM_LENGTH = 16;
  private static final int LAST_OF_COMM = COMM + COMM_LENGTH - Integer.BYTES;

  private ProcessMessages() {}

  /** Begins to listen; the answer goes to all who listen, and {@code token} tells whose it is. */
  static NetlinkMessage listen(int token) {
    return operation(PROC_CN_MCAST_LISTEN, token);
  }

  static NetlinkMessage ignore() {
    return operation(PROC_CN_MCAST_IGNORE, 0);
  }

  private static NetlinkMessage operation(int operation, int token) {
    return new NetlinkMessage(
        Netlink.NLMSG_DONE,
        0,
        writer ->
            writer
                .putU32(CN_IDX_PROC)
                .putU32(CN_VAL_PROC)
                .putU32(0)
                .putU32(token)
                .putU16(Integer.BYTES)
                .putU16(0)
                .putU32(operation));
  }

  static Optional<ProcessNews> decode(NetlinkReader message, int token) {
    boolean ours = message.int32(0) == CN_IDX_PROC && message.int32(VAL) == CN_VAL_PROC;
    return ours ? Optional.ofNullable(event(message, token)) : Optional.empty();
  }

  /** Null for what is not told. */
  private static ProcessNews event(NetlinkReader message, int token) {
    return switch (message.int32(WHAT)) {
      case PROC_EVENT_NONE ->
          has(message, THREAD) && message.int32(ACK) == token + 1
              ? new Listening(message.int32(THREAD))
              : null;
      case PROC_EVENT_FORK ->
          isProcess(message, CHILD_THREAD, CHILD_PROCESS)
              ? new Forked(message.int32(PARENT_PROCESS), message.int32(CHILD_PROCESS))
              : null;
      // Whichever thread runs another program, it takes over as the first.
      case PROC_EVENT_EXEC -> has(message, PROCESS) ? new Executed(message.int32(PROCESS)) : null;
      case PROC_EVENT_COMM ->
          isProcess(message, THREAD, PROCESS) && has(message, LAST_OF_COMM)
              ? new Renamed(message.int32(PROCESS), comm(message))
              : null;
      case PROC_EVENT_EXIT ->
          isProcess(message, THREAD, PROCESS) ? new Ended(message.int32(PROCESS)) : null;
      default -> null;
    };
  }

  private static boolean isProcess(NetlinkReader message, int thread, int process) {
    return has(message, process) && message.int32(thread) == message.int32(process);
  }

  private static boolean has(NetlinkReader message, int field) {
    return message.bodyLength() >= field + Integer.BYTES;
  }

  private static String comm(NetlinkReader message) {
    byte[] bytes = new byte[COMM_LENGTH];
    int length = 0;
    while (length < COMM_LENGTH && message.u8(COMM + length) != 0) {
      bytes[length] = (byte) message.u8(COMM + length);
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
