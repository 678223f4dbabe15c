package io.keepstream.linux.nft;

import static io.keepstream.linux.nft.NfSamples.CHAINS;
import static io.keepstream.linux.nft.NfSamples.ELEMENTS;
import static io.keepstream.linux.nft.NfSamples.RULES;
import static io.keepstream.linux.nft.NfSamples.SETS;
import static io.keepstream.linux.nft.NfSamples.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.netlink.NfNetlink;
import io.keepstream.linux.nft.Expression.Foreign;
import io.keepstream.linux.nft.Expression.Lookup;
import io.keepstream.linux.nft.NfAnswers.Found;
import io.keepstream.linux.nft.NfAnswers.RuleIn;
import io.keepstream.linux.nft.NfAnswers.Tally;
import io.keepstream.linux.wire.NetlinkMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what {@code nft} shows and would have written, and is read back the same. */
@KernelTest
@Timeout(30)
final class NfTableKernelTest {
  @AutoClose private final TwoHosts hosts = TwoHosts.create();
  @AutoClose private NfNetlink filter;
  @TempDir private Path folder;

  @BeforeEach
  void open() throws Exception {
    filter = hosts.here(() -> NfNetlink.open(new ForeignLibc()));
  }

  @Test
  void whatIsWrittenIsShownAndReadBack() throws Exception {
    write();
    String text = hosts.exec("nft", "list", "table", "inet", "t");
    List<String> lines = text.lines().map(String::strip).toList();
    RULES.values().forEach(rules -> rules.forEach(rule -> assertThat(lines).contains(rule.text())));
    assertThat(lines)
        .contains(
            "elements = { 2001:db8::1 . 53 }",
            "elements = { 10.2.0.1 . 8080 counter packets 0 bytes 0 }",
            "elements = { tcp . 192.0.2.1 . 80 : goto other }",
            "elements = { 0x00000007 : goto leaf }",
            "type inet_proto . ipv4_addr . inet_service : verdict",
            "flags dynamic,timeout",
            "timeout 5m",
            "type nat hook prerouting priority dstnat - 10; policy accept;",
            "type nat hook postrouting priority srcnat - 10; policy accept;",
            "type filter hook prerouting priority filter; policy accept;");
    assertThat(read()).isEqualTo(written());
    Path file = Files.writeString(folder.resolve("table.nft"), text);
    assertThat(hosts.exec("nft", "-c", "-f", file.toString())).isEmpty();
  }

  @Test
  void whatTheProgramWroteIsReadAsOurs() throws Exception {
    write();
    Path file = folder.resolve("table.nft");
    String text = hosts.exec("nft", "list", "table", "inet", "t");
    Files.writeString(file, "flush ruleset\n" + text);
    hosts.exec("nft", "-f", file.toString());
    assertThat(read()).isEqualTo(written());
  }

  @Test
  void everythingCanBeRemovedAgain() throws Exception {
    write();
    List<NetlinkMessage> changes = new ArrayList<>();
    RULES.keySet().forEach(chain -> changes.add(TABLE.clear(chain)));
    ELEMENTS.forEach((set, elements) -> changes.addAll(TABLE.remove(set, elements)));
    CHAINS.forEach(chain -> changes.add(TABLE.removeChain(chain.name())));
    SETS.forEach(set -> changes.add(TABLE.removeSet(set.name())));
    changes.add(TABLE.removeCounter("connections"));
    assertThat(filter.commit(changes).ack()).isEqualTo(new Ack.Done());
    assertThat(hosts.exec("nft", "list", "table", "inet", "t")).isEqualTo("table inet t {\n}\n");
  }

  @Test
  void whatSomebodyElseWritesIsForeign() throws Exception {
    write();
    for (String rule :
        List.of(
            "numgen random mod 2 vmap { 0 : accept }",
            "numgen inc mod 2 offset 1 vmap { 1 : accept }",
            "ip saddr != @clients accept",
            "limit rate 1/second accept",
            "meta mark set 1",
            "add @clients { ip saddr }")) {
      hosts.exec("nft", "add", "rule", "inet", "t", "server", rule);
    }
    List<RuleIn> rules = filter.dump(TABLE.rules(), new NfAnswers(TABLE)::rule);
    assertThat(rules.stream().filter(each -> each.chain().equals("server")).skip(ours("server")))
        .hasSize(6)
        .allMatch(each -> each.rule().expressions().stream().anyMatch(Foreign.class::isInstance));
  }

  private static int ours(String chain) {
    return RULES.get(chain).size();
  }

  private void write() {
    NfNetlink.Commit commit = filter.commit(NfSamples.messages());
    assertThat(commit.refused()).isEmpty();
    assertThat(commit.ack()).isEqualTo(new Ack.Done());
  }

  private static List<Object> written() {
    List<Object> all = new ArrayList<>(CHAINS);
    all.addAll(SETS);
    RULES.forEach((chain, rules) -> rules.forEach(each -> all.add(new RuleIn(chain, each.rule()))));
    SETS.forEach(set -> all.addAll(ELEMENTS.getOrDefault(set.name(), List.of())));
    all.add(new Tally("connections", 0, 0));
    return all;
  }

  /** Everything in the kernel's table, maps without a name resolved. */
  private List<Object> read() throws Exception {
    NfAnswers answers = new NfAnswers(TABLE);
    List<Object> all = new ArrayList<>(filter.dump(TABLE.chains(), answers::chain));
    List<NfSet> sets = filter.dump(TABLE.sets(), answers::set);
    all.addAll(sets.stream().filter(NfSet::isNamed).toList());
    for (RuleIn each : filter.dump(TABLE.rules(), answers::rule)) {
      List<Expression> expressions = new ArrayList<>();
      for (Expression expression : each.rule().expressions()) {
        expressions.add(resolved(expression));
      }
      all.add(new RuleIn(each.chain(), new NfRule(expressions, each.rule().comment())));
    }
    for (NfSet set : sets.stream().filter(NfSet::isNamed).toList()) {
      all.addAll(elements(set.name()));
    }
    all.addAll(filter.dump(TABLE.counters(), answers::counter));
    return all;
  }

  private Expression resolved(Expression expression) throws Exception {
    return expression instanceof Lookup lookup && !lookup.isNamed()
        ? NfAnswers.choose(lookup, elements(lookup.set()))
        : expression;
  }

  private List<NfElement> elements(String set) throws Exception {
    return filter.dump(TABLE.elements(set), new NfAnswers(TABLE)::elements).stream()
        .flatMap(List::stream)
        .map(Found::element)
        .toList();
  }
}
