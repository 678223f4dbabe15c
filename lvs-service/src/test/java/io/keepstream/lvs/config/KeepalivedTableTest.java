package io.keepstream.lvs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lvs.ipvs.IpvsadmFormat;
import io.keepstream.lvs.plan.Plan;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table at start is keepalived's: each {@code .ipvsadm} is what {@code ipvsadm -Sn} said with
 * keepalived 2.2.7 running from the {@code .conf} beside it.
 */
class KeepalivedTableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nat",
        "direct-route",
        "tunnel",
        "ipv6",
        "group",
        "firewall-mark",
        "sorry-server",
        "forgiven"
      })
  void tableIsKeepaliveds(String name) throws IOException, URISyntaxException {
    LvsConfigReader.Result result = ConfigText.read(resource(name + ".conf"));
    Plan plan = Plan.NOTHING.next(result.config(), Map.of());
    assertThat(IpvsadmFormat.lines(plan.desired().table()))
        .containsExactlyInAnyOrderElementsOf(Files.readAllLines(resource(name + ".ipvsadm")));
    assertThat(result.diagnostics()).noneMatch(diagnostic -> diagnostic.isError());
  }

  private static Path resource(String name) throws URISyntaxException {
    URL url = KeepalivedTableTest.class.getResource("/io/keepstream/lvs/keepalived/" + name);
    return Path.of(Objects.requireNonNull(url, name).toURI());
  }
}
