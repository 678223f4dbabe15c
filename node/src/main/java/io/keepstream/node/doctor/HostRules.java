package io.keepstream.node.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the process may do, and what else runs beside it. */
final class HostRules {
  static final int CAP_NET_ADMIN = 12;
  static final int CAP_NET_RAW = 13;

  /** What a node has open besides its checks: sockets, pipes, libraries. */
  private static final int FILES = 256;

  private final Needs needs;
  private final Facts facts;
  private final List<Finding> findings = new ArrayList<>();

  private HostRules(Needs needs, Facts facts) {
    this.needs = needs;
    this.facts = facts;
  }

  static List<Finding> examine(Needs needs, Facts facts) {
    HostRules rules = new HostRules(needs, facts);
    rules.capabilities();
    rules.keepalived();
    rules.clock();
    rules.files();
    rules.directories();
    return rules.findings;
  }

  private void capabilities() {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    if (needs.elects() || needs.balances()) {
      wanted.put("CAP_NET_ADMIN", CAP_NET_ADMIN);
    }
    if (needs.elects()) {
      wanted.put("CAP_NET_RAW", CAP_NET_RAW);
    }
    String missing =
        wanted.entrySet().stream()
            .filter(each -> (facts.capabilities() >> each.getValue() & 1) == 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(" "));
    findings.add(
        missing.isEmpty()
            ? Finding.ok("capabilities", "all that are needed")
            : Finding.fail(
                "capabilities",
                missing + " is missing",
                "run it as root, or with AmbientCapabilities=" + missing + " in its unit"));
  }

  private void keepalived() {
    findings.add(
        facts.keepalived().isEmpty()
            ? Finding.ok("keepalived", "does not run here")
            : Finding.fail(
                "keepalived",
                "runs in this network namespace as process %s, and both would act"
                    .formatted(
                        facts.keepalived().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))),
                "systemctl disable --now keepalived"));
  }

  private void clock() {
    String mend = "timedatectl set-ntp true";
    findings.add(
        facts
            .clockSynchronized()
            .map(
                right ->
                    right
                        ? Finding.ok("clock", "is synchronized")
                        : Finding.warn(
                            "clock",
                            "is not synchronized: times of events and signed adverts go by it,"
                                + " elections do not",
                            mend))
            .orElseGet(
                () -> Finding.warn("clock", "the kernel does not tell how right it is", mend)));
  }

  private void files() {
    long wanted = FILES + (long) needs.checks();
    findings.add(
        facts.openFiles() >= wanted
            ? Finding.ok("open files", "%d are enough".formatted(facts.openFiles()))
            : Finding.fail(
                "open files",
                "at most %d, but %d checks may want %d"
                    .formatted(facts.openFiles(), needs.checks(), wanted),
                "ulimit -n " + wanted));
  }

  private void directories() {
    facts
        .unwritable()
        .forEach(
            (directory, reason) ->
                findings.add(
                    needs.journal().filter(directory::equals).isPresent()
                        ? Finding.fail("journal " + directory, reason, "mkdir -p " + directory)
                        : Finding.warn(
                            "directory " + directory,
                            reason + ": nobody can ask the node",
                            "install -d -m 0700 " + directory)));
    needs
        .journal()
        .filter(directory -> !facts.unwritable().containsKey(directory))
        .ifPresent(directory -> findings.add(Finding.ok("journal " + directory, "is writable")));
  }
}
