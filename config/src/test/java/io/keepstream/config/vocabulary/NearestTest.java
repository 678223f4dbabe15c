package io.keepstream.config.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void counts_insertions_deletions_replacements_and_swaps() {
    assertThat(Nearest.distance("state", "state")).isZero();
    assertThat(Nearest.distance("state", "STATE")).isZero();
    assertThat(Nearest.distance("state", "sate")).isEqualTo(1);
    assertThat(Nearest.distance("state", "staate")).isEqualTo(1);
    assertThat(Nearest.distance("state", "stave")).isEqualTo(1);
    assertThat(Nearest.distance("state", "satte")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void far_words_are_not_meant() {
    List<String> known = List.of("dev", "via", "virtual_router_id");
    assertThat(Nearest.to("dve", known)).hasValue("dev");
    assertThat(Nearest.to("xyz", known)).isEmpty();
    assertThat(Nearest.to("virtual_route_id", known)).hasValue("virtual_router_id");
  }
}
