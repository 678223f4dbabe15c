package io.keepstream.lvs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.LvsConfig;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A director that balances with nftables, for the tests of a class; each of them has to leave it as
 * empty as it was.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class NftablesRig {
  static final String NAT_1 = "10.10.0.11";
  static final String NAT_2 = "10.10.0.12";
  static final String NAT_3 = "10.10.0.13";

  /** So seldom that a test sees nothing of it. */
  static final Pace PATIENT = new Pace(600_000, 600_000, 300);

  DirectorLab lab;
  Running lvs;

  @BeforeAll
  final void open() {
    lab = new DirectorLab();
    lab.behind("nat3", NAT_3);
  }

  @AfterAll
  final void close() {
    lab.close();
  }

  @BeforeEach
  final void begin() {
    lvs = new Running(new Pace(100, 300, 300));
  }

  @AfterEach
  final void stop() {
    try {
      lvs.close();
      assertThat(ruleset()).isEmpty();
    } finally {
      // The next one is not to fail because this one has.
      lab.nft("flush", "ruleset");
    }
  }

  /** A table of the director. */
  final NftablesTable table() {
    return lab.nftables();
  }

  /** Whatever nftables has there. */
  final String ruleset() {
    return lab.nft("list", "ruleset");
  }

  /** The same in an order of its own, since what was made anew is listed last, and not counting. */
  final List<String> sorted() {
    return ruleset().replaceAll("packets \\d+ bytes \\d+", "").lines().sorted().toList();
  }

  static LvsConfig read(String text) {
    return ConfigText.read(text).config();
  }
}
