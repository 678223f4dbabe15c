package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes the messages that answer one write; those that answer anything else are passed over. */
sealed interface Exchange extends Consumer<NetlinkReader> {
  boolean answered();

  private static boolean ends(NetlinkReader message) {
    return message.type() == Netlink.NLMSG_ERROR || message.type() == Netlink.NLMSG_DONE;
  }

  /**
   * Whether each of {@code count} requests was done. Only the last is acknowledged in any case; of
   * those before it the kernel tells what it refuses, so that who is not told of was done.
   */
  final class Acks implements Exchange {
    private final int first;
    private final Ack[] acks;

    Acks(int firstSequence, int count) {
      first = firstSequence;
      acks = new Ack[count];
    }

    @Override
    public void accept(NetlinkReader message) {
      int index = message.sequence() - first;
      if (ends(message) && index >= 0 && index < acks.length && acks[index] == null) {
        acks[index] = Ack.read(message);
      }
    }

    @Override
    public boolean answered() {
      return acks[acks.length - 1] != null;
    }

    /**
     * All of them. Unless the exchange went well, those that have not come are lost.
     *
     * @param errno why it did not, or 0
     */
    List<Ack> complete(int errno) {
      for (int i = 0; i < acks.length; i++) {
        if (acks[i] == null) {
          acks[i] = errno == 0 ? new Ack.Done() : new Ack.Lost(errno);
        }
      }
      return List.of(acks);
    }
  }

  /**
   * The answer to a batch that is done as a whole or not at all: {@code count} requests between a
   * beginning and an end. Only the last request asks for an answer; it comes behind all refusals.
   */
  final class Batch implements Exchange {
    private final int first;
    private final int count;
    private final Map<Integer, Ack> refused = new LinkedHashMap<>();
    private Ack failure;
    private boolean answered;

    Batch(int firstSequence, int count) {
      this.first = firstSequence;
      this.count = count;
    }

    @Override
    public void accept(NetlinkReader message) {
      int index = message.sequence() - first;
      if (!ends(message) || index < 0 || index > count + 1) {
        return;
      }
      Ack ack = Ack.read(message);
      boolean frame = index == 0 || index == count + 1;
      boolean bad = !(ack instanceof Ack.Done);
      if (bad) {
        failure = failure == null ? ack : failure;
      }
      if (bad && !frame) {
        refused.putIfAbsent(index - 1, ack);
      }
      answered |= frame ? bad : index == count;
    }

    @Override
    public boolean answered() {
      return answered;
    }

    /** What became of it; unanswered it is lost for the given reason. */
    NfNetlink.Commit complete(int errno) {
      Ack whole = answered ? new Ack.Done() : new Ack.Lost(errno);
      return new NfNetlink.Commit(failure == null ? whole : failure, Map.copyOf(refused));
    }
  }

  /** The entries that answer one question, and how the answer ended. */
  final class Answers<T> implements Exchange {
    private final int sequence;
    private final Function<NetlinkReader, Optional<T>> decode;
    private final List<T> values = new ArrayList<>();
    private boolean interrupted;
    private Ack end;

    Answers(int sequence, Function<NetlinkReader, Optional<T>> decode) {
      this.sequence = sequence;
      this.decode = decode;
    }

    @Override
    public void accept(NetlinkReader message) {
      if (message.sequence() != sequence) {
        return;
      }
      interrupted |= (message.flags() & Netlink.NLM_F_DUMP_INTR) != 0;
      if (ends(message)) {
        end = Ack.read(message);
      } else {
        decode.apply(message).ifPresent(values::add);
      }
    }

    @Override
    public boolean answered() {
      return end != null;
    }

    List<T> values() {
      return values;
    }

    /** Whether the table was changed while it was read. */
    boolean interrupted() {
      return interrupted;
    }

    Ack end() {
      return end;
    }
  }
}
