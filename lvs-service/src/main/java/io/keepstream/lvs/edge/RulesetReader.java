package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.nft.Expression;
import io.keepstream.linux.nft.Expression.Lookup;
import io.keepstream.linux.nft.NfAnswers;
import io.keepstream.linux.nft.NfAnswers.Found;
import io.keepstream.linux.nft.NfAnswers.RuleIn;
import io.keepstream.linux.nft.NfAnswers.Tally;
import io.keepstream.linux.nft.NfChain;
import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.linux.nft.NfSet;
import io.keepstream.linux.nft.NfTable;
import io.keepstream.linux.nft.Octets;
import io.keepstream.lvs.nft.Ruleset;
import io.keepstream.lvs.nft.Tallies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a table of nf_tables with what it has counted. */
final class RulesetReader {
  private static final int ATTEMPTS = 5;

  private final NftablesLink link;
  private final NfTable table;
  private final NfAnswers answers;

  RulesetReader(NftablesLink link, NfTable table) {
    this.link = link;
    this.table = table;
    this.answers = new NfAnswers(table);
  }

  /** What is in the table; {@link Ruleset#EMPTY} if it is not there. */
  record Content(Ruleset ruleset, Tallies tallies) {}

  /**
   * Reads all of it, again if it was changed meanwhile.
   *
   * @throws ErrnoException EINTR if it is changed faster than it is read
   */
  Content read() throws ErrnoException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long generation = link.generation();
      Content content = readOnce();
      if (link.generation() == generation) {
        return content;
      }
    }
    throw new ErrnoException("nf_tables dump", Errno.EINTR, "it changes faster than it is read");
  }

  private Content readOnce() throws ErrnoException {
    Ruleset.Builder ruleset = new Ruleset.Builder();
    List<NfChain> chains = link.dump(table.chains(), answers::chain);
    if (chains.isEmpty()) {
      return new Content(Ruleset.EMPTY, new Tallies(Map.of(), Map.of(), System.nanoTime()));
    }
    chains.forEach(ruleset::chain);
    for (RuleIn each : link.dump(table.rules(), answers::rule)) {
      ruleset.rule(each.chain(), bound(each.rule()));
    }
    Map<String, Map<Octets, Tallies.Amount>> counted = new HashMap<>();
    for (NfSet set : link.dump(table.sets(), answers::set)) {
      if (set.isNamed()) {
        ruleset.set(set);
        if (!(set.content() instanceof NfSet.Remembered)) {
          List<Found> elements = elements(set.name());
          ruleset.elements(set.name(), elements.stream().map(Found::element).toList());
          counted.put(set.name(), amounts(elements));
        }
      }
    }
    Map<String, Long> connections = new HashMap<>();
    for (Tally tally : link.dump(table.counters(), answers::counter)) {
      ruleset.counter(tally.counter());
      connections.put(tally.counter(), tally.packets());
    }
    return new Content(ruleset.build(), new Tallies(connections, counted, System.nanoTime()));
  }

  private static Map<Octets, Tallies.Amount> amounts(List<Found> elements) {
    Map<Octets, Tallies.Amount> amounts = new HashMap<>();
    for (Found each : elements) {
      amounts.put(each.element().key(), new Tallies.Amount(each.packets(), each.bytes()));
    }
    return amounts;
  }

  /** A rule with what its map without a name says. */
  private NfRule bound(NfRule rule) throws ErrnoException {
    List<Expression> expressions = new ArrayList<>();
    for (Expression each : rule.expressions()) {
      expressions.add(each instanceof Lookup lookup && !lookup.isNamed() ? chosen(lookup) : each);
    }
    return new NfRule(expressions, rule.comment());
  }

  private Expression chosen(Lookup lookup) throws ErrnoException {
    List<NfElement> elements = elements(lookup.set()).stream().map(Found::element).toList();
    return NfAnswers.choose(lookup, elements);
  }

  private List<Found> elements(String set) throws ErrnoException {
    return link.dump(table.elements(set), answers::elements).stream()
        .flatMap(List::stream)
        .toList();
  }
}
