package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.election.config.ReceiveBuffer.Unit;
import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Signing;
import io.keepstream.election.vrrp.UnicastPeer;
import io.keepstream.election.vrrp.Vrrp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads how one {@code vrrp_instance} speaks, and whom it believes. */
final class WireReader {
  private final Section block;
  private final GlobalDefaults global;
  private final Consumer<Diagnostic> problems;

  WireReader(Section block, GlobalDefaults global, Consumer<Diagnostic> problems) {
    this.block = block;
    this.global = global;
    this.problems = problems;
  }

  /** The lines of {@code unicast_peer}. */
  List<UnicastPeer> peers() {
    List<UnicastPeer> peers = new ArrayList<>();
    for (Statement line : block.lines("unicast_peer")) {
      int min = hops(line, "min_ttl", 0);
      int max = hops(line, "max_ttl", Vrrp.HOP_LIMIT);
      if (min > max) {
        problems.accept(
            Diagnostic.error(
                line.position(), "min_ttl %d is above max_ttl %d".formatted(min, max)));
      }
      Addresses.ip(line.keyword().text())
          .ifPresent(address -> peers.add(new UnicastPeer(address, min, max)));
    }
    return peers;
  }

  private static int hops(Statement line, String option, int otherwise) {
    return Words.option(line, option)
        .map(text -> (int) Numbers.integer(text).orElse(otherwise))
        .orElse(otherwise);
  }

  WireConfig read(VirtualRouterRef router, int version, int centis, List<UnicastPeer> peers) {
    boolean ipv6 = router.family().equals("inet6");
    String sourceWord = peers.isEmpty() ? "mcast_src_ip" : "unicast_src_ip";
    Signing signing =
        block
            .block("auth_hmac")
            .map(signed -> new SigningReader(signed, centis, problems).read())
            .orElse(null);
    return new WireConfig(
        version,
        router.vrid(),
        centis,
        authentication(version),
        signing,
        forms(version, ipv6, !peers.isEmpty()),
        Words.address(block, "mcast_dst_ip").orElse(ipv6 ? global.group6() : global.group4()),
        Words.address(block, sourceWord).orElse(null),
        peers,
        block.integer("unicast_ttl").orElse(Vrrp.HOP_LIMIT),
        listening());
  }

  private WireConfig.Listening listening() {
    WireConfig.Listening others = global.wire().listening();
    boolean ranged =
        block.lines("unicast_peer").stream()
            .anyMatch(line -> Words.hasOption(line, "min_ttl") || Words.hasOption(line, "max_ttl"));
    return new WireConfig.Listening(
        block.has("check_unicast_src") || ranged || others.checkPeers(),
        block.bool("skip_check_adv_addr", others.skipAddressCheck()),
        others.tellUnknownVrids(),
        block.wholeNumber("kernel_rx_buf_size").stream()
            .mapToObj(bytes -> new ReceiveBuffer(Unit.BYTES, bytes))
            .findFirst()
            .orElse(others.buffer()));
  }

  private List<ChecksumForm> forms(int version, boolean ipv6, boolean unicast) {
    if (version == 2) {
      return List.of(ChecksumForm.MESSAGE_ONLY);
    }
    if (ipv6) {
      return List.of(ChecksumForm.PSEUDO_HEADER);
    }
    return switch (checksum()) {
      case WireDefaults.AUTO -> List.of(ChecksumForm.PSEUDO_HEADER, ChecksumForm.MESSAGE_ONLY);
      case WireDefaults.MESSAGE_ONLY -> List.of(ChecksumForm.MESSAGE_ONLY);
      default -> pseudoHeader(unicast);
    };
  }

  /** {@code v3_checksum} is ours, the older word keepalived's; the one that stands here counts. */
  private String checksum() {
    if (block.has("v3_checksum_as_v2")) {
      boolean asVersion2 = block.bool("v3_checksum_as_v2", true);
      return asVersion2 ? WireDefaults.MESSAGE_ONLY : WireDefaults.PSEUDO_HEADER;
    }
    return block.text("v3_checksum").orElse(global.wire().checksum());
  }

  private List<ChecksumForm> pseudoHeader(boolean unicast) {
    boolean never = block.text("old_unicast_checksum").filter("never"::equals).isPresent();
    if (!unicast || never) {
      return List.of(ChecksumForm.PSEUDO_HEADER);
    }
    return block.has("old_unicast_checksum")
        ? List.of(ChecksumForm.OLD_UNICAST)
        : List.of(ChecksumForm.PSEUDO_HEADER, ChecksumForm.OLD_UNICAST);
  }

  private Authentication authentication(int version) {
    Optional<Section> authentication = block.block("authentication");
    if (authentication.isEmpty()) {
      return new Authentication.None();
    }
    Position position = authentication.get().position();
    if (version == 3 || block.has("auth_hmac")) {
      problems.accept(
          Diagnostic.warning(
              position,
              version == 3
                  ? "VRRP version 3 has no authentication; it is ignored"
                  : "authentication is ignored beside auth_hmac"));
      return new Authentication.None();
    }
    Optional<String> password = authentication.get().text("auth_pass");
    if (password.isEmpty()) {
      problems.accept(Diagnostic.error(position, "authentication needs an auth_pass"));
      return new Authentication.None();
    }
    if (password.get().length() > Authentication.DATA_BYTES) {
      problems.accept(
          Diagnostic.warning(position, "only the first 8 characters of auth_pass are used"));
    }
    return authentication.get().text("auth_type").filter("AH"::equals).isPresent()
        ? Authentication.Header.of(password.get())
        : Authentication.Password.of(password.get());
  }
}
