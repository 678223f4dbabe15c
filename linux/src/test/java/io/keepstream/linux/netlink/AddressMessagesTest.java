package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.RtNetlink;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AddressMessagesTest {
  private static final InetAddress VIP = InetAddress.ofLiteral("192.0.2.100");
  private static final InetAddress VIP6 = InetAddress.ofLiteral("2001:db8::64");

  @Test
  void addsAnIpv4AddressWithEverything() {
    Address address =
        Address.of(3, VIP, 24)
            .broadcast(InetAddress.ofLiteral("192.0.2.255"))
            .label("eth0:1")
            .scope(RtNetlink.RT_SCOPE_LINK)
            .flags(RtNetlink.IFA_F_NOPREFIXROUTE)
            .lifetimes(10, 20)
            .build();
    assertThat(Messages.body(AddressMessages.add(address)))
        .isEqualTo(
            hex(
                "02 18 00 fd 03000000",
                "0800 0200 c0000264",
                "0800 0100 c0000264",
                "0800 0400 c00002ff",
                "0b00 0300 657468303a3100 00",
                "0800 0800 00020000",
                "1400 0600 0a000000 14000000 00000000 00000000",
                "0500 0b00 12 000000"));
  }

  @Test
  void addsAnIpv6AddressWithoutEnd() {
    Address address = Address.of(3, VIP6, 128).flags(RtNetlink.IFA_F_NODAD).protocol(0).build();
    assertThat(Messages.body(AddressMessages.add(address)))
        .isEqualTo(
            hex(
                "0a 80 00 00 03000000",
                "1400 0200 20010db8000000000000000000000064",
                "1400 0100 20010db8000000000000000000000064",
                "0800 0800 02000000",
                "0500 0b00 00 000000"));
  }

  @Test
  void aPeerIsTheAddressOfTheOtherEnd() {
    Address address = Address.of(3, VIP, 32).peer(InetAddress.ofLiteral("192.0.2.9")).build();
    assertThat(Messages.body(AddressMessages.delete(address)))
        .isEqualTo(hex("02 20 00 00 03000000", "0800 0200 c0000264", "0800 0100 c0000209"));
  }

  @Test
  void requestsCreateWhatMustNotExist() {
    Address address = Address.of(3, VIP, 24).build();
    assertThat(AddressMessages.add(address)).matches(message -> message.type() == 20);
    assertThat(AddressMessages.add(address)).matches(message -> message.flags() == 0x600);
    assertThat(AddressMessages.delete(address)).matches(message -> message.type() == 21);
    assertThat(AddressMessages.dump()).matches(message -> message.type() == 22);
    assertThat(Messages.body(AddressMessages.dump())).isEqualTo("0000000000000000");
  }

  @Test
  void readsBackWhatWasWritten() {
    Address address =
        Address.of(3, VIP, 24)
            .broadcast(InetAddress.ofLiteral("192.0.2.255"))
            .peer(InetAddress.ofLiteral("192.0.2.9"))
            .label("eth0:1")
            .flags(RtNetlink.IFA_F_TENTATIVE)
            .lifetimes(0, Address.FOREVER)
            .build();
    assertThat(decode(AddressMessages.add(address))).hasValue(address);
    assertThat(address.tentative()).isTrue();
    assertThat(address.duplicate()).isFalse();
  }

  private static Optional<Address> decode(NetlinkMessage message) {
    return AddressMessages.decode(Messages.first(Messages.bytes(message)));
  }

  @Test
  void anIpv6AddressMayComeAsAddressAlone() {
    NetlinkReader message =
        Messages.single(
            "1400", "0000", "0a 40 80 fd 02000000 1400 0100 fe800000000000000000000000000001");
    Address address = AddressMessages.decode(message).orElseThrow();
    assertThat(address.key()).isEqualTo(new Address.Key(2, InetAddress.ofLiteral("fe80::1"), 64));
    assertThat(address.flags()).isEqualTo(RtNetlink.IFA_F_PERMANENT);
    assertThat(address.peer()).isEmpty();
  }

  @Test
  void whatIsNoAddressIsPassedOver() {
    assertThat(AddressMessages.decode(Messages.single("1000", "0000", ""))).isEmpty();
    assertThat(AddressMessages.decode(Messages.single("1400", "0000", "02180000"))).isEmpty();
    assertThat(AddressMessages.decode(Messages.single("1400", "0000", "0218000003000000")))
        .isEmpty();
    assertThat(
            AddressMessages.decode(
                Messages.single("1400", "0000", "0218000003000000" + "0700 0200 c0000200")))
        .isEmpty();
  }

  private static String hex(String... parts) {
    return String.join("", parts).replace(" ", "");
  }
}
