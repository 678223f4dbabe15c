package io.keepstream.election.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.election.config.ElectionConfigReader;
import io.keepstream.election.config.KernelItem;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final KernelItem VIP = item("10.0.0.1/24");
  private static final KernelItem LABELLED = item("10.0.0.1/24 label eth0:1");

  private final Ledger<String> ledger = new Ledger<>();

  private static KernelItem item(String line) {
    String config = "static_ipaddress {\n" + line + "\n}\n";
    return ElectionConfigReader.read(
            ConfigReader.read("test", new TextSource("test", config)).root(),
            any -> true,
            problem -> {})
        .statics()
        .getFirst()
        .item();
  }

  @Test
  void theLastToLetGoRemovesIt() {
    assertThat(ledger.want("A", VIP).joined()).isTrue();
    assertThat(ledger.want("B", VIP).joined()).isTrue();
    assertThat(ledger.want("B", VIP).joined()).isFalse();
    assertThat(ledger.drop("A", VIP)).isNull();
    assertThat(ledger.isWanted(VIP)).isTrue();
    assertThat(ledger.drop("B", VIP)).isNotNull();
    assertThat(ledger.isWanted(VIP)).isFalse();
    assertThat(ledger.drop("B", VIP)).isNull();
  }

  @Test
  void whatIsKeptOutlivesAMove() {
    ledger.keep("reload", List.of(VIP));
    assertThat(ledger.isWanted(VIP)).as("only what is there is kept").isFalse();
    Holding<String> holding = ledger.want("A", VIP).holding();
    ledger.keep("reload", List.of(VIP));
    assertThat(ledger.drop("A", VIP)).isNull();
    assertThat(ledger.want("B", VIP).holding()).isSameAs(holding);
    assertThat(ledger.drop("reload", VIP)).isNull();
    assertThat(holding.holder()).isEqualTo("B");
  }

  @Test
  void otherSettingsAreAChangeOfTheSameEntry() {
    assertThat(ledger.want("A", VIP).before()).isNull();
    Ledger.Wanted<String> wanted = ledger.want("A", LABELLED);
    assertThat(wanted.before()).isEqualTo(VIP);
    assertThat(wanted.holding().item()).isEqualTo(LABELLED);
    assertThat(ledger.holdings()).hasSize(1);
  }

  @Test
  void aFailureIsNewsOnceAndAgainAfterASuccess() {
    Holding<String> holding = ledger.want("A", VIP).holding();
    assertThat(holding.failed("no")).isTrue();
    assertThat(holding.failed("no")).isFalse();
    assertThat(holding.failed("never")).isTrue();
    holding.settled(5);
    assertThat(holding.inForce()).isTrue();
    assertThat(holding.renewalNanos()).as("without a lease").isEqualTo(Long.MAX_VALUE);
    assertThat(holding.failed("never")).isTrue();
    assertThat(holding.inForce()).isFalse();
  }

  @Test
  void aPaceIsTenInASecond() {
    Pace pace = new Pace();
    for (int i = 0; i < 10; i++) {
      assertThat(pace.allows(i)).isTrue();
    }
    assertThat(pace.allows(11)).isFalse();
    assertThat(pace.allows(TimeUnit.SECONDS.toNanos(1) - 1)).isFalse();
    assertThat(pace.allows(TimeUnit.SECONDS.toNanos(1))).isTrue();
  }
}
