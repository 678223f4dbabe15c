package io.keepstream.lvs.nft;

import io.keepstream.linux.nft.NfChain;
import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.linux.nft.NfSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is in a table of nf_tables, or in a part of one.
 *
 * @param chains by name
 * @param rules by chain; a chain without any may be missing
 * @param sets by name, maps too
 * @param elements by set; what rules remember is not among them
 * @param counters the names
 */
public record Ruleset(
    Map<String, NfChain> chains,
    Map<String, List<NfRule>> rules,
    Map<String, NfSet> sets,
    Map<String, Set<NfElement>> elements,
    Set<String> counters) {
  public static final Ruleset EMPTY = new Builder().build();

  public Ruleset {
    chains = Collections.unmodifiableMap(chains);
    rules = Collections.unmodifiableMap(rules);
    sets = Collections.unmodifiableMap(sets);
    elements = Collections.unmodifiableMap(elements);
    counters = Collections.unmodifiableSet(counters);
  }

  /** The rules of a chain. */
  public List<NfRule> rulesOf(String chain) {
    return rules.getOrDefault(chain, List.of());
  }

  /** The elements of a set or map. */
  public Set<NfElement> elementsOf(String set) {
    return elements.getOrDefault(set, Set.of());
  }

  /** Whether all of {@code part} is there, its chains with no other rules. */
  boolean has(Ruleset part) {
    return chains.entrySet().containsAll(part.chains.entrySet())
        && part.chains.keySet().stream()
            .allMatch(chain -> rulesOf(chain).equals(part.rulesOf(chain)))
        && sets.entrySet().containsAll(part.sets.entrySet())
        && part.elements.entrySet().stream()
            .allMatch(each -> elementsOf(each.getKey()).containsAll(each.getValue()))
        && counters.containsAll(part.counters);
  }

  /** Collects a ruleset. */
  public static final class Builder {
    private final Map<String, NfChain> chains = new LinkedHashMap<>();
    private final Map<String, List<NfRule>> rules = new LinkedHashMap<>();
    private final Map<String, NfSet> sets = new LinkedHashMap<>();
    private final Map<String, Set<NfElement>> elements = new LinkedHashMap<>();
    private final Set<String> counters = new LinkedHashSet<>();

    /** Adds a chain. */
    public Builder chain(NfChain chain) {
      chains.put(chain.name(), chain);
      return this;
    }

    /** Adds a rule at the end of a chain. */
    public Builder rule(String chain, NfRule rule) {
      rules.computeIfAbsent(chain, name -> new ArrayList<>()).add(rule);
      return this;
    }

    /** Adds a set or map. */
    public Builder set(NfSet set) {
      sets.put(set.name(), set);
      return this;
    }

    /** Adds elements to a set or map. */
    public Builder elements(String set, Collection<NfElement> more) {
      if (!more.isEmpty()) {
        elements.computeIfAbsent(set, name -> new HashSet<>()).addAll(more);
      }
      return this;
    }

    /** Adds a counter. */
    public Builder counter(String counter) {
      counters.add(counter);
      return this;
    }

    /** Adds all of {@code part}. */
    Builder all(Ruleset part) {
      chains.putAll(part.chains);
      part.rules.forEach((chain, each) -> each.forEach(rule -> rule(chain, rule)));
      sets.putAll(part.sets);
      part.elements.forEach(this::elements);
      counters.addAll(part.counters);
      return this;
    }

    /** The ruleset; nothing may be added afterwards. */
    public Ruleset build() {
      return new Ruleset(chains, rules, sets, elements, counters);
    }
  }
}
