package io.keepstream.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.Service;
import io.keepstream.linux.process.ProcessScheduling;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulingTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0, false, 0, false",
    "vrrp_rt_priority 7, 7, false, 0, false",
    "'vrrp_rt_priority 7\nbfd_rt_priority 9', 9, false, 0, false",
    "'checker_rt_priority 3\nchecker_no_swap', 0, false, 3, true",
    "bfd_no_swap, 0, true, 0, false"
  })
  void eachServiceGetsWhatTheWordsForItsProcessSay(
      String words, int election, boolean electionLocked, int checkers, boolean checkersLocked) {
    Scheduling read =
        Scheduling.read(
            ConfigReader.read("f", new TextSource("f", "global_defs {\n" + words + "\n}\n"))
                .root());
    ProcessScheduling elects = new ProcessScheduling(election, electionLocked);
    ProcessScheduling balances = new ProcessScheduling(checkers, checkersLocked);
    assertThat(read.of(Set.of(Service.ELECTION))).isEqualTo(elects);
    assertThat(read.of(Set.of(Service.LVS))).isEqualTo(balances);
    assertThat(read.of(Set.of(Service.NOTIFIER))).isEqualTo(ProcessScheduling.USUAL);
    assertThat(read.of(Set.of(Service.values()))).isEqualTo(elects.with(balances));
  }
}
