package io.keepstream.node.sidebyside;

import static java.util.stream.Collectors.joining;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.peer.Keepalived;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** One of the two programs on a host of two networks of its own, and all who are told by it. */
final class NotifiedSide {
  private static final int QUORUM_MISSES = 2;

  private final Daemon.Program program;
  private final LabHost host;
  private final LabHost neighbor;
  private final LabHost rival;
  private final List<Subject> servers;
  private final Told told;
  private Keepalived higher;
  private Daemon running;

  NotifiedSide(
      NamespaceLab lab, String name, SSLContext tls, Told.Readers readers, Daemon.Program program) {
    this.program = program;
    host =
        lab.host(name)
            .nic("eth0", lab.bridge(name + "a"), "10.0.0.1/24")
            .nic("eth1", lab.bridge(name + "b"), "10.1.0.1/24");
    neighbor = lab.host(name + "n").nic("eth0", lab.bridge(name + "a"), "10.0.0.2/24");
    rival = lab.host(name + "r").nic("eth0", lab.bridge(name + "a"), "10.0.0.3/24");
    servers = Subjects.on(host, tls).stream().filter(Subject::hasToProveItself).toList();
    told = new Told(host, readers);
  }

  void start() {
    Keepalived.start(neighbor, Keepalived.Part.VRRP, instance("VI_3", 3, 80, ""));
    running =
        program.start(
            host, config(List.of("VI_1", "VI_2", "VI_3", "VI_4", "VI_5"), 150, servers.size()));
  }

  /** Two instances and a server go, one comes, one has another priority. */
  void reload() {
    running.reload(config(List.of("VI_1", "VI_2", "VI_3", "VI_6"), 160, servers.size() - 1));
  }

  void stop() {
    running.stop();
  }

  /** A node whose priority is higher. */
  void rivalComes() {
    higher = Keepalived.start(rival, Keepalived.Part.VRRP, instance("VI_1", 1, 200, ""));
  }

  void rivalGoes() {
    higher.stop();
  }

  /** For the scripts that are tracked. */
  void mark(String name) {
    try {
      Files.createFile(told.path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void unmark(String name) {
    try {
      Files.delete(told.path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void link(String upOrDown) {
    host.ip("link set eth1 " + upOrDown);
  }

  void servers(Fault fault) {
    servers.subList(0, QUORUM_MISSES).forEach(server -> server.become(fault));
  }

  Map<String, List<String>> told() {
    return told.all();
  }

  /** Whether these are the last words of each subject in the FIFO for all. */
  boolean says(Map<String, String> words) {
    Map<String, List<String>> all = told();
    return words.entrySet().stream()
        .allMatch(
            word ->
                all.getOrDefault("notify_fifo of " + word.getKey(), List.of(""))
                    .getLast()
                    .contains(" " + word.getValue()));
  }

  /** How the events name a server; the virtual server with -1. */
  static String server(int place) {
    String virtual = "[%s]:tcp:%d".formatted(Side.service(0), Side.PORT);
    return place < 0
        ? "VS " + virtual
        : "RS [%s]:tcp:%d %s".formatted(Side.address(place), Side.PORT, virtual);
  }

  int serverCount() {
    return servers.size();
  }

  private String config(List<String> instances, int priority, int serverCount) {
    return """
        global_defs {
         router_id LB
         script_user root
         vrrp_notify_priority_changes true
        %s}
        vrrp_script fails {
         script "/usr/bin/test ! -e %s"
         interval 1
         timeout 10
        }
        vrrp_script weighs {
         script "/usr/bin/test ! -e %s"
         interval 1
         timeout 10
         weight -30
        }
        vrrp_sync_group G {
         group {
          VI_1
          VI_2
         }
        %s}
        %s%s
        """
        .formatted(
            told.words(),
            told.path("fault"),
            told.path("heavy"),
            scripts("GROUP", "G"),
            instances.stream().map(name -> instance(name, priority)).collect(joining()),
            virtualServer(serverCount));
  }

  private String instance(String name, int priority) {
    String tracked =
        switch (name) {
          case "VI_1" -> " track_script {\n  fails\n }\n";
          case "VI_3" -> " track_script {\n  weighs\n }\n";
          case "VI_4" -> " notify_deleted\n";
          default -> "";
        };
    int number = Integer.parseInt(name.substring("VI_".length()));
    return instance(
        name, number, name.equals("VI_1") ? priority : 100, scripts("INSTANCE", name) + tracked);
  }

  private String scripts(String kind, String name) {
    return Stream.of("master", "backup", "fault", "stop")
            .map(
                state ->
                    " notify_%s %s\n"
                        .formatted(
                            state, told.recorder("state %s %s %s".formatted(kind, name, state))))
            .collect(joining())
        + " notify %s\n".formatted(told.recorder("notify"));
  }

  private static String instance(String name, int number, int priority, String more) {
    return """
        vrrp_instance %s {
         interface %s
         virtual_router_id %d
         version 3
         advert_int 0.5
         priority %d
         virtual_ipaddress {
          10.%d.0.%d/24
         }
        %s}
        """
        .formatted(
            name,
            number == 2 ? "eth1" : "eth0",
            50 + number,
            priority,
            number == 2 ? 1 : 0,
            100 + number,
            more);
  }

  /** Its quorum bears the loss of one. */
  private String virtualServer(int serverCount) {
    return """
        virtual_server %s %d {
         protocol TCP
         delay_loop 0.5
         retry 1
         delay_before_retry 0.1
         connect_timeout 0.5
         warmup 0
         alpha
         omega
         quorum %d
         quorum_up %s
         quorum_down %s
        %s}
        """
        .formatted(
            Side.service(0),
            Side.PORT,
            servers.size() - 1,
            told.recorder("quorum VS 0 up"),
            told.recorder("quorum VS 0 down"),
            IntStream.range(servers.size() - serverCount, servers.size())
                .mapToObj(this::realServer)
                .collect(joining()));
  }

  private String realServer(int place) {
    return """
         real_server %s %d {
          notify_up %s
          notify_down %s
          %s {
           %s
          }
         }
        """
        .formatted(
            Side.address(place),
            Side.PORT,
            told.recorder("server RS %d up".formatted(place)),
            told.recorder("server RS %d down".formatted(place)),
            servers.get(place).checker(),
            servers.get(place).words());
  }
}
