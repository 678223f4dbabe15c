package io.keepstream.contract;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Event bus addresses. Messages are {@link Envelope} and {@code Snapshot} records. */
public final class Bus {
  /** Every transition of every service, published. */
  public static final String EVENTS = "keepstream.events";

  /** Every service's periodic snapshot, published; as it fits each process. */
  public static final String SNAPSHOTS = "keepstream.snapshots";

  private Bus() {}

  /**
   * The address at which {@code service} answers a request with its snapshot: the whole one, or if
   * the body is the name of a process, as in {@link Service#names}, what fits that one.
   */
  public static String snapshotOf(Service service) {
    return "keepstream.snapshot." + service.label();
  }

  /** The address at which {@code source} answers a {@link Recall}. */
  public static String recallFrom(Source source) {
    return "keepstream.recall." + source.bootId();
  }

  /**
   * The address at which {@code service} answers a {@link Question} with text, or fails the request
   * with a message for people.
   */
  public static String questionsTo(Service service) {
    return "keepstream.questions." + service.label();
  }

  /** The address at which the process called {@code name} takes an {@link Order}. */
  public static String ordersTo(String name) {
    return "keepstream.orders." + name;
  }

  /**
   * The address at which {@code service} does what an {@link Instruction} says and answers with
   * text, or fails the request with a message for people.
   */
  public static String instructionsTo(Service service) {
    return "keepstream.instructions." + service.label();
  }

  /** What can be asked of {@code service}, wherever it runs. */
  public static Set<String> addressesOf(Service service) {
    return Set.of(snapshotOf(service), questionsTo(service), instructionsTo(service));
  }

  /** The services that can be asked when these addresses answer. */
  public static Set<Service> servicesAt(Set<String> addresses) {
    return Arrays.stream(Service.values())
        .filter(service -> addresses.contains(snapshotOf(service)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
