package io.keepstream.election.vrrp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/** One packet of {@code vrrp.jsonl} with the receiver it was fed to and what should come of it. */
public record Vector(JsonNode json) {

  public static List<Vector> all() {
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Vector.class.getResourceAsStream("/vrrp.jsonl"), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(
              line -> {
                try {
                  return new Vector(mapper.readTree(line));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return json.get("name").asText();
  }

  /** Whether the packet comes with an authentication header. */
  public boolean headed() {
    return json.get("ipProtocol").asInt() == Vrrp.AUTHENTICATION_HEADER;
  }

  public boolean captured() {
    return json.get("kind").asText().equals("captured");
  }

  byte[] pdu() {
    return HexFormat.of().parseHex(json.get("pdu").asText());
  }

  /** The Ethernet frame to send to a receiver with this hardware address. */
  public byte[] frame(String receiverMac) {
    String source = json.path("srcMac").asText("02:00:00:00:00:02");
    boolean multicast = route().destination().isMulticastAddress();
    boolean ipv6 = json.get("ipVersion").asInt() == 6;
    String group = ipv6 ? "33:33:00:00:00:12" : "01:00:5e:00:00:12";
    String hex =
        (multicast ? group : receiverMac).replace(":", "")
            + source.replace(":", "")
            + (ipv6 ? "86dd" : "0800")
            + json.get("ipPacket").asText();
    return HexFormat.of().parseHex(hex);
  }

  Packet packet() {
    return new Packet(
        MemorySegment.ofArray(pdu()),
        address(json.get("src")),
        address(json.get("dst")),
        json.get("ttl").asInt(),
        headed() ? MemorySegment.ofArray(ipPacket()) : null,
        0);
  }

  /** The sender's address. */
  public InetAddress source() {
    return route().source();
  }

  /** The address it was sent to. */
  public InetAddress destination() {
    return route().destination();
  }

  byte[] ipPacket() {
    return HexFormat.of().parseHex(json.get("ipPacket").asText());
  }

  Route route() {
    return new Route(address(json.get("src")), address(json.get("dst")));
  }

  Advertisement advertisement() {
    return new Advertisement(
        json.get("vrrpVersion").asInt(),
        json.get("vrid").asInt(),
        json.get("priority").asInt(),
        json.get("advertIntervalCentis").asInt(),
        addresses(json.get("addresses")));
  }

  ChecksumForm form() {
    return switch (json.get("checksumForm").asText()) {
      case "message-only" -> ChecksumForm.MESSAGE_ONLY;
      case "pseudo-header-with-multicast-group" -> ChecksumForm.OLD_UNICAST;
      case "pseudo-header" -> ChecksumForm.PSEUDO_HEADER;
      default -> throw new IllegalStateException(name());
    };
  }

  Authentication authentication() {
    JsonNode auth = json.path("auth");
    return authentication(auth.path("type").asText(), auth.path("password").asText());
  }

  private static Authentication authentication(String type, String password) {
    return switch (type) {
      case "pass" -> Authentication.Password.of(password);
      case "ah" -> Authentication.Header.of(password);
      default -> new Authentication.None();
    };
  }

  /** The keys a packet is signed with, or null. */
  Signing signing() {
    JsonNode auth = json.path("auth");
    if (!auth.path("type").asText().equals("hmac-sha256-128")) {
      return null;
    }
    byte[] secret = auth.get("key").asText().replace(" (ASCII)", "").getBytes(US_ASCII);
    int id = auth.get("keyId").asInt();
    return new Signing(List.of(new Signing.Key(id, secret)), id, Signing.Mode.ENFORCE, 5);
  }

  /** The sequence number in the authentication header, 0 without. */
  int sequence() {
    return json.path("auth").path("seq").asInt();
  }

  /** When a packet was signed, to the precision of its serial. */
  Instant signedAt() {
    JsonNode auth = json.get("auth");
    long nanos = Math.ceilDiv(auth.get("subsec").asLong() * 1_000_000_000L, 1L << 16);
    return Instant.ofEpochSecond(auth.get("sec").asLong(), nanos);
  }

  /** The protection of a receiver that has heard nothing yet, at the time of the packet. */
  Protection protection() {
    Signing signing = signing();
    return Protection.of(
        receiver().authentication(),
        signing,
        signing == null ? null : InstantSource.fixed(signedAt()));
  }

  /** The receiver the packet was fed to; for a captured packet one like its sender. */
  public Receiver receiver() {
    JsonNode receiver = json.get("receiver");
    if (receiver == null) {
      Advertisement sent = advertisement();
      return new Receiver(
          sent.version(),
          sent.vrid(),
          sent.intervalCentis(),
          sent.addresses(),
          authentication(),
          List.of(form()),
          List.of());
    }
    List<UnicastPeer> peers =
        receiver.path("checkUnicastSrc").asBoolean()
            ? addresses(receiver.get("unicastPeers")).stream().map(UnicastPeer::at).toList()
            : List.of();
    return new Receiver(
        receiver.get("vrrpVersion").asInt(),
        receiver.get("vrid").asInt(),
        receiver.get("advertIntervalCentis").asInt(),
        addresses(receiver.get("addresses")),
        authentication(receiver.path("auth").asText(), receiver.path("password").asText()),
        forms(receiver),
        peers);
  }

  private static List<ChecksumForm> forms(JsonNode receiver) {
    if (receiver.get("vrrpVersion").asInt() == 2
        || receiver.path("checksumMode").asText().equals("message-only")) {
      return List.of(ChecksumForm.MESSAGE_ONLY);
    }
    return receiver.has("unicastPeers")
        ? List.of(ChecksumForm.PSEUDO_HEADER, ChecksumForm.OLD_UNICAST)
        : List.of(ChecksumForm.PSEUDO_HEADER);
  }

  public String expectedAction() {
    return json.path("expected").path("action").asText();
  }

  public String expectedCounter() {
    return json.path("expected").path("statistic").asText();
  }

  private static List<InetAddress> addresses(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(Vector::address).toList();
  }

  private static InetAddress address(JsonNode text) {
    return InetAddress.ofLiteral(text.asText());
  }
}
