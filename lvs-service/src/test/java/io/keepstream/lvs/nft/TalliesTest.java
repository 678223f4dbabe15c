package io.keepstream.lvs.nft;

import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.entry;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Load.OfDestination;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TalliesTest {
  private static final ServiceTable TABLE = table(entry("10.1.1.1", destination(1, 1)));
  private static final Tallies NOTHING = new Tallies(Map.of(), Map.of(), 0);

  @Test
  void whereConntrackDoesNotTellNobodyIsEmpty() {
    assertThat(NOTHING.loads(TABLE, NOTHING, Optional.empty()).get(key("10.1.1.1")).destinations())
        .containsValue(new OfDestination(Optional.empty(), Traffic.NONE));
    assertThat(
            NOTHING
                .loads(TABLE, NOTHING, Optional.of(List.of()))
                .get(key("10.1.1.1"))
                .destinations())
        .containsValue(new OfDestination(new Connections(0, 0, 0), Traffic.NONE));
  }
}
