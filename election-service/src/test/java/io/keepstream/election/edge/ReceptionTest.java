package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent.AdvertsDiffer;
import io.keepstream.contract.event.VrrpEvent.AdvertsRejected;
import io.keepstream.contract.event.VrrpEvent.ChecksumFormHeard;
import io.keepstream.contract.event.VrrpEvent.Renamed;
import io.keepstream.election.config.ElectionConfigReader;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.explain.Refusal;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.port.AddressTable;
import io.keepstream.election.port.Publishing;
import io.keepstream.election.port.RouterPorts;
import io.keepstream.election.vrrp.Advertisement;
import io.keepstream.election.vrrp.AdvertisementCodec;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Packet;
import io.keepstream.election.vrrp.RejectReason;
import io.keepstream.election.vrrp.Route;
import io.keepstream.election.vrrp.Vrrp;
import io.keepstream.runtime.Window;
import io.keepstream.testkit.Proves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a router makes of packets, from its configuration to its counters and events. */
class ReceptionTest {
  private static final InetAddress US = InetAddress.ofLiteral("192.0.2.1");
  private static final String PEER = "192.0.2.2";
  private static final String OTHER = "192.0.2.3";
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final String ACCEPTED = "adverRcvd";

  private final List<Event> events = new ArrayList<>();
  private final Clock clock = new Clock();
  private InstanceConfig config;
  private Counters counters;
  private Reception reception;
  private VirtualRouterShell shell;
  private long alarmNanos;

  @Test
  @Proves("VR-017")
  void automaticFormsAreToldOncePerSender() {
    backup("version 3\nv3_checksum auto");
    for (int round = 0; round < 3; round++) {
      hear(advert(PEER, ChecksumForm.PSEUDO_HEADER));
      hear(advert(OTHER, ChecksumForm.MESSAGE_ONLY));
    }
    assertThat(told(ChecksumFormHeard.class))
        .extracting(ChecksumFormHeard::sender, ChecksumFormHeard::form)
        .containsExactly(tuple(PEER, "pseudo-header"), tuple(OTHER, "message-only"));
    clock.nanos += Window.LENGTH_NANOS;
    hear(advert(PEER, ChecksumForm.MESSAGE_ONLY));
    assertThat(told(ChecksumFormHeard.class)).hasSize(3);
    assertThat(counters.values()).containsEntry(ACCEPTED, 7L).containsEntry("checksumErrors", 0L);
    assertThat(reception.form()).isEqualTo(ChecksumForm.PSEUDO_HEADER);
  }

  @Test
  @Proves({"VR-014", "VR-017"})
  void automaticNeverMeansAny() {
    backup("version 3\nv3_checksum auto");
    Packet wrong = advert(PEER, ChecksumForm.OLD_UNICAST, 100, 100, "192.0.2.100");
    wrong.message().set(ValueLayout.JAVA_BYTE, 7, (byte) 0x55);
    hear(wrong);
    assertThat(counters.values()).containsEntry(ACCEPTED, 0L).containsEntry("checksumErrors", 1L);
  }

  @ParameterizedTest(name = "{0}: pseudo header {1}, message only {2}")
  @CsvSource({
    "'', 1, 0",
    "v3_checksum pseudo-header, 1, 0",
    "v3_checksum message-only, 0, 1",
    "v3_checksum_as_v2, 0, 1",
    "v3_checksum auto, 1, 1"
  })
  @Proves({"VR-015", "VR-016", "VR-017"})
  void formsAccepted(String words, long pseudoHeader, long messageOnly) {
    backup("version 3\n" + words);
    hear(advert(PEER, ChecksumForm.PSEUDO_HEADER));
    assertThat(counters.values()).containsEntry(ACCEPTED, pseudoHeader);
    hear(advert(PEER, ChecksumForm.MESSAGE_ONLY));
    assertThat(counters.values()).containsEntry(ACCEPTED, pseudoHeader + messageOnly);
  }

  @ParameterizedTest(name = "{0}: old {1}, then new {2}")
  @CsvSource({"'', 1, 0", "old_unicast_checksum, 1, 0", "old_unicast_checksum never, 0, 1"})
  @Proves("VR-018")
  void anOldUnicastSenderIsFollowedForGood(String words, long old, long next) {
    backup("version 3\nunicast_src_ip 192.0.2.1\nunicast_peer {\n192.0.2.2\n}\n" + words);
    hear(unicast(ChecksumForm.OLD_UNICAST));
    assertThat(counters.values()).containsEntry(ACCEPTED, old);
    hear(unicast(ChecksumForm.PSEUDO_HEADER));
    assertThat(counters.values()).containsEntry(ACCEPTED, old + next);
    assertThat(reception.form())
        .isEqualTo(old == 1 ? ChecksumForm.OLD_UNICAST : ChecksumForm.PSEUDO_HEADER);
  }

  @Test
  void deadlinesCountFromTheArrivalButNotFromBeforeWhatWasActedOn() {
    backup("version 3");
    clock.nanos += SECOND_NANOS;
    hear(aged(0));
    long deadlineNanos = alarmNanos;
    clock.nanos += SECOND_NANOS;
    hear(aged(SECOND_NANOS / 10));
    assertThat(alarmNanos).isEqualTo(deadlineNanos + SECOND_NANOS - SECOND_NANOS / 10);
    hear(aged(3 * SECOND_NANOS));
    assertThat(alarmNanos).isEqualTo(deadlineNanos + SECOND_NANOS - SECOND_NANOS / 10);
  }

  private Packet aged(long ageNanos) {
    Packet packet = advert(PEER, ChecksumForm.PSEUDO_HEADER);
    return new Packet(
        packet.message(), packet.source(), packet.destination(), Vrrp.HOP_LIMIT, null, ageNanos);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 10, 5, 3",
    "7, 10, 2, 2",
    "10, 7, 5, 0",
    "0, 1000000000, 1000000000, 0",
    "1, 100000001, 100000000, 100000000"
  })
  void anAgeIsBelievedWhereTheWallClockCanBe(
      long arrivedNanos, long wallNanos, long unreadNanos, long ageNanos) {
    assertThat(AdvertSocket.ageNanos(arrivedNanos, wallNanos, unreadNanos)).isEqualTo(ageNanos);
  }

  private Packet unicast(ChecksumForm form) {
    Route route = new Route(InetAddress.ofLiteral(PEER), US);
    MemorySegment message = message(route, form, 100, 100, "192.0.2.100");
    return new Packet(message, route.source(), route.destination(), Vrrp.HOP_LIMIT);
  }

  @Test
  @Proves("VR-020")
  void anotherIntervalIsToldAndBelieved() {
    backup("version 3\nadvert_int 1");
    for (int i = 0; i < 3; i++) {
      hear(advert(PEER, ChecksumForm.PSEUDO_HEADER, 50, 100, "192.0.2.100"));
    }
    assertThat(counters.values())
        .containsEntry(ACCEPTED, 3L)
        .containsEntry("advertIntervalErrors", 0L);
    assertThat(told(AdvertsDiffer.class))
        .extracting(Event::summary)
        .containsExactly("(VI_1) 1 advert from 192.0.2.2 with other interval than ours: 0.50 s");
  }

  @Test
  @Proves("VR-024")
  void anotherAddressListIsCountedToldAndBelieved() {
    backup("version 3");
    hear(advert(PEER, ChecksumForm.PSEUDO_HEADER, 100, 100, "192.0.2.200"));
    assertThat(counters.values())
        .containsEntry(ACCEPTED, 1L)
        .containsEntry("addressListErrors", 1L);
    assertThat(told(AdvertsDiffer.class))
        .extracting(AdvertsDiffer::what, AdvertsDiffer::detail)
        .containsExactly(tuple("addresses", "192.0.2.200"));
  }

  @Test
  void theKnownMastersListIsNotComparedWhenToldSo() {
    backup("version 3\nskip_check_adv_addr");
    for (int i = 0; i < 3; i++) {
      hear(advert(PEER, ChecksumForm.PSEUDO_HEADER, 100, 200, "192.0.2.200"));
    }
    assertThat(counters.values())
        .as("counted until the MASTER is known")
        .containsEntry("addressListErrors", 1L);
  }

  @ParameterizedTest(name = "{0}, TTL {2} from {1}: {3}")
  @CsvSource({
    "'unicast_peer {\n 192.0.2.2\n}', 192.0.2.9, 1, adverRcvd",
    "'check_unicast_src\nunicast_peer {\n 192.0.2.2\n}', 192.0.2.9, 255, sourceErrors",
    "'unicast_peer {\n 192.0.2.2 min_ttl 250\n}', 192.0.2.2, 250, adverRcvd",
    "'unicast_peer {\n 192.0.2.2 min_ttl 250\n}', 192.0.2.2, 249, ipTtlErrors",
    "'unicast_peer {\n 192.0.2.2 min_ttl 60 max_ttl 64\n}', 192.0.2.2, 64, adverRcvd",
    "'unicast_peer {\n 192.0.2.2 min_ttl 60 max_ttl 64\n}', 192.0.2.2, 65, ipTtlErrors",
    "'unicast_peer {\n 192.0.2.2 max_ttl 64\n}', 192.0.2.9, 64, sourceErrors"
  })
  @Proves("VR-072")
  void unicastSourcesAndTheirDistance(String words, String source, int hopLimit, String counter) {
    backup("version 3\nunicast_src_ip 192.0.2.1\n" + words);
    Route route = new Route(InetAddress.ofLiteral(source), US);
    MemorySegment message = message(route, ChecksumForm.PSEUDO_HEADER, 100, 100, "192.0.2.100");
    hear(new Packet(message, route.source(), route.destination(), hopLimit));
    assertThat(counters.values()).containsEntry(counter, 1L);
  }

  @Test
  void aRouterThatTakesNoPartOnlyCounts() {
    router("version 3");
    shell.start(parameters(List.of("interface eth0 is down")));
    hear(advert(PEER, ChecksumForm.PSEUDO_HEADER));
    assertThat(counters.values()).containsEntry("ignoredInState", 1L).containsEntry(ACCEPTED, 0L);
  }

  @Test
  void masteryIsCounted() {
    backup("version 3\nadvert_int 1");
    clock.nanos += TimeUnit.SECONDS.toNanos(4);
    shell.alarmRang(clock.nanos);
    assertThat(counters.values()).containsEntry("becomeMaster", 1L);
    hear(advert(PEER, ChecksumForm.PSEUDO_HEADER, 100, 254, "192.0.2.100"));
    assertThat(counters.values())
        .containsEntry("becomeMaster", 1L)
        .containsEntry("releaseMaster", 1L);
  }

  @Test
  @Proves("VR-028")
  void aThousandBadPacketsAreOneLine() {
    backup("version 3");
    for (int i = 0; i < 1000; i++) {
      Packet packet = advert("192.0.2." + (2 + i % 250), ChecksumForm.MESSAGE_ONLY);
      hear(packet);
    }
    assertThat(counters.values()).containsEntry("checksumErrors", 1000L);
    clock.nanos += Window.LENGTH_NANOS;
    hear(advert(PEER, ChecksumForm.MESSAGE_ONLY));
    assertThat(told(AdvertsRejected.class))
        .extracting(Event::summary)
        .containsExactly(
            "(VI_1) rejected 1 advert from 192.0.2.2: wrong checksum (checksumErrors)",
            "(VI_1) rejected 1000 adverts in 60000 ms, last from 192.0.2.2: wrong checksum"
                + " (checksumErrors)");
    assertThat(counters.lastRefusal())
        .isEqualTo(new Refusal(RejectReason.CHECKSUM, PEER, 1001, clock.nanos));
  }

  @Test
  @Proves("VR-021")
  void anAuthenticationHeaderIsMissed() {
    backup("version 2\nauthentication {\nauth_type AH\nauth_pass x\n}");
    hear(advert(PEER, ChecksumForm.MESSAGE_ONLY));
    assertThat(counters.values()).containsEntry("authTypeMismatch", 1L);
  }

  @Test
  void aReloadKeepsWhatHasBeenHeard() {
    backup("version 2\nauthentication {\nauth_type AH\nauth_pass x\n}");
    Object before = reception.protection();
    reception.reconfigure(config);
    assertThat(reception.protection()).isSameAs(before);
  }

  @Test
  void aNewNameIsToldOnce() {
    backup("version 3");
    VirtualRouterRef next = new VirtualRouterRef("VI_2", 51, "inet", "eth0");
    shell.renamed(next);
    shell.renamed(next);
    assertThat(told(Renamed.class))
        .extracting(Event::summary)
        .containsExactly("(VI_2) goes on as BACKUP under this name, formerly VI_1");
  }

  private void backup(String words) {
    router(words);
    shell.start(parameters(List.of()));
  }

  private void router(String words) {
    config = config(words);
    counters = new Counters(config.router(), clock);
    reception = new Reception(config, counters, InstantSource.system());
    shell =
        new VirtualRouterShell(
            config.router(),
            config.announce(),
            new RouterPorts(
                priority -> {},
                new NoAddresses(),
                rounds -> {},
                when -> alarmNanos = when,
                counters.counting()));
  }

  private void hear(Packet packet) {
    reception.hear(packet, shell);
  }

  private <T extends Event> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Tuple tuple(Object... values) {
    return Tuple.tuple(values);
  }

  private Parameters parameters(List<String> faults) {
    return new Parameters(
        config.machine(), Priority.of(config.machine().priority()), US, faults, List.of());
  }

  private Packet advert(String sender, ChecksumForm form) {
    return advert(sender, form, config.wire().intervalCentis(), 100, "192.0.2.100");
  }

  private Packet advert(
      String sender, ChecksumForm form, int centis, int priority, String address) {
    Route route = new Route(InetAddress.ofLiteral(sender), Vrrp.GROUP_4);
    MemorySegment message = message(route, form, centis, priority, address);
    return new Packet(message, route.source(), route.destination(), Vrrp.HOP_LIMIT);
  }

  private MemorySegment message(
      Route route, ChecksumForm form, int centis, int priority, String address) {
    MemorySegment out = MemorySegment.ofArray(new byte[Vrrp.MAX_PACKET_BYTES]);
    Advertisement advertisement =
        new Advertisement(
            config.wire().version(),
            config.wire().vrid(),
            priority,
            centis,
            List.of(InetAddress.ofLiteral(address)));
    return out.asSlice(
        0,
        AdvertisementCodec.encode(advertisement, config.wire().authentication(), form, route, out));
  }

  private static InstanceConfig config(String words) {
    String text =
        """
        vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        %s
        virtual_ipaddress {
        192.0.2.100
        }
        }
        """
            .formatted(words);
    return ElectionConfigReader.read(
            ConfigReader.read("test", new TextSource("test", text)).root(),
            any -> true,
            problem -> assertThat(problem.isError()).as(problem.toString()).isFalse())
        .instances()
        .getFirst();
  }

  private final class Clock implements Publishing {
    private long nanos = 1;

    @Override
    public long nowNanos() {
      return nanos;
    }

    @Override
    public void publish(Event event) {
      events.add(event);
    }
  }

  private static final class NoAddresses implements AddressTable {
    @Override
    public void claim() {}

    @Override
    public void release() {}
  }
}
