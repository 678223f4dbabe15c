package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.contract.event.VirtualRouterRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads the part of the configuration that election-service acts on. */
public final class ElectionConfigReader {
  private ElectionConfigReader() {}

  /**
   * Reads {@code root}.
   *
   * @param interfaceExists whether this machine has an interface now; one that comes later is
   *     followed, so its absence is only a warning, and none with {@code dynamic_interfaces}
   * @param problems takes what does not make sense together; with an error the configuration must
   *     not be used
   */
  public static ElectionConfig read(
      Section root, Predicate<String> interfaceExists, Consumer<Diagnostic> problems) {
    GlobalDefaults global = GlobalDefaults.read(root);
    TrackReader trackReader = new TrackReader(root, problems);
    LinkReader linkReader = new LinkReader(root, problems);
    boolean dynamic = Words.joined(root, "global_defs").has("dynamic_interfaces");
    ItemReader itemReader = new ItemReader(root, problems);
    ReportedReader reportedReader = new ReportedReader(root);
    Map<String, Section> names = new HashMap<>();
    Map<String, Section> routers = new HashMap<>();
    List<InstanceConfig> instances = new ArrayList<>();
    for (Section block : root.blocks("vrrp_instance")) {
      if (!isFirst(names, block.name(), block, "the name " + block.name(), problems)) {
        continue;
      }
      boolean strict = StrictMode.applies(block, global);
      Section acting = strict ? StrictMode.purge(block, global, problems) : block;
      GlobalDefaults defaults = strict ? global.inStrictMode() : global.notStrict();
      new InstanceReader(acting, defaults, trackReader, itemReader, problems)
          .read()
          .filter(read -> isFirst(routers, identity(read), block, identity(read), problems))
          .map(read -> linkReader.read(acting, read, strict))
          .map(read -> read.reporting(reportedReader.read(block, strict, read.tracked())))
          .ifPresent(instances::add);
      block
          .last("interface")
          .filter(line -> !dynamic && !interfaceExists.test(line.argument(0)))
          .ifPresent(line -> problems.accept(missing(line)));
    }
    LinkGlobals links = LinkGlobals.read(root);
    DelayCheck.check(root, instances, links.delays(), problems);
    Section globalBlock = Words.joined(root, "global_defs");
    StartDelay delay =
        new StartDelay(
            globalBlock.decimalNanos("vrrp_startup_delay").orElse(0),
            globalBlock.decimalNanos("vrrp_delay_after_boot").orElse(0));
    return new ElectionConfig(
        instances,
        SyncGroupReader.read(root, problems),
        itemReader.statics(),
        BfdReader.read(root, problems),
        links,
        PacingReader.read(root, problems),
        delay,
        trackReader.patience());
  }

  private static Diagnostic missing(Statement line) {
    return Diagnostic.warning(
        line.arguments().isEmpty() ? line.position() : line.arguments().getFirst().position(),
        "there is no interface %s on this machine now; the instance is in FAULT until there is"
            .formatted(line.argument(0)));
  }

  private static String identity(InstanceConfig instance) {
    VirtualRouterRef router = instance.router();
    String where = " on " + router.networkInterface() + " (" + router.family() + ")";
    // Every start says this, and the first formatted number loads the words of the locale.
    return "virtual_router_id " + router.vrid() + where;
  }

  private static boolean isFirst(
      Map<String, Section> seen,
      String key,
      Section block,
      String what,
      Consumer<Diagnostic> problems) {
    Section first = seen.putIfAbsent(key, block);
    if (first != null) {
      problems.accept(
          Diagnostic.error(
              block.position(), "%s is already used at %s".formatted(what, first.position())));
    }
    return first == null;
  }
}
