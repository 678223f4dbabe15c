package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NfTables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/** A kernel without any table of nftables that answers by script and notes what it was asked. */
final class ScriptedNftables implements NftablesLink {
  private final List<String> asked = new ArrayList<>();
  private final Queue<Ack> commits = new ArrayDeque<>();
  private final Queue<Integer> readings = new ArrayDeque<>();
  private final Queue<Long> generations = new ArrayDeque<>();
  private int conntrack;
  private boolean closed;

  /** Answers the next transactions with these error numbers; 0, and all after them, are done. */
  ScriptedNftables answer(int... errnos) {
    for (int errno : errnos) {
      commits.add(errno == 0 ? new Ack.Done() : new Ack.Refused(errno, ""));
    }
    return this;
  }

  ScriptedNftables answer(Ack ack) {
    commits.add(ack);
    return this;
  }

  /** Refuses the next reading. */
  ScriptedNftables refuse(int errno) {
    readings.add(errno);
    return this;
  }

  /** Has conntrack refuse to tell from now on. */
  ScriptedNftables withoutConntrack(int errno) {
    conntrack = errno;
    return this;
  }

  /** Somebody else changes tables whenever this one is read. */
  ScriptedNftables restless() {
    for (long i = 1; i <= 100; i++) {
      generations.add(i);
    }
    return this;
  }

  /** What was asked: {@code commit}, {@code read}, {@code conntrack}, {@code forget}. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  boolean closed() {
    return closed;
  }

  @Override
  public Ack commit(List<NetlinkMessage> changes) {
    asked.add("commit");
    return commits.isEmpty() ? new Ack.Done() : commits.remove();
  }

  @Override
  public List<Ack> change(List<NetlinkMessage> changes) {
    asked.add("forget");
    return changes.stream().<Ack>map(_ -> new Ack.Done()).toList();
  }

  @Override
  public long generation() {
    return generations.isEmpty() ? 0 : generations.remove();
  }

  @Override
  public <T> List<T> dump(NetlinkMessage question, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    if (question.type() >> Byte.SIZE != NfTables.NFNL_SUBSYS_NFTABLES) {
      asked.add("conntrack");
      fail("conntrack", conntrack);
    } else {
      asked.add("read");
      fail("nf_tables", readings.isEmpty() ? 0 : readings.remove());
    }
    return List.of();
  }

  private static void fail(String what, int errno) throws ErrnoException {
    if (errno != 0) {
      throw new ErrnoException(what, errno);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
