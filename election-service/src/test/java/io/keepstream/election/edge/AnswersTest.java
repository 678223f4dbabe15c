package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import io.keepstream.election.config.StartDelay;
import io.keepstream.election.config.SyncGroupConfig;
import io.keepstream.election.explain.RouterView;
import io.keepstream.election.explain.Views;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.Tracking.Verdict;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final RouterView alone =
      Views.view(Views.instance(""), new State.Fault(), Verdict.UNKNOWN);
  private final RouterView member =
      Views.with(alone, null, new SyncGroupConfig("G1", List.of("VI_1", "VI_2")), StartDelay.OVER);

  private static String answer(What what, String name, RouterView view) {
    return new Answers().answer(new Question(what, name), List.of(view), NOW);
  }

  @Test
  void aNameIsThatOfAnInstanceOrOfASyncGroup() {
    assertThat(answer(What.EXPLAIN, "VI_1", member)).startsWith("VI_1 is FAULT since");
    assertThat(answer(What.EXPLAIN, "G1", member)).startsWith("G1 is a sync group");
    assertThat(answer(What.EXPLAIN_JSON, "G1", member))
        .contains("\"group\" : \"G1\"", "\"state\" : \"FAULT\"");
    assertThat(answer(What.EXPLAIN_JSON, "VI_1", member)).contains("\"others\" : [ \"VI_2\" ]");
  }

  @Test
  void anUnknownNameIsAnsweredByThoseThereAre() {
    assertThatThrownBy(() -> answer(What.EXPLAIN, "VI_9", alone))
        .hasMessage("there is no instance VI_9; there are: VI_1");
    assertThatThrownBy(() -> answer(What.EXPLAIN, "G9", member))
        .hasMessage("there is no instance G9; there are: VI_1; sync groups: G1");
  }
}
