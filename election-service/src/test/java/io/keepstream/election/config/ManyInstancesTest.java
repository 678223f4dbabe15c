package io.keepstream.election.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManyInstancesTest {
  @ParameterizedTest
  @CsvSource({"32, 0", "33, 20"})
  void onlyManyInstancesAdvertiseApart(int instances, int earlySteps) {
    String text =
        IntStream.rangeClosed(1, instances)
            .mapToObj(
                vrid ->
                    """
                    vrrp_instance VI_%d {
                        interface eth0
                        virtual_router_id %d
                        virtual_ipaddress {
                            10.0.0.%d
                        }
                    }
                    """
                        .formatted(vrid, vrid, vrid))
            .collect(Collectors.joining());
    Section root = ConfigReader.read("many", new TextSource("many", text)).root();
    assertThat(
            ElectionConfigReader.read(root, any -> true, problem -> {})
                .instances()
                .get(19)
                .machine()
                .earlySteps())
        .isEqualTo(earlySteps);
  }
}
