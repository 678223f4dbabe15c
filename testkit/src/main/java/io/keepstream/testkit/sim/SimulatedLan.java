package io.keepstream.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A segment on which every packet goes to everybody else, or gets lost, late or doubled.
 *
 * @param <P> the packets
 */
public final class SimulatedLan<P> {
  /**
   * How bad the network is.
   *
   * @param lossPercent packets lost, per receiver
   * @param duplicatePercent packets delivered twice
   * @param maxDelayNanos the longest way; delays are drawn evenly, so packets overtake
   */
  public record Weather(int lossPercent, int duplicatePercent, long maxDelayNanos) {
    /** No loss, no duplicates, a tenth of a millisecond. */
    public static final Weather FAIR = new Weather(0, 0, 100_000);
  }

  private static final int PERCENT = 100;

  private final VirtualTime time;
  private final RandomGenerator random;
  private final List<Consumer<P>> receivers = new ArrayList<>();
  private Weather weather = Weather.FAIR;
  private BiPredicate<Integer, Integer> connected = (from, to) -> true;

  /** An empty segment. */
  public SimulatedLan(VirtualTime time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  /** Adds a receiver; its number is how many were there before. */
  public int attach(Consumer<P> receiver) {
    receivers.add(receiver);
    return receivers.size() - 1;
  }

  /** Changes the weather for packets sent from now on. */
  public void weather(Weather next) {
    weather = next;
  }

  /** Says who reaches whom (sender, receiver) from now on; need not be symmetrical. */
  public void connect(BiPredicate<Integer, Integer> next) {
    connected = next;
  }

  /** Sends {@code packet} from receiver number {@code from} to all others. */
  public void send(int from, P packet) {
    for (int to = 0; to < receivers.size(); to++) {
      if (to != from && connected.test(from, to) && !happens(weather.lossPercent())) {
        deliver(to, packet);
        if (happens(weather.duplicatePercent())) {
          deliver(to, packet);
        }
      }
    }
  }

  private void deliver(int to, P packet) {
    time.after(
        random.nextLong(weather.maxDelayNanos() + 1), () -> receivers.get(to).accept(packet));
  }

  private boolean happens(int percent) {
    return random.nextInt(PERCENT) < percent;
  }
}
