package io.keepstream.election.config;

import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.IFNAME_LENGTH;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.either;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.ip;
import static io.keepstream.config.vocabulary.Params.nameOrInteger;
import static io.keepstream.config.vocabulary.Params.prefix;
import static io.keepstream.config.vocabulary.Params.refersBackTo;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Arguments;
import io.keepstream.config.vocabulary.Keyword;
import java.util.ArrayList;
import java.util.List;

/** The lines that hold an address with its options. */
final class AddressLines {
  /** Lines of {@code static_ipaddress}. */
  static final Arguments STATIC =
      line(
          word("track_group", ACTS, refersBackTo("track_group"))
              .means("Instances of the group fault when the address is lost"));

  /** Lines of {@code virtual_ipaddress} and {@code virtual_ipaddress_excluded}. */
  static final Arguments VIRTUAL =
      line(word("use_vmac", ACTS).means("Put this address on its own VMAC"));

  private AddressLines() {}

  private static Arguments line(Keyword more) {
    List<Keyword> words =
        new ArrayList<>(
            List.of(
                word("dev", ACTS, interfaceName()).means("Interface to put it on"),
                word("scope", ACTS, nameOrInteger("scope")).means("Address scope"),
                word("brd", ACTS, either(ip(), "+", "-"))
                    .means("Broadcast address, + sets and - clears the host bits"),
                word("broadcast", ACTS, either(ip(), "+", "-")).means("Long form of brd"),
                word("label", ACTS, text("label", IFNAME_LENGTH)).means("Interface alias label"),
                word("peer", ACTS, ip()).means("Point-to-point peer"),
                word("home", ACTS).means("Mobile IPv6 home address flag"),
                word("-nodad", ACTS).means("Sets the mask bit for the no-DAD flag"),
                word("mngtmpaddr", ACTS).means("Let the kernel derive temporary addresses"),
                word("noprefixroute", ACTS).means("Do not create the prefix route"),
                word("autojoin", ACTS).means("Join multicast groups at Ethernet level"),
                word("no_track", ACTS).means("Do not react when someone removes the address"),
                word("preferred_lft", ACTS, either(integer(0, UNSIGNED), "forever"))
                    .means("Preferred lifetime, 0 = deprecated address")));
    words.add(more);
    return new Arguments.Plain(List.of(prefix()), words);
  }
}
