package io.keepstream.testkit.witness;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches an interface for VRRP advertisements, ARP and IPv6 neighbor advertisements.
 *
 * <p>tcpdump captures, because it is ready within 50 ms and hands over each packet at once; tshark
 * decodes what comes through the pipe, so what is reported is an independent dissector's view.
 */
public final class Adverts implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);
  static final String FILTER =
      "arp or ip proto 112 or ip proto 51 or ip6 proto 112 or (icmp6 and ip6[40] == 136)";

  static final String FIELDS =
      TsharkLine.FIELDS.stream().collect(Collectors.joining(" -e ", " -e ", ""));

  private final LabProcess capture;
  private final List<Sighting> seen = new ArrayList<>();
  private int linesRead;

  private Adverts(LabProcess capture) {
    this.capture = capture;
    capture.awaitLine("listening on", START);
  }

  /** Watches the switch itself: every frame sent, whatever is lost on its way to a receiver. */
  public static Adverts on(LabBridge bridge) {
    return on(bridge.host(), LabBridge.DEVICE);
  }

  /** Watches what one interface sends and receives. */
  public static Adverts on(LabHost host, String device) {
    // Hundreds of adverts may leave at once, more than the usual buffer holds.
    String pipeline =
        "tcpdump --immediate-mode -U -B 32768 --time-stamp-precision=nano -i %s -w - '%s'"
                .formatted(device, FILTER)
            + " | tshark -l -n -r - -T fields"
            + FIELDS;
    return new Adverts(host.start("sh", "-c", pipeline));
  }

  /** Everything seen so far, in order. */
  public List<Sighting> sightings() {
    return stream().toList();
  }

  /** What was seen so far of one kind. */
  public <T extends Sighting> List<T> seen(Class<T> kind) {
    return stream(kind).toList();
  }

  /** The first sighting, past or to come, that {@code wanted} accepts. */
  public <T extends Sighting> T await(Class<T> kind, Predicate<T> wanted, Duration limit) {
    return Await.value(
        limit,
        () -> "the wanted " + kind.getSimpleName() + " among " + lines(stream(kind)),
        () -> first(kind, wanted));
  }

  private <T extends Sighting> Optional<T> first(Class<T> kind, Predicate<T> wanted) {
    return stream(kind).filter(wanted).findFirst();
  }

  private static String lines(Stream<?> sightings) {
    return sightings.map(sighting -> "\n  " + sighting).collect(Collectors.joining());
  }

  private <T extends Sighting> Stream<T> stream(Class<T> kind) {
    return stream().filter(kind::isInstance).map(kind::cast);
  }

  private synchronized Stream<Sighting> stream() {
    List<String> news = capture.lines(linesRead);
    linesRead += news.size();
    news.stream().map(TsharkLine::parse).flatMap(Optional::stream).forEach(seen::add);
    return List.copyOf(seen).stream();
  }

  @Override
  public void close() {
    capture.close();
  }
}
