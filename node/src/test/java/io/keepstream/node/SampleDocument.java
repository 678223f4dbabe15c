package io.keepstream.node;

import static java.util.Map.entry;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.node.run.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A small document around one line of a block of the table, and what is said about that line. */
final class SampleDocument {
  private static final String DEFINITIONS =
      """
      vrrp_script T { script /bin/true
      }
      track_file T { file /tmp/x
      }
      vrrp_track_process T { process x
      }
      bfd_instance T { neighbor_ip 10.8.0.1
      }
      vrrp_instance T { virtual_router_id 1
      }
      track_group T { group { T } }
      virtual_server_group T { 10.8.0.2 80
      }
      """;
  private static final Map<String, String> HEADERS =
      Map.ofEntries(
          entry("vrrp_instance", "vrrp_instance X"),
          entry("vrrp_sync_group", "vrrp_sync_group X"),
          entry("track_group", "track_group X"),
          entry("vrrp_script", "vrrp_script X"),
          entry("vrrp_track_process", "vrrp_track_process X"),
          entry("track_file", "track_file X"),
          entry("vrrp_track_file", "vrrp_track_file X"),
          entry("bfd_instance", "bfd_instance X"),
          entry("virtual_server_group", "virtual_server_group X"),
          entry("virtual_server", "virtual_server 10.9.0.1 80"),
          entry("real_server", "real_server 10.9.0.2 80"));

  /** How the words of some lines have to be embedded; the placeholder is the word. */
  private static final Map<String, String> LINES =
      Map.ofEntries(
          entry("virtual_server (header)", "virtual_server %s {"),
          entry("virtual_server/lb_algo", "lb_algo %s"),
          entry("virtual_server/lb_kind", "lb_kind TUN %s"),
          entry("global_defs/lvs_sync_daemon", "lvs_sync_daemon eth0 T %s"),
          entry("global_defs/lvs_timeouts", "lvs_timeouts %s"),
          entry("global_defs/include_check", "include_check %s"),
          entry("vrrp_instance/use_vmac", "use_vmac eth0 %s"),
          entry("vrrp_instance/use_ipvlan", "use_ipvlan ipv0 %s"),
          entry("vrrp_instance/unicast_peer", "10.4.0.1 %s"),
          entry("static_ipaddress", "10.4.0.1/24 %s"),
          entry("vrrp_instance/virtual_ipaddress", "10.4.0.1/24 %s"),
          entry("vrrp_instance/virtual_ipaddress_excluded", "10.4.0.1/24 %s"),
          entry("static_routes", "10.4.0.0/24 %s"),
          entry("vrrp_instance/virtual_routes", "10.4.0.0/24 %s"));

  /** Words that stand for the first word of their line, or before it. */
  private static final Map<String, String> FIRST_WORDS =
      Map.of(
          "<address>", "%s",
          "<destination>", "%s",
          "<peer>", "%s",
          "<interface>", "%s",
          "to", "%s",
          "default6", "%s",
          "<type>", "%s 10.4.0.0/24");

  private final List<String> lines;
  private final int lineNumber;

  private SampleDocument(List<String> lines, int lineNumber) {
    this.lines = lines;
    this.lineNumber = lineNumber;
  }

  /**
   * A document in which {@code words}, a use of {@code keyword}, stand where {@code block} has it.
   */
  static SampleDocument with(String block, String keyword, String words) {
    List<String> lines = new ArrayList<>(DEFINITIONS.lines().toList());
    int open = 0;
    for (String part : opened(block)) {
      lines.add(HEADERS.getOrDefault(part, part) + " {");
      open++;
    }
    lines.addAll(companions(words));
    String line = embedded(block, keyword, words);
    lines.add(line);
    int lineNumber = lines.size();
    open += line.endsWith("{") ? 1 : 0;
    lines.add("}".repeat(open));
    return new SampleDocument(lines, lineNumber);
  }

  private static List<String> opened(String block) {
    boolean words = LINES.containsKey(block) && !LINES.get(block).startsWith("10.");
    List<String> parts = Arrays.asList(block.split("/", -1));
    if (block.equals("(top level)") || block.equals("virtual_server (header)")) {
      return List.of();
    }
    return words ? parts.subList(0, parts.size() - 1) : parts;
  }

  private static String embedded(String block, String keyword, String words) {
    if (block.contains("/track_") && words.matches("(weight|reverse|noreverse).*")) {
      return words.startsWith("weight") ? "T " + words : "T weight 1 " + words;
    }
    String frame = LINES.getOrDefault(block, "%s");
    if (frame.startsWith("10.")) {
      frame = FIRST_WORDS.getOrDefault(keyword, frame);
    } else if (List.of("<interface>", "<mac>", "NAT", "DR", "TUN").contains(keyword)) {
      frame = frame.replaceAll(" (eth0 T|eth0|TUN) %s", " %s");
    }
    return frame.replace("%s", words).strip();
  }

  private static List<String> companions(String words) {
    return switch (words.split(" ", 2)[0]) {
      case "sh-port", "sh-fallback" -> List.of("lb_algo sh");
      case "mh-port", "mh-fallback" -> List.of("lb_algo mh");
      case "sorry_server_inhibit", "sorry_server_lvs_method" -> List.of("sorry_server 10.9.0.3 80");
      default -> List.of();
    };
  }

  /** What is said about the line. */
  List<Diagnostic> findings() {
    Document document = ConfigReader.read("f", new TextSource("f", String.join("\n", lines)));
    List<Diagnostic> all = new ArrayList<>(document.diagnostics());
    all.addAll(Words.all().check(document));
    return all.stream().filter(d -> d.position().line() == lineNumber).toList();
  }

  @Override
  public String toString() {
    return lines.get(lineNumber - 1);
  }
}
