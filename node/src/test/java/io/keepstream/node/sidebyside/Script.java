package io.keepstream.node.sidebyside;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What happens to the servers, as a seed makes it up. */
final class Script {
  private static final int MOST_AT_A_TIME = 5;
  private static final int MOST_ATTEMPTS = 4;

  /** What becomes of a server. */
  sealed interface Change {
    /** Its place among the servers. */
    int subject();

    /** Out of order from now on. */
    record Fails(int subject, Fault fault) implements Change {}

    /** All right again. */
    record Recovers(int subject) implements Change {}

    /** Out of order for so many attempts, whether they are enough for a verdict or not. */
    record Stumbles(int subject, Fault fault, int attempts) implements Change {}
  }

  private final Random random;
  private final List<Subject> subjects;
  private final Set<Integer> failed = new HashSet<>();

  Script(long seed, List<Subject> subjects) {
    this.random = new Random(seed);
    this.subjects = subjects;
  }

  /** When and how often each server is looked at. */
  List<String> rules() {
    return subjects.stream().map(this::rules).toList();
  }

  private String rules(Subject subject) {
    return """
           delay_loop 0.%d
           retry %d
           delay_before_retry 0.%d
           connect_timeout 0.5
           warmup 0
           omega
           %s
        """
        .formatted(
            4 + random.nextInt(4),
            1 + random.nextInt(3),
            1 + random.nextInt(3),
            subject.hasToProveItself() ? "alpha" : "");
  }

  /** What happens next, all of it at the same time. */
  List<Change> next() {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      places.add(i);
    }
    Collections.shuffle(places, random);
    return places.subList(0, 1 + random.nextInt(MOST_AT_A_TIME)).stream().map(this::next).toList();
  }

  /** All that is out of order gets well. */
  List<Change> end() {
    return failed.stream().<Change>map(Change.Recovers::new).toList();
  }

  private Change next(int place) {
    if (failed.remove(place)) {
      return new Change.Recovers(place);
    }
    Subject subject = subjects.get(place);
    Fault fault = subject.faults().stream().toList().get(random.nextInt(subject.faults().size()));
    if (subject instanceof AskedSubject && random.nextBoolean()) {
      return new Change.Stumbles(place, fault, 1 + random.nextInt(MOST_ATTEMPTS));
    }
    failed.add(place);
    return new Change.Fails(place, fault);
  }
}
