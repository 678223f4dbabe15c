package io.keepstream.lvs.nft;

import static io.keepstream.lvs.plan.Samples.destination;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.keepstream.lvs.ipvs.Destination;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static List<Integer> last(List<Destination> places) {
    return places.stream()
        .map(place -> Byte.toUnsignedInt(place.key().address().getAddress()[3]))
        .toList();
  }

  private static long count(List<Destination> places, Destination of) {
    return places.stream().filter(of::equals).count();
  }

  @Test
  void roundRobinGivesEveryOpenServerOnePlace() {
    List<Destination> servers = List.of(destination(1, 7), destination(2, 0), destination(3, 1));
    assertThat(last(Places.even(servers))).containsExactly(1, 3);
  }

  @Test
  void weightsAreMixedEvenly() {
    assertThat(last(Places.weighted(List.of(destination(1, 3), destination(2, 1)))))
        .containsExactly(1, 1, 2, 1);
    assertThat(last(Places.weighted(List.of(destination(1, 40), destination(2, 40)))))
        .containsExactly(1, 2);
    assertThat(Places.weighted(List.of(destination(1, 0)))).isEmpty();
  }

  @Test
  void hugeWeightsAreRounded() {
    List<Destination> servers = List.of(destination(1, Integer.MAX_VALUE), destination(2, 1));
    List<Destination> places = Places.weighted(servers);
    assertThat(places).hasSizeBetween(2, Places.MOST_TURNS + 2).contains(servers.get(1));
  }

  @Test
  void hashingSharesByWeight() {
    Destination heavy = destination(1, 3);
    Destination light = destination(2, 1);
    List<Destination> places = Places.hashed(List.of(heavy, light, destination(3, 0)));
    assertThat(places).hasSize(251);
    assertThat(count(places, heavy)).isCloseTo(188, within(2L));
    assertThat(count(places, light)).isCloseTo(63, within(2L));
    assertThat(Places.hashed(List.of())).isEmpty();
  }

  @Test
  void whoeverLeavesTakesHardlyAnythingElseAlong() {
    List<Destination> all = IntStream.rangeClosed(1, 5).mapToObj(i -> destination(i, 1)).toList();
    List<Destination> before = Places.hashed(all);
    List<Destination> after = Places.hashed(all.subList(0, 4));
    long moved =
        IntStream.range(0, before.size())
            .filter(i -> !before.get(i).equals(all.get(4)) && !before.get(i).equals(after.get(i)))
            .count();
    assertThat(moved).isLessThan(before.size() / 6);
  }

  @Test
  void manyServersHaveMorePlaces() {
    List<Destination> all = IntStream.range(0, 100).mapToObj(i -> destination(i, 1)).toList();
    assertThat(Places.hashed(all)).hasSize(1021).containsAll(all);
  }
}
