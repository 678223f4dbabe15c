package io.keepstream.election.config;

import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.either;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.integerAnyBase;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Params.nameOrInteger;
import static io.keepstream.config.vocabulary.Params.numberOrRange;
import static io.keepstream.config.vocabulary.Params.numberRange;
import static io.keepstream.config.vocabulary.Params.prefix;
import static io.keepstream.config.vocabulary.Params.refersBackTo;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Arguments;
import io.keepstream.config.vocabulary.Keyword;
import io.keepstream.config.vocabulary.Param;
import java.util.ArrayList;
import java.util.List;

/** The lines that hold a policy rule, in the words of {@code ip rule}. */
final class RuleLines {
  private static final Param SELECTOR = either(prefix(), "default", "any", "all");

  /** Lines of {@code virtual_rules}. */
  static final Arguments VIRTUAL = line(List.of());

  /** Lines of {@code static_rules}. */
  static final Arguments STATIC =
      line(
          List.of(
              word("track_group", ACTS, refersBackTo("track_group"))
                  .means("Instances of the group fault when the rule is lost")));

  private RuleLines() {}

  private static Arguments line(List<Keyword> more) {
    List<Keyword> words = new ArrayList<>(more);
    words.addAll(selectors());
    words.addAll(actions());
    return new Arguments.Plain(List.of(), words);
  }

  private static List<Keyword> selectors() {
    return List.of(
        word("from", ACTS, SELECTOR).means("Source selector"),
        word("to", ACTS, SELECTOR).means("Destination selector"),
        word("preference", ACTS, integerAnyBase(0, UNSIGNED)).means("Rule priority"),
        word("priority", ACTS, integerAnyBase(0, UNSIGNED)).means("Alias of preference"),
        word("order", ACTS, integerAnyBase(0, UNSIGNED)).means("Alias of preference"),
        word("not", ACTS).means("Invert the selectors"),
        word("tos", ACTS, nameOrInteger("type of service")).means("Type of service selector"),
        word("dsfield", ACTS, nameOrInteger("type of service")).means("Alias of tos"),
        word(
                "fwmark",
                ACTS,
                matching("mark[/mask]", "(0[xX][0-9a-fA-F]+|[0-9]+)(/(0[xX][0-9a-fA-F]+|[0-9]+))?"))
            .means("Mark selector"),
        word("dev", ACTS, interfaceName()).means("Incoming interface selector"),
        word("iif", ACTS, interfaceName()).means("Alias of dev"),
        word("oif", ACTS, interfaceName()).means("Outgoing interface selector"),
        word("tunnel-id", ACTS, integer(0, Long.MAX_VALUE)).means("Tunnel key selector"),
        word("uidrange", ACTS, numberRange(UNSIGNED)).means("Socket owner selector"),
        word("protocol", ACTS, nameOrInteger("protocol")).means("Origin protocol"),
        word("ipproto", ACTS, nameOrInteger("protocol")).means("Layer 4 protocol selector"),
        word("sport", ACTS, numberOrRange(1, 65535)).means("Source port selector"),
        word("dport", ACTS, numberOrRange(1, 65535)).means("Destination port selector"),
        word("inet", ACTS).means("Force IPv4"),
        word("inet6", ACTS).means("Force IPv6"),
        word("no_track", ACTS).means("Do not react when someone removes the rule"));
  }

  private static List<Keyword> actions() {
    return List.of(
        word("goto", ACTS, integerAnyBase(0, UNSIGNED)).means("Action: jump"),
        word("nop", ACTS).means("Action: none"),
        word("blackhole", ACTS).means("Action: drop silently"),
        word("unreachable", ACTS).means("Action: reject as unreachable"),
        word("prohibit", ACTS).means("Action: reject as prohibited"),
        word("table", ACTS, nameOrInteger("table")).means("Action: look up this table"),
        word("lookup", ACTS, nameOrInteger("table")).means("Alias of table"),
        word("l3mdev", ACTS).means("Action: look up the VRF table"),
        word("type", ACTS, text("type")).means("Optional word before an action"),
        word("realms", ACTS, text("[from/]to")).means("Realms"),
        word("suppress_prefixlength", ACTS, integer(0, 128))
            .means("Ignore table results this short or shorter"),
        word("sup_pl", ACTS, integer(0, 128)).means("Alias of suppress_prefixlength"),
        word("suppress_ifgroup", ACTS, nameOrInteger("group"))
            .means("Ignore table results through this interface group"),
        word("sup_group", ACTS, nameOrInteger("group")).means("Alias of suppress_ifgroup"));
  }
}
