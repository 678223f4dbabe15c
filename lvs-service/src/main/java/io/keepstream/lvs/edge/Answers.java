package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.Outcome.Failure;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.plan.TableChange.AddDestination;
import io.keepstream.lvs.plan.TableChange.AddService;
import io.keepstream.lvs.plan.TableChange.RemoveDestination;
import io.keepstream.lvs.plan.TableChange.RemoveService;
import io.keepstream.lvs.plan.TableChange.SetTimeouts;
import io.keepstream.lvs.plan.TableChange.StartDaemon;
import io.keepstream.lvs.plan.TableChange.StopDaemon;
import io.keepstream.lvs.plan.TableChange.UpdateDestination;
import io.keepstream.lvs.plan.TableChange.UpdateService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the kernel's answers to changes mean, and what to ask instead. */
final class Answers {
  /** Answers about what was asked, and not about what is there. */
  private static final Set<Integer> PLAIN =
      Set.of(Errno.EINVAL, Errno.ERANGE, Errno.EAFNOSUPPORT, Errno.ENOENT, Errno.ENODEV);

  private final List<TableChange> changes;
  private final List<Ack> acks;
  private final Map<Integer, TableChange> instead = new LinkedHashMap<>();
  private boolean surprised;

  Answers(List<TableChange> changes, List<Ack> acks) {
    this.changes = changes;
    this.acks = new ArrayList<>(acks);
    for (int i = 0; i < changes.size(); i++) {
      read(i);
    }
  }

  /** What to ask instead of changes that were refused for what is there or not there. */
  List<TableChange> others() {
    return List.copyOf(instead.values());
  }

  /** Takes the answers to {@link #others}. */
  void instead(List<Ack> answers) {
    int next = 0;
    for (int index : instead.keySet()) {
      acks.set(index, answers.get(next++));
    }
  }

  Outcome outcome() {
    List<TableChange> done = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      TableChange change = changes.get(i);
      switch (acks.get(i)) {
        case Ack.Done _ -> done.add(change);
        case Ack.Refused(int errno, String text) ->
            failures.add(new Failure(change, detail(change, errno, text)));
        case Ack.Lost(int errno) ->
            failures.add(new Failure(change, "no answer, " + Errno.describe(errno)));
      }
    }
    return new Outcome(done, failures, surprised);
  }

  private void read(int index) {
    TableChange change = changes.get(index);
    int errno = acks.get(index).errno();
    if (absent(change, errno)) {
      acks.set(index, new Ack.Done());
      surprised = true;
    } else if (other(change, errno).isPresent()) {
      instead.put(index, other(change, errno).get());
      surprised = true;
    } else if (errno != 0 && !PLAIN.contains(errno)) {
      surprised = true;
    }
  }

  /** Whether what was to be removed, or the whole service, is not there anyway. */
  private static boolean absent(TableChange change, int errno) {
    return (change instanceof RemoveService
            || change instanceof RemoveDestination
            || change instanceof StopDaemon)
        && (errno == Errno.ESRCH || errno == Errno.ENOENT);
  }

  private static Optional<TableChange> other(TableChange change, int errno) {
    return switch (change) {
      case AddService(var added) -> on(errno, Errno.EEXIST, new UpdateService(added, added));
      case UpdateService(var before, var after) -> on(errno, Errno.ESRCH, new AddService(after));
      case AddDestination(var service, var added) ->
          on(errno, Errno.EEXIST, new UpdateDestination(service, added, added));
      case UpdateDestination(var service, var before, var after) ->
          on(errno, Errno.ENOENT, new AddDestination(service, after));
      case RemoveService _, RemoveDestination _ -> Optional.empty();
      case StartDaemon _, StopDaemon _, SetTimeouts _ -> Optional.empty();
    };
  }

  private static Optional<TableChange> on(int errno, int expected, TableChange change) {
    return errno == expected ? Optional.of(change) : Optional.empty();
  }

  private static String detail(TableChange change, int errno, String text) {
    String known = Errno.describe(errno) + (text.isEmpty() ? "" : " (" + text + ")");
    if (errno != Errno.ENOENT) {
      return known;
    }
    return switch (change) {
      case AddService(var service) -> known + remedy(service);
      case UpdateService(var before, var service) -> known + remedy(service);
      case RemoveService _, AddDestination _, UpdateDestination _, RemoveDestination _ -> known;
      case StartDaemon _, StopDaemon _, SetTimeouts _ -> known;
    };
  }

  /** The kernel does not say which module it lacks. */
  private static String remedy(VirtualService service) {
    String modules = "ip_vs_" + service.scheduler();
    if (!service.persistence().engine().isEmpty()) {
      modules += " ip_vs_pe_" + service.persistence().engine();
    }
    return "; load what it lacks with: modprobe -a " + modules;
  }
}
