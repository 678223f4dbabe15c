package io.keepstream.lvs.wire;

import static io.keepstream.lvs.wire.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Counters;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.lvs.ipvs.Tunnel;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.wire.IpvsAnswers.DestinationEntry;
import io.keepstream.lvs.wire.IpvsAnswers.ServiceEntry;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpvsAnswersTest {
  private static final IpvsRequests TO = new IpvsRequests(28);

  /** STATS as kernels before 4.1 send it alone: bytes have 64 bits, the rest 32. */
  private static final String STATS =
      "3c00 0a00"
          + "0800 0100 07000000"
          + "0800 0200 08000000"
          + "0800 0300 09000000"
          + "0c00 0400 0a00000000000000"
          + "0c00 0500 0b00000000000000"
          + "0800 0600 63000000"; // connections per second

  private static final String STATS64 =
      "7c00 0c00"
          + "0c00 0100 0100000001000000"
          + "0c00 0200 0200000000000000"
          + "0c00 0300 0300000000000000"
          + "0c00 0400 0400000000000000"
          + "0c00 0500 0500000000000000"
          + "0c00 0600 0600000000000000"
          + "0c00 0700 0700000000000000"
          + "0c00 0800 0800000001000000"
          + "0c00 0900 0900000000000000"
          + "0c00 0b00 ffffffffffffffff"; // padding

  private static final Traffic WIDE =
      new Traffic(
          new Counters(0x1_0000_0001L, 2, 3, 4, 5), new Counters(6, 7, 0x1_0000_0008L, 9, 0));

  static boolean littleEndian() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  private static byte[] service(String nested) {
    return hex("01 01 0000", length(nested), "0100", nested);
  }

  private static byte[] destination(String nested) {
    return hex("05 01 0000", length(nested), "0200", nested);
  }

  /** Of an attribute that holds {@code nested}. */
  private static String length(String nested) {
    int length = 4 + hex(nested).length;
    return "%02x%02x".formatted(length & 0xff, length >> 8);
  }

  private static final String SERVICE =
      "0600 0100 0200 0000"
          + "0600 0200 0600 0000"
          + "1400 0300 0a010101 00000000 00000000 00000000"
          + "0600 0400 0050 0000"
          + "0700 0600 727200 00"
          + "0c00 0700 03000000 ffffffff" // persistent and hashed
          + "0800 0800 32000000"
          + "0800 0900 ffffff00";

  private static final String DESTINATION =
      "1400 0100 0a020001 00000000 00000000 00000000"
          + "0600 0200 1f90 0000"
          + "0800 0300 00000000"
          + "0800 0400 05000000"
          + "0800 0500 00000000"
          + "0800 0600 00000000"
          + "0800 0700 01000000"
          + "0800 0800 02000000"
          + "0800 0900 03000000"
          + "0600 0b00 0200 0000";

  @Test
  @EnabledIf("littleEndian")
  void aServiceOfADump() {
    VirtualService expected =
        new VirtualService(
            new ServiceKey.Address(Protocol.TCP, InetAddress.ofLiteral("10.1.1.1"), 80),
            "rr",
            Set.of(ServiceFlag.PERSISTENT),
            new Persistence(50, 0xFFFFFF00, ""));
    assertThat(IpvsAnswers.service(Wire.read(service(SERVICE + STATS + STATS64))))
        .hasValue(new ServiceEntry(expected, WIDE));
    assertThat(IpvsAnswers.service(Wire.read(service(STATS64 + STATS + SERVICE))))
        .map(ServiceEntry::traffic)
        .as("the 64 bit counters win, whatever the order")
        .hasValue(WIDE);
    assertThat(IpvsAnswers.service(Wire.read(service(SERVICE + STATS))))
        .map(ServiceEntry::traffic)
        .hasValue(new Traffic(new Counters(7, 8, 9, 10, 11), new Counters(99, 0, 0, 0, 0)));
  }

  @Test
  @EnabledIf("littleEndian")
  void aDestinationOfADump() {
    DestinationKey key = new DestinationKey(InetAddress.ofLiteral("10.2.0.1"), 8080);
    assertThat(IpvsAnswers.destination(Wire.read(destination(DESTINATION + STATS + STATS64))))
        .hasValue(
            new DestinationEntry(
                new Destination(key, 5, Forwarding.MASQUERADE, 0, 0),
                new Connections(1, 2, 3),
                WIDE));
  }

  @Test
  @EnabledIf("littleEndian")
  void whatHasNoPlaceHereIsNotRead() {
    assertThat(IpvsAnswers.service(Wire.read(destination(DESTINATION)))).isEmpty();
    assertThat(IpvsAnswers.destination(Wire.read(service(SERVICE)))).isEmpty();
    assertThat(IpvsAnswers.service(Wire.read(service(SERVICE.replace("0200 0600", "0200 0700")))))
        .as("protocol 7")
        .isEmpty();
    assertThat(
            IpvsAnswers.destination(
                Wire.read(destination(DESTINATION.replace("0300 00000000", "0300 05000000")))))
        .as("forwarding method 5")
        .isEmpty();
    assertThat(IpvsAnswers.service(Wire.read(hex("01 01 0000")))).isEmpty();
    assertThat(IpvsAnswers.service(Wire.read(hex("01")))).isEmpty();
  }

  @Test
  @EnabledIf("littleEndian")
  void infoAndTimeouts() {
    byte[] info = hex("0e 01 0000", "0800 0100 01020100", "0800 0200 00100000");
    assertThat(IpvsAnswers.info(Wire.read(info))).hasValue(new IpvsInfo(0x010201, 4096));
    assertThat(new IpvsInfo(0x010201, 4096).versionText()).isEqualTo("1.2.1");
    byte[] config =
        hex("0c 01 0000", "0800 0400 84030000", "0800 0500 78000000", "0800 0600 2c010000");
    assertThat(IpvsAnswers.timeouts(Wire.read(config))).hasValue(new Timeouts(900, 120, 300));
  }

  @Test
  @EnabledIf("littleEndian")
  void aSyncDaemonOfADump() {
    String attributes =
        "0800 0100 02000000"
            + "0900 0200 65746830 00000000"
            + "0800 0300 21000000"
            + "0600 0400 0004 0000"
            + "0600 0700 2823 0000"
            + "0500 0800 03 000000"
            + "0800 0500 ef010101";
    byte[] body = hex("09 01 0000", length(attributes), "0300", attributes);
    assertThat(IpvsAnswers.daemon(Wire.read(body)))
        .hasValue(
            new SyncDaemon(
                SyncDaemon.Role.BACKUP,
                "eth0",
                33,
                new SyncDaemon.Channel(
                    1024, 9000, 3, Optional.of(InetAddress.ofLiteral("239.1.1.1")))));
    assertThat(IpvsAnswers.daemon(Wire.read(hex("09 01 0000", "0c00 0300", "0800 0100 03000000"))))
        .as("a daemon of a kind not known")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void whatIsWrittenIsRead(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      VirtualService service = randomService(random);
      assertThat(IpvsAnswers.service(Wire.reader(Wire.bytes(TO.add(service)))))
          .map(ServiceEntry::service)
          .hasValue(service);
      Destination destination = randomDestination(random);
      assertThat(
              IpvsAnswers.destination(Wire.reader(Wire.bytes(TO.add(service.key(), destination)))))
          .map(DestinationEntry::destination)
          .hasValue(destination);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void damagedBytesAreReadOrRefusedButNeverThrow(long seed) {
    Random random = new Random(seed);
    List<byte[]> sound = new ArrayList<>();
    sound.add(service(SERVICE + STATS + STATS64));
    sound.add(destination(DESTINATION + STATS + STATS64));
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = sound.get(i % 2).clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      for (byte[] body : List.of(bytes, cut)) {
        assertThat(IpvsAnswers.service(Wire.read(body))).isNotNull();
        assertThat(IpvsAnswers.destination(Wire.read(body))).isNotNull();
        assertThat(IpvsAnswers.daemon(Wire.read(body))).isNotNull();
      }
    }
  }

  private static InetAddress address(Random random, Family family) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return family.address(bytes).orElseThrow();
  }

  private static <T> T oneOf(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static VirtualService randomService(Random random) {
    Family family = oneOf(random, Family.values());
    ServiceKey key =
        random.nextBoolean()
            ? new ServiceKey.FirewallMark(family, 1 + random.nextLong(0xFFFF_FFFFL))
            : new ServiceKey.Address(
                oneOf(random, Protocol.values()), address(random, family), random.nextInt(65536));
    Set<ServiceFlag> flags = EnumSet.noneOf(ServiceFlag.class);
    for (ServiceFlag flag : ServiceFlag.values()) {
      if (random.nextBoolean()) {
        flags.add(flag);
      }
    }
    return new VirtualService(
        key,
        oneOf(random, new String[] {"rr", "wlc", "a_name_15_chars"}),
        flags,
        new Persistence(
            random.nextInt(Integer.MAX_VALUE),
            family == Family.IPV4 ? random.nextInt() : 1 + random.nextInt(128),
            oneOf(random, new String[] {"", "sip"})));
  }

  private static Destination randomDestination(Random random) {
    Family family = oneOf(random, Family.values());
    Tunnel tunnel =
        new Tunnel(
            oneOf(random, Tunnel.Type.values()),
            random.nextInt(65536),
            oneOf(random, Tunnel.Checksum.values()));
    Forwarding forwarding =
        oneOf(
            random,
            new Forwarding[] {
              Forwarding.MASQUERADE, Forwarding.DIRECT_ROUTE, Forwarding.through(tunnel)
            });
    return new Destination(
        new DestinationKey(address(random, family), random.nextInt(65536)),
        random.nextInt(Integer.MAX_VALUE),
        forwarding,
        random.nextLong(0x1_0000_0000L),
        random.nextLong(0x1_0000_0000L));
  }

  @Test
  void aMappedAddressStaysIpv6() {
    byte[] mapped = hex("00000000 00000000 0000ffff 0a000001");
    InetAddress address = Family.IPV6.address(mapped).orElseThrow();
    assertThat(Family.of(address)).isEqualTo(Family.IPV6);
    assertThat(Family.IPV6.address(new byte[15])).isEmpty();
  }
}
