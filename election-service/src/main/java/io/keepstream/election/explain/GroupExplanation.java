package io.keepstream.election.explain;

import io.keepstream.contract.event.VrrpState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a sync group stands.
 *
 * @param group its name
 * @param members its members, in the order of the instances
 */
public record GroupExplanation(String group, List<Member> members) {
  public GroupExplanation {
    members = List.copyOf(members);
  }

  /**
   * A member.
   *
   * @param ageMillis how long the state has lasted
   */
  public record Member(String instance, VrrpState state, long ageMillis) {}

  /** The group called {@code name} if any of {@code views} moves with it. */
  public static Optional<GroupExplanation> of(String name, List<RouterView> views) {
    List<Member> members =
        views.stream()
            .filter(view -> view.group() != null && view.group().name().equals(name))
            .map(GroupExplanation::member)
            .toList();
    return members.isEmpty() ? Optional.empty() : Optional.of(new GroupExplanation(name, members));
  }

  private static Member member(RouterView view) {
    return new Member(
        view.name(), view.phase().state().name(), TimeUnit.NANOSECONDS.toMillis(view.ageNanos()));
  }
}
