package io.keepstream.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.Service;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {
  @Test
  void withoutTheBlockNothingListensAndAnEmptyOneMeansLoopback() {
    assertThat(read("")).isEmpty();
    assertThat(read("http {\n}\n")).hasValue(HttpConfig.read("127.0.0.1:9165").orElseThrow());
    assertThat(read("http {\n listen [::1]:8080\n}\n").orElseThrow().address().getHostAddress())
        .isEqualTo("0:0:0:0:0:0:0:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9165",
        "localhost:9165",
        "127.0.0.1:",
        "127.0.0.1:0",
        "127.0.0.1:65533",
        "::1:9165",
        "[127.0.0.1]:9165",
        "[::1]",
        "[]:1"
      })
  void otherFormsAreRefused(String text) {
    assertThat(HttpConfig.read(text)).isEmpty();
  }

  @Test
  void eachProcessHasAPortOfItsOwn() {
    HttpConfig config = HttpConfig.read("127.0.0.1:9165").orElseThrow();
    Set<Service> all = EnumSet.of(Service.ELECTION, Service.HEALTH, Service.LVS, Service.NOTIFIER);
    assertThat(config.portOf(all)).isEqualTo(9165);
    assertThat(all.stream().map(service -> config.portOf(Set.of(service))))
        .containsExactly(9165, 9166, 9167, 9168);
    assertThat(config.portOf(Set.of(Service.HEALTH, Service.LVS))).isEqualTo(9166);
  }

  private static Optional<HttpConfig> read(String text) {
    return HttpConfig.read(ConfigReader.read("f", new TextSource("f", text)).root());
  }
}
