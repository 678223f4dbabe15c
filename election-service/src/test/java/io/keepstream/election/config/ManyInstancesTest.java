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
  @CsvSource({"32, 20, 0", "33, 20, 20", "200, 127, 31", "200, 129, 1"})
  void onlyManyInstancesAdvertiseApart(int instances, int vrid, int earlyBeats) {
    String text =
        IntStream.rangeClosed(1, instances)
            .mapToObj(
                each ->
                    """
                    vrrp_instance VI_%d {
                        interface eth0
                        virtual_router_id %d
                        virtual_ipaddress {
                            10.0.0.%d
                        }
                    }
                    """
                        .formatted(each, each, each))
            .collect(Collectors.joining());
    Section root = ConfigReader.read("many", new TextSource("many", text)).root();
    assertThat(
            ElectionConfigReader.read(root, any -> true, problem -> {})
                .instances()
                .get(vrid - 1)
                .machine()
                .earlyBeats())
        .isEqualTo(earlyBeats);
  }
}
