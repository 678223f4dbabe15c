package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.wire.NetlinkMessage;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What everybody may ask the kernel of this host; changes nothing and needs no privileges. */
final class NetlinkSocketTest {
  private static final int NO_SUCH_TYPE = 999;

  private final Libc libc = new ForeignLibc();

  @Test
  void readsLinksAndAddresses() throws Exception {
    try (RouteNetlink route = RouteNetlink.open(libc)) {
      int loopback = libc.if_nametoindex("lo");
      Link lo =
          route.links().stream().filter(link -> link.index() == loopback).findFirst().orElseThrow();
      assertThat(lo.name()).isEqualTo("lo");
      assertThat(lo.hardwareType()).isEqualTo(772);
      assertThat(lo.mtu()).isGreaterThanOrEqualTo(16384);

      Address.Key key = new Address.Key(loopback, InetAddress.ofLiteral("127.0.0.1"), 8);
      assertThat(route.addresses()).extracting(Address::key).contains(key);
    }
  }

  @Test
  void saysWhatTheKernelRefuses() throws Exception {
    try (RouteNetlink route = RouteNetlink.open(libc)) {
      NetlinkMessage nonsense = new NetlinkMessage(NO_SUCH_TYPE, 0, writer -> {});
      NetlinkSocket socket = route.socket();
      assertThat(socket.transact(nonsense).errno()).isEqualTo(Errno.EOPNOTSUPP);
      assertThatThrownBy(() -> socket.get(nonsense, _ -> Optional.empty()))
          .isInstanceOf(ErrnoException.class)
          .hasMessageStartingWith("netlink: EOPNOTSUPP");
      assertThatThrownBy(() -> socket.dump(nonsense, _ -> Optional.empty()))
          .hasMessageStartingWith("netlink: EOPNOTSUPP");
    }
  }

  @Test
  void answersToManyRequestsComeInTheirOrder() throws Exception {
    try (RouteNetlink route = RouteNetlink.open(libc)) {
      NetlinkMessage nonsense = new NetlinkMessage(NO_SUCH_TYPE, 0, writer -> {});
      NetlinkMessage noop = new NetlinkMessage(1, 0, writer -> {});
      List<NetlinkMessage> many = Collections.nCopies(500, nonsense);
      assertThat(route.socket().transactAll(many))
          .hasSize(500)
          .containsOnly(new Ack.Refused(Errno.EOPNOTSUPP, ""));
      assertThat(route.socket().transactAll(List.of(noop, nonsense, noop)))
          .extracting(Ack::errno)
          .containsExactly(0, Errno.EOPNOTSUPP, 0);
      assertThat(route.socket().transactAll(List.of())).isEmpty();
    }
  }

  @Test
  void refusesMessagesThatAreTooLong() throws Exception {
    try (RouteNetlink route = RouteNetlink.open(libc)) {
      byte[] tooMuch = new byte[NetlinkSocket.MAX_MESSAGE_BYTES];
      NetlinkMessage message = new NetlinkMessage(1, 0, writer -> writer.putBytes(tooMuch));
      assertThatIllegalArgumentException().isThrownBy(() -> route.socket().transact(message));
      assertThat(route.links()).isNotEmpty();
    }
  }

  @Test
  void aClosedSocketLosesItsAnswers() throws Exception {
    RouteNetlink route = RouteNetlink.open(libc);
    route.close();
    NetlinkMessage noop = new NetlinkMessage(1, 0, writer -> {});
    assertThat(route.socket().transact(noop)).isEqualTo(new Ack.Lost(Errno.EBADF));
    assertThatThrownBy(route::links).hasMessage("netlink: EBADF: Bad file descriptor");
  }

  @Test
  void findsGenericFamiliesByName() throws Exception {
    try (GenericNetlink generic = GenericNetlink.open(libc)) {
      assertThat(generic.family("nlctrl")).hasValue(new GenericFamily("nlctrl", 16, 2));
      assertThat(generic.family("NOSUCHFAMILY")).isEmpty();
    }
  }

  @Test
  void sendsCommandsOfAFamily() throws Exception {
    try (GenericNetlink generic = GenericNetlink.open(libc)) {
      GenericFamily control = generic.family("nlctrl").orElseThrow();
      NetlinkMessage all = control.command(3, 0, writer -> {});
      assertThat(generic.socket().dump(all, GenericNetlink::decodeFamily))
          .extracting(GenericFamily::name)
          .contains("nlctrl");
      NetlinkMessage noSuchCommand = control.command(99, 0, writer -> {});
      assertThat(generic.socket().transact(noSuchCommand).errno()).isEqualTo(Errno.EOPNOTSUPP);
    }
  }
}
