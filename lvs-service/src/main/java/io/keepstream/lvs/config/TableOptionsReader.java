package io.keepstream.lvs.config;

import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.FilePaths;
import io.keepstream.config.value.Numbers;
import io.keepstream.lvs.ipvs.Dataplane;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what {@code global_defs} says about the table as a whole. */
final class TableOptionsReader {
  private static final List<String> SYNC_WORDS =
      List.of("inst", "id", "maxlen", "port", "ttl", "group");

  private final Section root;

  TableOptionsReader(Section root) {
    this.root = root;
  }

  TableOptions read() {
    return new TableOptions(
        global("lvs_table").filter(line -> line.argument(0).equals("ours")).isPresent(),
        global("lvs_flush").isPresent(),
        everythingAtStop(),
        global("lvs_timeouts").map(TableOptionsReader::timeouts).orElse(Timeouts.UNCHANGED),
        sync());
  }

  boolean tellsOfStart() {
    return root.blocks("global_defs").stream()
        .map(block -> block.bool("rs_init_notifies", false))
        .reduce(false, (before, after) -> after);
  }

  /** What is to carry the table out; empty for what the kernel has. */
  Optional<Dataplane> dataplane() {
    return global("dataplane")
        .flatMap(
            line ->
                Arrays.stream(Dataplane.values())
                    .filter(each -> each.word().equals(line.argument(0)))
                    .findFirst());
  }

  /** The receive buffer of the socket to the kernel; empty for our own choice. */
  OptionalInt receiveBufferBytes() {
    return root.blocks("global_defs").stream()
        .map(block -> block.integer("lvs_netlink_cmd_rcv_bufs"))
        .reduce(OptionalInt.empty(), (before, after) -> after.isPresent() ? after : before);
  }

  /** Where what operators set is kept. */
  Path stateFile() {
    return global("lvs_state_file")
        .flatMap(line -> FilePaths.read(line.argument(0)))
        .orElse(LvsConfig.STATE_FILE);
  }

  /** The last line of {@code word} in any {@code global_defs}. */
  private Optional<Statement> global(String word) {
    return root.blocks("global_defs").stream()
        .flatMap(block -> block.last(word).stream())
        .reduce((before, after) -> after);
  }

  /** {@code VS} says how ours are removed, which is how they always are. */
  private boolean everythingAtStop() {
    return global("lvs_flush_on_stop")
        .or(() -> global("lvs_flush_onstop"))
        .filter(line -> line.arguments().isEmpty())
        .isPresent();
  }

  private static Timeouts timeouts(Statement line) {
    return new Timeouts(
        Values.option(line, "tcp").orElse(0),
        Values.option(line, "tcpfin").orElse(0),
        Values.option(line, "udp").orElse(0));
  }

  private Optional<SyncRule> sync() {
    Optional<SyncRule> rule =
        root.blocks("global_defs").stream()
            .flatMap(block -> block.all("lvs_sync_daemon").stream())
            .findFirst()
            .map(this::sync);
    return rule.or(this::syncOfInstance);
  }

  private SyncRule sync(Statement line) {
    Deque<String> bare = new ArrayDeque<>();
    for (int i = 1; i < line.arguments().size(); i++) {
      String word = line.argument(i);
      if (SYNC_WORDS.contains(word)) {
        break;
      }
      bare.add(word);
    }
    Optional<String> instance =
        Values.optionText(line, "inst").or(() -> Optional.ofNullable(bare.poll()));
    long syncId =
        Values.option(line, "id")
            .orElseGet(
                () ->
                    Optional.ofNullable(bare.poll())
                        .map(word -> Numbers.integer(word).orElse(0))
                        .orElseGet(() -> instance.map(this::virtualRouterId).orElse(0L)));
    SyncDaemon.Channel channel =
        new SyncDaemon.Channel(
            (int) Values.option(line, "maxlen").orElse(0),
            (int) Values.option(line, "port").orElse(0),
            (int) Values.option(line, "ttl").orElse(0),
            Values.optionText(line, "group").flatMap(Addresses::ip));
    return new SyncRule(line.argument(0), instance, (int) syncId, channel);
  }

  /** The former way, inside the instance. */
  private Optional<SyncRule> syncOfInstance() {
    return root.blocks("vrrp_instance").stream()
        .filter(instance -> instance.text("lvs_sync_daemon_interface").isPresent())
        .findFirst()
        .map(
            instance ->
                new SyncRule(
                    instance.text("lvs_sync_daemon_interface").orElseThrow(),
                    Optional.of(instance.name()),
                    (int) virtualRouterId(instance.name()),
                    SyncDaemon.Channel.KERNELS));
  }

  private long virtualRouterId(String instance) {
    return root.blocks("vrrp_instance").stream()
        .filter(block -> block.name().equals(instance))
        .findFirst()
        .map(block -> block.integer("virtual_router_id").orElse(0))
        .orElse(0);
  }
}
