package io.keepstream.lvs.edge;

import static io.keepstream.lvs.edge.DirectorLab.backend;
import static io.keepstream.lvs.edge.DirectorLab.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Instruction.Act;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OperatorEvent.DrainEnded;
import io.keepstream.lab.Await;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sessions through NAT while one of two servers is drained. */
class DrainInUml {
  private static final String NAT_1 = "10.10.0.11";
  private static final String NAT_2 = "10.10.0.12";

  @TempDir private Path directory;
  private final DirectorLab lab = new DirectorLab();
  private final Running lvs = new Running();

  @AfterEach
  void close() {
    lvs.close();
    lab.close();
  }

  private void start() {
    lvs.keeping(new WillFile(directory.resolve("lvs.json")))
        .start(config("NAT", "", NAT_1, NAT_2), lab.table());
  }

  private void assertNewClientsGoElsewhere() throws IOException {
    for (int i = 0; i < 4; i++) {
      assertThat(lab.visit()).isEqualTo("nat2");
    }
  }

  private DrainEnded awaitEnd() {
    lvs.awaitEvents(Running.has(DrainEnded.class), "the end of the drain");
    return lvs.events().stream()
        .filter(DrainEnded.class::isInstance)
        .map(DrainEnded.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nobodyIsCutWhileItsSessionLasts() throws IOException {
    start();
    WebSession old = lab.connectionTo("nat1");
    lvs.order(new Act.Drain(NAT_1, true, null));
    assertNewClientsGoElsewhere();
    assertThat(old.ask()).isEqualTo("nat1");
    assertThat(lvs.events()).noneMatch(DrainEnded.class::isInstance);
    old.reset();
    DrainEnded end = awaitEnd();
    assertThat(end.cause()).isEqualTo("empty");
    assertThat(end.cut()).isEqualTo(new OpenConnections(0, 0, 0));
    Await.until(
        Running.LIMIT,
        "a table without it",
        () -> lab.lines().stream().noneMatch(line -> line.contains(NAT_1)));
    assertThat(lab.lines()).hasSize(2);
    lvs.order(new Act.Undrain(NAT_1));
    lab.connectionTo("nat1").close();
  }

  @Test
  void whatIsLeftIsCutWhenItsTimeIsUpAndRevivedByUndrain() throws IOException {
    start();
    try (WebSession old = lab.connectionTo("nat1")) {
      lvs.order(new Act.Drain(NAT_1, true, 1_000L));
      DrainEnded end = awaitEnd();
      assertThat(end.backend()).isEqualTo(backend(NAT_1));
      assertThat(end.cause()).isEqualTo("max");
      assertThat(end.cut()).isEqualTo(new OpenConnections(1, 0, 0));
      assertNewClientsGoElsewhere();
      lvs.order(new Act.Undrain(NAT_1));
      assertThat(old.ask()).isEqualTo("nat1");
    }
  }

  @Test
  void aRestartChangesNothing() throws IOException {
    start();
    try (WebSession old = lab.connectionTo("nat1")) {
      lvs.order(new Act.Drain(NAT_1, false, null));
      lvs.stop();
      start();
      assertThat(lab.lines()).anyMatch(line -> line.contains(NAT_1) && line.endsWith("-w 0"));
      assertNewClientsGoElsewhere();
      assertThat(old.ask()).isEqualTo("nat1");
    }
  }
}
