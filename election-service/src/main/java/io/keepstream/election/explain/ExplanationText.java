package io.keepstream.election.explain;

import io.keepstream.contract.event.Priority;
import io.keepstream.contract.value.Durations;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explanations for people. */
public final class ExplanationText {
  private static final String NEXT_LINE = "\n             ";

  private ExplanationText() {}

  /** All of {@code explanation}, a line per subject. */
  public static String of(Explanation explanation) {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    String age = age(explanation.ageMillis());
    text.add(
        "%s is %s since %s (VRRPv%d, VRID %d on %s)"
            .formatted(
                explanation.router().instance(),
                explanation.state(),
                age,
                explanation.version(),
                explanation.router().vrid(),
                explanation.router().networkInterface()));
    line(text, "because", List.of(explanation.cause().text() + " (" + age + " before now)"));
    line(text, "faults", explanation.faults());
    line(
        text, "group", Stream.ofNullable(explanation.group()).map(ExplanationText::group).toList());
    line(text, "priority", List.of(sum(explanation.priority())));
    line(text, "trackers", explanation.trackers().stream().map(ExplanationText::tracker).toList());
    line(text, "heard", explanation.peers().stream().map(ExplanationText::peer).toList());
    line(
        text,
        "refused",
        Stream.ofNullable(explanation.refused()).map(ExplanationText::refused).toList());
    line(
        text,
        "timers",
        explanation.timers().stream()
            .map(timer -> timer.name() + " in " + age(timer.remainingMillis()))
            .toList());
    line(
        text,
        "addresses",
        List.of(
            String.join(", ", explanation.addresses())
                + (explanation.addressesHeld() ? " (held here)" : " (not held here)")));
    line(text, "next", explanation.next());
    return text.toString();
  }

  /** The members of a sync group, a line each. */
  public static String of(GroupExplanation explanation) {
    return explanation.members().stream()
        .map(
            each ->
                "  %-16s %-8s since %s\n"
                    .formatted(each.instance(), each.state(), age(each.ageMillis())))
        .collect(
            Collectors.joining(
                "",
                "%s is a sync group; all of it is in FAULT when one member is\n"
                    .formatted(explanation.group()),
                ""));
  }

  private static void line(StringJoiner text, String subject, List<String> said) {
    if (!said.isEmpty()) {
      text.add("  %-10s %s".formatted(subject, String.join(NEXT_LINE, said)));
    }
  }

  private static String group(Explanation.Group group) {
    return group.others().isEmpty()
        ? group.name()
        : group.name() + ", with " + String.join(", ", group.others());
  }

  private static String sum(Priority priority) {
    String shares =
        priority.shares().stream()
            .map(share -> " %+d (%s)".formatted(share.points(), share.tracker()))
            .collect(Collectors.joining());
    return shares.isEmpty()
        ? String.valueOf(priority.effective())
        : "%d = %d%s".formatted(priority.effective(), priority.base(), shares);
  }

  private static String tracker(Explanation.Tracker tracker) {
    return "%s %s is %s, weight %d%s%s"
        .formatted(
            tracker.tracker().kind().label(),
            tracker.tracker().name(),
            tracker.says(),
            tracker.weight(),
            tracker.weight() == 0 ? " (faults)" : "",
            tracker.reverse() ? " reversed" : "");
  }

  private static String peer(Explanation.Peer peer) {
    return "%s priority %d, every %s, %s ago"
        .formatted(
            peer.address(), peer.priority(), age(peer.intervalMillis()), age(peer.ageMillis()));
  }

  private static String refused(Explanation.Refused refused) {
    return "adverts of %s: %s (%s), %d so far, last %s ago"
        .formatted(
            refused.address(),
            refused.meaning(),
            refused.reason(),
            refused.adverts(),
            age(refused.ageMillis()));
  }

  private static String age(long millis) {
    return Durations.text(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
