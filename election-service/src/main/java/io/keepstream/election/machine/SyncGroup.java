package io.keepstream.election.machine;

import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.TransitionCause.Reason;
import io.keepstream.election.machine.Event.AdvertHeard;
import io.keepstream.election.machine.Event.GroupAgreed;
import io.keepstream.election.machine.Event.GroupGaveWay;
import io.keepstream.election.machine.Event.GroupHeardResignation;
import io.keepstream.election.machine.Event.OfGroup;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Master;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The rules of a {@code vrrp_sync_group}, pure. Every member has its own machine; the group turns
 * what one of them does into events for the others:
 *
 * <ul>
 *   <li>FAULT: a member's faults are everybody's ({@link #shared}), so all resign together and come
 *       back when the last fault of the last member is gone. Nobody starts before all can.
 *   <li>MASTER: a member whose timer has fired only wants to be MASTER. When all want, all are,
 *       within one event; it does not matter whose timer was last, or by how little.
 *   <li>BACKUP: when one gives way to a better node, all do, without resigning: the better node is
 *       MASTER of its whole group and heard everywhere soon.
 *   <li>Resignation: a priority 0 from the MASTER a member follows is a hint for the others. The
 *       resigning node may be unable to say it on their link, which is often why it resigns.
 * </ul>
 */
public final class SyncGroup {
  private SyncGroup() {}

  /** A member as it stands. */
  public record Member(String name, State state) {}

  /**
   * What a member has just done.
   *
   * @param member its place in the group
   * @param previous its state before
   * @param event what happened to it
   * @param cause why its state's name changed, or null
   */
  public record Move(int member, State previous, Event event, TransitionCause cause) {}

  /** An event for the member at a place. */
  public record Step(int member, OfGroup event) {}

  /** A member and what it knows by itself. */
  public record Knowing(String name, Parameters own) {}

  /** What {@code member}, one of {@code members}, knows as part of the group. */
  public static Parameters shared(Knowing member, List<Knowing> members) {
    Parameters own = member.own();
    return new Parameters(
        own.config(),
        own.priority(),
        own.primaryAddress(),
        everybodys(member, members, Parameters::faults),
        everybodys(member, members, Parameters::awaited),
        true);
  }

  /** A member's own, and those of others that it does not have itself, under their names. */
  private static List<String> everybodys(
      Knowing member, List<Knowing> members, Function<Parameters, List<String>> list) {
    List<String> own = list.apply(member.own());
    Set<String> all = new LinkedHashSet<>(own);
    for (Knowing other : members) {
      list.apply(other.own()).stream()
          .filter(each -> !own.contains(each))
          .forEach(each -> all.add(other.name() + ": " + each));
    }
    return List.copyOf(all);
  }

  /** What follows for {@code members} from the move of one of them, in this order. */
  public static List<Step> next(List<Member> members, Move move) {
    Member moved = members.get(move.member());
    if (move.previous() instanceof Master
        && moved.state() instanceof Backup
        && !(move.event() instanceof OfGroup)) {
      boolean stalled = move.cause().reason() == Reason.STALLED;
      return others(members, move, Master.class, new GroupGaveWay(moved.name(), stalled));
    }
    if (move.previous() instanceof Backup before
        && move.event() instanceof AdvertHeard advert
        && advert.priority() == 0
        && before.master() != null
        && before.master().sender().equals(advert.sender())) {
      return others(members, move, Backup.class, new GroupHeardResignation(advert.sender()));
    }
    return members.stream().map(Member::state).allMatch(SyncGroup::agrees)
        ? steps(members, state -> state instanceof Backup, new GroupAgreed())
        : List.of();
  }

  private static boolean agrees(State state) {
    return state instanceof Master || (state instanceof Backup backup && backup.wantsMaster());
  }

  private static List<Step> others(
      List<Member> members, Move move, Class<? extends State> kind, OfGroup event) {
    return steps(members, kind::isInstance, event).stream()
        .filter(step -> step.member() != move.member())
        .toList();
  }

  private static List<Step> steps(List<Member> members, Predicate<State> whose, OfGroup event) {
    return IntStream.range(0, members.size())
        .filter(place -> whose.test(members.get(place).state()))
        .mapToObj(place -> new Step(place, event))
        .toList();
  }
}
