package io.keepstream.lvs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lvs.ipvs.IpvsadmFormat;
import io.keepstream.lvs.plan.Plan;
import io.keepstream.lvs.plan.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeepalivedTableTest {

  @ParameterizedTest
  @MethodSource("io.keepstream.lvs.config.KeepalivedTables#names")
  void tableIsKeepaliveds(String name) throws IOException {
    ConfigText.Result result = ConfigText.read(KeepalivedTables.config(name));
    Plan plan = Plan.NOTHING.next(new Situation(result.config(), Map.of()), 0);
    assertThat(IpvsadmFormat.lines(plan.desired().table()))
        .containsExactlyInAnyOrderElementsOf(Files.readAllLines(KeepalivedTables.table(name)));
    assertThat(result.diagnostics()).noneMatch(diagnostic -> diagnostic.isError());
  }
}
