package io.keepstream.node.demo;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.UserModeLinux;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.GenericNetlink;
import io.keepstream.node.Program;
import io.keepstream.node.run.Signals;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keepstream demo}: the tutorial, played on this machine. */
@Command(
    name = "demo",
    description = "Play the tutorial with two real nodes on this machine; needs root.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final int CANNOT = 4;

  @Option(
      names = "--lvs",
      description = "Balance with IPVS; without ip_vs in this kernel, in another.")
  private boolean lvs;

  @Option(
      names = "--terminal",
      negatable = true,
      description = "Keep a status line below the events (if standard output is a terminal).")
  private Boolean terminal;

  @Option(names = "--hints", negatable = true, defaultValue = "true", hidden = true)
  private boolean hints;

  @Override
  public Integer call() throws Exception {
    Libc libc = new ForeignLibc();
    if (libc.geteuid() != 0) {
      System.err.println("keepstream demo needs root, to make network namespaces: try sudo");
      return CANNOT;
    }
    boolean onTerminal = terminal == null ? isTerminal() : terminal;
    boolean ipvs = hasIpvs(libc);
    if (lvs && !ipvs) {
      return inUserModeLinux(onTerminal);
    }
    Screen screen = new Screen(System.out, onTerminal);
    screen.print("Two nodes share %s; web1 and web2 stand behind it.".formatted(Stage.VIP));
    if (!ipvs) {
      screen.print("This kernel has no ip_vs, so nftables balances in its place;");
      screen.print("keepstream demo --lvs plays with IPVS, in User Mode Linux.");
    }
    screen.print("persistence_timeout 50 keeps a client with the web server that it got first.");
    Signals signals = Signals.caught("HUP", "TERM", "INT");
    try (Stage stage = new Stage()) {
      DemoNode node1 = node(stage.node1(), stage, "node1.conf");
      DemoNode node2 = node(stage.node2(), stage, "node2.conf");
      new Demo(stage, node1, node2, screen, hints).play(signals);
    }
    screen.print("Nothing is left behind.");
    return 0;
  }

  private static DemoNode node(LabHost host, Stage stage, String example) throws IOException {
    Path file = stage.lab().directory().resolve(example);
    try (var text = DemoCommand.class.getResourceAsStream(example)) {
      Files.copy(text, file);
    }
    return new DemoNode(host, Program.command("run", "-f", file.toString(), "--log", "json"));
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private static boolean hasIpvs(Libc libc) {
    try (GenericNetlink netlink = GenericNetlink.open(libc)) {
      return netlink.family("IPVS").isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private static int inUserModeLinux(boolean onTerminal) throws Exception {
    Optional<String> obstacle = UserModeLinux.unavailable();
    if (obstacle.isPresent()) {
      System.err.println("keepstream demo --lvs " + obstacle.get());
      return CANNOT;
    }
    System.out.println("This kernel has no ip_vs; starting User Mode Linux, which has...");
    String screen = onTerminal ? "--terminal" : "--no-terminal";
    interruptOnSignal(Signals.caught("HUP", "TERM", "INT"), Thread.currentThread());
    int status = 0;
    try {
      status =
          UserModeLinux.attach(
              Program.commandIn(UserModeLinux.TEMPORARY, "demo", "--lvs", "--no-hints", screen),
              System.out);
    } catch (InterruptedException e) {
      System.out.println();
    }
    System.out.println("Nothing is left behind.");
    return status;
  }

  private static void interruptOnSignal(Signals signals, Thread waiting) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                signals.next();
                waiting.interrupt();
              } catch (InterruptedException e) {
                waiting.interrupt();
              }
            });
  }
}
