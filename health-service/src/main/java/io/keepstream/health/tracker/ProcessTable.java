package io.keepstream.health.tracker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The running processes that match any of a set of patterns. Each method that takes in news says
 * whether it changed any count.
 */
public final class ProcessTable {
  private final Set<ProcessPattern> patterns;
  private final Map<Integer, Set<ProcessPattern>> matches = new HashMap<>();

  /** A table without any process yet. */
  public ProcessTable(Set<ProcessPattern> patterns) {
    this.patterns = Set.copyOf(patterns);
  }

  /** Whether the commands of processes are needed, and not only their names. */
  public boolean needsCommands() {
    return patterns.stream().anyMatch(ProcessPattern::byCommand);
  }

  /** How many processes match. */
  public int count(ProcessPattern pattern) {
    return (int) matches.values().stream().filter(one -> one.contains(pattern)).count();
  }

  /** These are all processes there are, by their number. */
  public boolean scanned(Map<Integer, ProcessInfo> all) {
    Map<Integer, Set<ProcessPattern>> before = Map.copyOf(matches);
    matches.clear();
    all.forEach((pid, process) -> put(pid, matching(process)));
    return !matches.equals(before);
  }

  /** A process began as a copy of its parent. */
  public boolean forked(int parent, int child) {
    return put(child, of(parent));
  }

  /** A process is what {@code process} says. */
  public boolean executed(int pid, ProcessInfo process) {
    return put(pid, matching(process));
  }

  /** A process has another name but the same command. */
  public boolean renamed(int pid, String name) {
    ProcessInfo renamed = new ProcessInfo(name, List.of());
    Set<ProcessPattern> before = of(pid);
    return put(
        pid,
        patterns.stream()
            .filter(
                pattern ->
                    pattern.byCommand() ? before.contains(pattern) : pattern.matches(renamed))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** A process is no more. */
  public boolean ended(int pid) {
    return matches.remove(pid) != null;
  }

  private Set<ProcessPattern> of(int pid) {
    return matches.getOrDefault(pid, Set.of());
  }

  private Set<ProcessPattern> matching(ProcessInfo process) {
    return patterns.stream()
        .filter(pattern -> pattern.matches(process))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean put(int pid, Set<ProcessPattern> matching) {
    Set<ProcessPattern> before =
        matching.isEmpty() ? matches.remove(pid) : matches.put(pid, matching);
    return !matching.equals(before == null ? Set.of() : before);
  }
}
