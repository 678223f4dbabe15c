package io.keepstream.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.TextSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessConfigTest {
  private static ProcessConfig read(String top, String globals) {
    String text = top + "\nglobal_defs {\n" + globals + "\n}\n";
    return NodeConfig.read("f", new TextSource("f", text)).process();
  }

  @Test
  void theStateDumpIsNamedAfterTheInstance() {
    assertThat(read("instance foo", "data_use_instance").dumps().data().getFileName())
        .isEqualTo(Path.of("keepalived.foo.data"));
    assertThat(read("instance foo", "data_use_instance").dumps().json().getFileName())
        .isEqualTo(Path.of("keepalived.json"));
    assertThat(read("instance foo", "").dumps().data().getFileName())
        .isEqualTo(Path.of("keepalived.data"));
  }

  @Test
  void aReloadCannotChangeTheInstance() {
    ProcessConfig foo = read("instance foo", "");
    assertThat(foo.obstacleTo(read("instance foo", "router_id other"))).isEmpty();
    assertThat(foo.obstacleTo(read("", "")))
        .contains("the instance cannot change in a reload: it is foo, and the file says nothing");
  }

  @Test
  void scriptsOfTheProgramHaveTheirTimes() {
    LifeScripts scripts =
        read(
                "",
                """
                startup_script "/bin/sh -c true"
                startup_script_timeout 2
                shutdown_script /bin/true
                shutdown_script /bin/false
                """)
            .scripts();
    assertThat(scripts.startup().orElseThrow().limit()).isEqualTo(Duration.ofSeconds(2));
    assertThat(scripts.startup().orElseThrow().command().arguments())
        .isEqualTo(List.of("/bin/sh", "-c", "true"));
    assertThat(scripts.shutdown().orElseThrow().limit()).isEqualTo(Duration.ofSeconds(10));
    assertThat(scripts.shutdown().orElseThrow().command().arguments())
        .isEqualTo(List.of("/bin/true"));
  }
}
