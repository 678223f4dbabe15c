package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.lvs.wire.IpvsCommand;
import io.keepstream.lvs.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.Function;

/** A generic netlink peer that answers by script and notes what it was asked. */
final class ScriptedLink implements IpvsLink {
  private final List<String> asked = new ArrayList<>();
  private final Queue<List<Ack>> answers = new ArrayDeque<>();
  private final Queue<Object> dumps = new ArrayDeque<>();
  private final Queue<OptionalInt> families = new ArrayDeque<>();
  private boolean closed;

  /** Answers the next requests with these error numbers; 0 is done. */
  ScriptedLink answer(int... errnos) {
    return answer(
        Arrays.stream(errnos)
            .mapToObj(errno -> errno == 0 ? new Ack.Done() : new Ack.Refused(errno, ""))
            .toArray(Ack[]::new));
  }

  ScriptedLink answer(Ack... acks) {
    answers.add(List.of(acks));
    return this;
  }

  /** Answers the next dump with messages. */
  ScriptedLink dump(NetlinkMessage... messages) {
    dumps.add(List.of(messages));
    return this;
  }

  /** Refuses the next dump. */
  ScriptedLink refuse(int errno) {
    dumps.add(errno);
    return this;
  }

  /** Gives the family this number the next time it is looked for; without, it is 28. */
  ScriptedLink family(OptionalInt id) {
    families.add(id);
    return this;
  }

  /** What was asked, as command names; the next write begins with a bar. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  boolean closed() {
    return closed;
  }

  @Override
  public OptionalInt family() {
    return families.isEmpty() ? OptionalInt.of(28) : families.remove();
  }

  @Override
  public List<Ack> transact(List<NetlinkMessage> requests) {
    asked.add("|");
    requests.forEach(this::note);
    return answers.remove();
  }

  @Override
  public <T> List<T> dump(NetlinkMessage request, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    note(request);
    return switch (dumps.remove()) {
      case Integer errno -> throw new ErrnoException("netlink", errno);
      case List<?> messages ->
          messages.stream()
              .map(message -> Wire.reader(Wire.bytes((NetlinkMessage) message)))
              .flatMap(reader -> decode.apply(reader).stream())
              .toList();
      case Object other -> throw new AssertionError(other);
    };
  }

  @Override
  public <T> List<T> get(NetlinkMessage request, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    return dump(request, decode);
  }

  private void note(NetlinkMessage request) {
    int code = Wire.reader(Wire.bytes(request)).u8(0);
    asked.add(
        Arrays.stream(IpvsCommand.values())
            .filter(command -> command.code() == code)
            .findFirst()
            .orElseThrow()
            .name());
  }

  @Override
  public void close() {
    closed = true;
  }
}
