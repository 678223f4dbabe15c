package io.keepstream.notifier.torture;

import io.keepstream.contract.Bus;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.Fifo;
import io.keepstream.notifier.config.JournalSettings;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.VrrpNotify;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.edge.NotifierVerticle;
import io.keepstream.notifier.journal.Retention;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.edge.EventLink;
import io.keepstream.runtime.link.edge.LinkListener;
import io.keepstream.runtime.script.ScriptCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The notifier in a process of its own, so that it can be killed. */
public final class NotifierChild {
  /** The instance whose transitions run a script too. */
  static final String SCRIPTED = "election-0";

  private static final long TIMEOUT_MILLIS = 500;

  private NotifierChild() {}

  /** Where everything is: sockets of the link, journal, FIFO and script below {@code directory}. */
  static Process start(Path directory, int hookPort, String bootstrapServers) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NotifierChild.class.getName());
    command.addAll(List.of(directory.toString(), Integer.toString(hookPort), bootstrapServers));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(directory.resolve("notifier.log").toFile()))
        .start();
  }

  /** Runs until it is killed. */
  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    ContractCodec.register(vertx);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    NotifierVerticle notifier =
        new NotifierVerticle(
            "lb1", config(directory, Integer.parseInt(arguments[1]), arguments[2]), meters);
    EventLink link =
        new EventLink(
            directory.resolve("link"),
            "notifier",
            Set.of(Bus.EVENTS, Bus.SNAPSHOTS),
            new Nobody(),
            meters);
    vertx
        .deployVerticle(notifier)
        .compose(ready -> vertx.deployVerticle(link))
        .onSuccess(ready -> link.export(notifier.addresses()))
        .onFailure(
            failure -> {
              failure.printStackTrace();
              System.exit(1);
            });
  }

  private static NotifierConfig config(Path directory, int hookPort, String bootstrapServers) {
    Webhook webhook =
        new Webhook(
            "ops",
            new Webhook.Endpoint(
                URI.create("http://127.0.0.1:" + hookPort + "/"), Optional.empty(), TIMEOUT_MILLIS),
            List.of(),
            new Webhook.Wanted(List.of("vrrp.*"), List.of()),
            new Webhook.Form.CloudEvent());
    ScriptCommand script =
        new ScriptCommand(List.of(directory.resolve("notify").toString()), null, null);
    Scripts scripts =
        new Scripts(
            Map.of(SCRIPTED, new VrrpNotify(Map.of(), Optional.of(script), false, false)),
            Map.of(),
            Map.of(),
            Map.of());
    return new NotifierConfig(
            scripts,
            List.of(
                new Fifo(
                    directory.resolve("fifo"),
                    Fifo.Lines.VRRP,
                    Optional.empty(),
                    Optional.empty())),
            List.of(webhook),
            Optional.of(new EventStream(bootstrapServers, "edge", true, Map.of())),
            Optional.empty())
        .withJournal(
            new JournalSettings(
                directory.resolve("disk"), new Retention(64 << 20, Duration.ofDays(1))));
  }

  private record Nobody() implements LinkListener {
    @Override
    public void joined(String peer, Set<String> exports) {}

    @Override
    public void left(String peer, DropReason reason) {}
  }
}
