package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.ArrayList;
import java.util.List;
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
   * beginning and an end, which are only answered when they fail.
   */
  final class Batch implements Exchange {
    private final int first;
    private final int count;
    private int missing;
    private Ack failure;

    Batch(int firstSequence, int count) {
      this.first = firstSequence;
      this.count = count;
      missing = count;
    }

    @Override
    public void accept(NetlinkReader message) {
      int index = message.sequence() - first;
      if (!ends(message) || index < 0 || index > count + 1) {
        return;
      }
      Ack ack = Ack.read(message);
      if (failure == null && !(ack instanceof Ack.Done)) {
        failure = ack;
      }
      boolean frame = index == 0 || index == count + 1;
      missing = frame && failure != null ? 0 : missing - (frame ? 0 : 1);
    }

    @Override
    public boolean answered() {
      return missing <= 0;
    }

    /** The first failure, else that it is done; unanswered it is lost for the given reason. */
    Ack complete(int errno) {
      if (failure != null) {
        return failure;
      }
      return answered() ? new Ack.Done() : new Ack.Lost(errno);
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
