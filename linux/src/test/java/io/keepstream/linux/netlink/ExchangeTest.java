package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ExchangeTest {
  private static final NetlinkMessage REQUEST = new NetlinkMessage(99, 0, writer -> {});

  private final ScriptedKernel kernel = new ScriptedKernel();

  private static NetlinkMessage entry(int value, int flags) {
    return new NetlinkMessage(100, flags, writer -> writer.putU32(value));
  }

  private static NetlinkMessage end(int type, int errno) {
    return new NetlinkMessage(type, 0, writer -> writer.putU32(-errno));
  }

  private static NetlinkMessage done() {
    return end(Netlink.NLMSG_DONE, 0);
  }

  private NetlinkSocket open() throws ErrnoException {
    return NetlinkSocket.open(kernel.libc(), Netlink.NETLINK_ROUTE, 1 << 16);
  }

  private List<Integer> dump() throws ErrnoException {
    try (NetlinkSocket socket = open()) {
      return socket.dump(REQUEST, ExchangeTest::value);
    }
  }

  private static Optional<Integer> value(NetlinkReader message) {
    return Optional.of(message.int32(0));
  }

  @Test
  void aDumpEndsWithDone() throws Exception {
    kernel.answer(entry(1, 0), entry(2, 0), done());
    assertThat(dump()).containsExactly(1, 2);
  }

  @Test
  @Tag("NL-002")
  void aDumpThatWasInterruptedIsReadAgain() throws Exception {
    kernel
        .answer(entry(1, 0), entry(2, Netlink.NLM_F_DUMP_INTR), done())
        .answer(entry(3, 0), done());
    assertThat(dump()).containsExactly(3);
    assertThat(kernel.writes()).isEqualTo(2);
  }

  @Test
  @Tag("NL-002")
  void aDumpThatIsInterruptedAgainAndAgainIsGivenUp() {
    for (int i = 0; i < 5; i++) {
      kernel.answer(entry(1, Netlink.NLM_F_DUMP_INTR), done());
    }
    assertThatThrownBy(this::dump).hasMessageStartingWith("netlink dump: EINTR");
  }

  @Test
  void aDumpMayEndWithAnError() {
    kernel.answer(entry(1, 0), end(Netlink.NLMSG_DONE, Errno.EBUSY));
    assertThatThrownBy(this::dump).hasMessage("netlink: EBUSY: Device or resource busy");
  }

  @Test
  void aDumpOfWhichPartsWereDroppedIsNoDump() {
    kernel.answer(entry(1, 0), -Errno.ENOBUFS);
    assertThatThrownBy(this::dump).hasMessageStartingWith("netlink: ENOBUFS");
  }

  @Test
  void anAnswerThatWasDroppedIsLost() throws Exception {
    kernel.answer(-Errno.ENOBUFS).answer(end(Netlink.NLMSG_ERROR, 0));
    try (NetlinkSocket socket = open()) {
      assertThat(socket.transact(REQUEST)).isEqualTo(new Ack.Lost(Errno.ENOBUFS));
      assertThat(socket.transact(REQUEST)).isEqualTo(new Ack.Done());
    }
  }

  @Test
  void anAnswerBehindADroppedOneIsStillTaken() throws Exception {
    kernel.answer(-Errno.ENOBUFS, end(Netlink.NLMSG_ERROR, Errno.EEXIST));
    try (NetlinkSocket socket = open()) {
      assertThat(socket.transact(REQUEST)).isEqualTo(new Ack.Refused(Errno.EEXIST, ""));
    }
  }

  @Test
  void whatIsNotRefusedBeforeTheLastAnswerWasDone() throws Exception {
    kernel.answer(
        new ScriptedKernel.Reply(1, end(Netlink.NLMSG_ERROR, Errno.EEXIST)),
        new ScriptedKernel.Reply(2, end(Netlink.NLMSG_ERROR, 0)));
    try (NetlinkSocket socket = open()) {
      assertThat(socket.transactAll(List.of(REQUEST, REQUEST, REQUEST)))
          .containsExactly(new Ack.Done(), new Ack.Refused(Errno.EEXIST, ""), new Ack.Done());
    }
  }

  @Test
  void whereRefusalsWereDroppedNothingIsTakenForDone() throws Exception {
    kernel.answer(
        -Errno.ENOBUFS,
        new ScriptedKernel.Reply(1, end(Netlink.NLMSG_ERROR, Errno.EEXIST)),
        new ScriptedKernel.Reply(2, end(Netlink.NLMSG_ERROR, 0)));
    try (NetlinkSocket socket = open()) {
      assertThat(socket.transactAll(List.of(REQUEST, REQUEST, REQUEST)))
          .containsExactly(
              new Ack.Lost(Errno.ENOBUFS), new Ack.Refused(Errno.EEXIST, ""), new Ack.Done());
    }
  }

  @Test
  void aMissingAnswerIsNotWaitedForForever() throws Exception {
    kernel.answer();
    try (NetlinkSocket socket = open()) {
      assertThat(socket.transact(REQUEST)).isEqualTo(new Ack.Lost(Errno.ETIMEDOUT));
    }
  }
}
