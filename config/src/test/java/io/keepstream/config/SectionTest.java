package io.keepstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.MemorySource;
import io.keepstream.config.value.DecimalUnit;
import org.junit.jupiter.api.Test;

class SectionTest {
  private static final Section ROOT =
      MemorySource.documentOf(
              """
              global_defs {
                router_id "lb 1"
                script_user nobody :nogroup
              }
              vrrp_instance VI_1 {
                priority 100
                priority 150
                advert_int 0.5
                advert_int 0.25
                nopreempt
                smtp_alert off
                strict_mode yes
                accept maybe
                big 4294967295
                min_rx 12.5
                bare
                track_script {
                  a weight 2
                  b
                }
                group { x y }
                group {
                  z
                }
              }
              vrrp_instance VI_2 {
              }
              """)
          .root();
  private static final Section VI_1 = ROOT.blocks("vrrp_instance").getFirst();

  @Test
  void finds_blocks() {
    assertThat(ROOT.blocks("vrrp_instance"))
        .extracting(Section::name)
        .containsExactly("VI_1", "VI_2");
    assertThat(ROOT.block("vrrp_instance").orElseThrow().name()).isEqualTo("VI_2");
    assertThat(ROOT.block("none")).isEmpty();
    assertThat(ROOT.name()).isEmpty();
    assertThat(ROOT.position()).hasToString("f:1:1");
    assertThat(VI_1.position()).hasToString("f:5:1");
  }

  @Test
  void of_scalars_the_last_counts() {
    assertThat(VI_1.integer("priority")).hasValue(150);
    assertThat(VI_1.all("priority")).hasSize(2);
    assertThat(VI_1.decimalNanos("advert_int")).hasValue(250_000_000L);
  }

  @Test
  void reads_texts_and_numbers() {
    assertThat(ROOT.block("global_defs").orElseThrow().text("router_id")).hasValue("lb 1");
    assertThat(VI_1.integer("big")).isEmpty();
    assertThat(VI_1.wholeNumber("big")).hasValue(4294967295L);
    assertThat(VI_1.decimalNanos("min_rx", DecimalUnit.MILLISECONDS)).hasValue(12_500_000L);
  }

  @Test
  void reads_truth() {
    assertThat(VI_1.bool("nopreempt", false)).isTrue();
    assertThat(VI_1.bool("smtp_alert", true)).isFalse();
    assertThat(VI_1.bool("strict_mode", false)).isTrue();
    assertThat(VI_1.bool("accept", true)).isTrue();
    assertThat(VI_1.bool("none", true)).isTrue();
  }

  @Test
  void what_cannot_be_read_is_absent() {
    assertThat(VI_1.integer("accept")).isEmpty();
    assertThat(VI_1.text("bare")).isEmpty();
    assertThat(VI_1.decimalNanos("none")).isEmpty();
    assertThat(VI_1.has("bare")).isTrue();
    assertThat(VI_1.has("none")).isFalse();
  }

  @Test
  void reads_free_lines_and_entries() {
    assertThat(VI_1.lines("track_script"))
        .extracting(Statement::toString)
        .containsExactly("a weight 2", "b");
    assertThat(VI_1.entries("group")).extracting(Word::text).containsExactly("x", "y", "z");
  }

  @Test
  void reads_identities() {
    Identity identity =
        ROOT.block("global_defs").orElseThrow().identity("script_user").orElseThrow();
    assertThat(identity).isEqualTo(new Identity("nobody", "nogroup", true));
    assertThat(VI_1.identity("user")).isEmpty();
  }
}
