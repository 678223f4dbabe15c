package io.keepstream.lvs.nft;

import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.linux.nft.NfTable;
import io.keepstream.linux.wire.NetlinkMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The transaction that turns one ruleset into another. What is equal in both is not touched, so
 * that counters go on and remembered clients stay.
 */
public final class Difference {
  private final NfTable table;
  private final Ruleset before;
  private final Ruleset after;
  private final List<NetlinkMessage> messages = new ArrayList<>();

  private Difference(NfTable table, Ruleset before, Ruleset after) {
    this.table = table;
    this.before = before;
    this.after = after;
  }

  /**
   * The messages that turn {@code before} into {@code after}, which are all of the same table, or
   * the same part of one.
   */
  public static List<NetlinkMessage> messages(NfTable table, Ruleset before, Ruleset after) {
    Difference difference = new Difference(table, before, after);
    difference.remove();
    difference.add();
    return difference.messages;
  }

  /** Nothing that is used may be removed, so who uses it goes first. */
  private void remove() {
    stale(before, after)
        .filter(chain -> !before.rulesOf(chain).isEmpty())
        .forEach(chain -> messages.add(table.clear(chain)));
    before
        .elements()
        .forEach(
            (set, elements) -> {
              if (!other(set, before.sets(), after.sets())) {
                messages.addAll(table.remove(set, less(elements, after.elementsOf(set))));
              }
            });
    others(before.sets(), after.sets()).forEach(set -> messages.add(table.removeSet(set)));
    others(before.chains(), after.chains())
        .forEach(chain -> messages.add(table.removeChain(chain)));
    less(before.counters(), after.counters())
        .forEach(counter -> messages.add(table.removeCounter(counter)));
  }

  private void add() {
    less(after.counters(), before.counters())
        .forEach(counter -> messages.add(table.addCounter(counter)));
    others(after.sets(), before.sets())
        .forEach(set -> messages.add(table.add(after.sets().get(set))));
    others(after.chains(), before.chains())
        .forEach(chain -> messages.add(table.add(after.chains().get(chain))));
    after
        .elements()
        .forEach(
            (set, elements) -> {
              boolean fresh = other(set, after.sets(), before.sets());
              Set<NfElement> there = fresh ? Set.of() : before.elementsOf(set);
              messages.addAll(table.add(set, less(elements, there)));
            });
    int[] map = {0};
    stale(after, before)
        .forEach(
            chain -> {
              for (NfRule rule : after.rulesOf(chain)) {
                messages.addAll(table.rule(chain, rule, ++map[0]));
              }
            });
  }

  /** The chains of {@code of} that have other rules in {@code than}, or are not there. */
  private static Stream<String> stale(Ruleset of, Ruleset than) {
    return of.chains().keySet().stream()
        .filter(
            chain ->
                other(chain, of.chains(), than.chains())
                    || !of.rulesOf(chain).equals(than.rulesOf(chain)));
  }

  private static <T> Stream<String> others(Map<String, T> of, Map<String, T> than) {
    return of.keySet().stream().filter(name -> other(name, of, than));
  }

  /** Whether {@code of} has it, and {@code than} has not or another of the name. */
  private static <T> boolean other(String name, Map<String, T> of, Map<String, T> than) {
    return of.containsKey(name) && !of.get(name).equals(than.get(name));
  }

  private static <T> Set<T> less(Set<T> all, Set<T> without) {
    Set<T> rest = new LinkedHashSet<>(all);
    rest.removeAll(without);
    return rest;
  }
}
