package io.keepstream.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateDirectoryTest {
  @ParameterizedTest
  @CsvSource({
    ", /var/lib/keepstream",
    "'', /var/lib/keepstream",
    "/srv/state, /srv/state",
    "/srv/a:/srv/b, /srv/a"
  })
  void isTheFirstThatTheServiceManagerNames(String said, Path expected) {
    assertThat(StateDirectory.of(said)).isEqualTo(expected);
  }
}
