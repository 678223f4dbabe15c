package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.edge.ConnectLanes.Lane;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectLanesTest {
  private static final int FEW = 10;

  private final IoEventLoop home = EventLoops.dedicated("home");
  private final ConnectLanes lanes = new ConnectLanes(new ForeignLibc(), home, FEW);

  @AfterEach
  void close() {
    lanes.close();
    var _ = home.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  private List<Lane> enter(int targets) {
    return IntStream.range(0, targets).mapToObj(target -> lanes.enter()).toList();
  }

  private long atHome(List<Lane> entered) {
    return entered.stream().filter(lane -> lane.loop().equals(home)).count();
  }

  @Test
  void aFewStayAtHome() {
    assertThat(atHome(enter(FEW))).isEqualTo(FEW);
  }

  @Test
  void manyAreSpreadEvenly() {
    List<Lane> entered = enter(600);
    long loops = entered.stream().map(Lane::loop).distinct().count();
    assertThat(loops).isBetween(2L, 4L);
    assertThat(atHome(entered)).isBetween(600 / loops - 1, 600 / loops + 1);
  }

  @Test
  void whatLeavesMakesRoom() {
    List<Lane> entered = enter(FEW + 1);
    assertThat(entered.getLast().loop()).isNotEqualTo(home);
    entered.getFirst().leave();
    assertThat(lanes.enter().loop()).isEqualTo(home);
  }
}
