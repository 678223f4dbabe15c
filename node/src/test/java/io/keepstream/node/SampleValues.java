package io.keepstream.node;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes plausible arguments from the table's description of their form and range. */
final class SampleValues {
  private static final Pattern FIRST_OF_RANGE = Pattern.compile("(-?[0-9.]*[0-9])\\.\\.-?[0-9]");
  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          entry("IFNAME", "eth0"),
          entry("IP", "10.3.0.1"),
          entry("IP[/PREFIX]", "10.3.0.0/24"),
          entry("IP/PREFIX", "10.3.0.0/24"),
          entry("IP-LAST", "10.3.0.1-9"),
          entry("IP-IP", "10.3.0.1-10.3.1.9"),
          entry("IP[/LEN]", "10.3.0.1/24"),
          entry("IPv4", "224.0.0.19"),
          entry("IPv6", "ff02::13"),
          entry("PORT", "80"),
          entry("NAME", "T"),
          entry("INSTANCE", "T"),
          entry("STRING", "\"some text\""),
          entry("ADDRESS", "10.3.0.1"),
          entry("HOST", "mail.example.org"),
          entry("PATH", "/tmp/x"),
          entry("DIR", "/tmp"),
          entry("LOGFILE", "/tmp/x.log"),
          entry("TABLE", "t1"),
          entry("SCRIPT", "\"/bin/x 'a b'\""),
          entry("COMMAND,", "\"/bin/x 'a b'\""),
          entry("PATTERN", "\"^a\\\\d\""),
          entry("USER", "root"),
          entry("GROUP", "root"),
          entry("[:]GROUP", ":root"),
          entry("BOOL", "on"),
          entry("SECS", "900"),
          entry("N", "5"),
          entry("ID", "5"),
          entry("VALUE", "hex:00112233"),
          entry("HEX", "00ff00ff00ff00ff00ff00ff00ff00ff"),
          entry("MAC", "02:00:00:00:00:01"),
          entry("XX:XX:XX:XX:XX[:XX]", "02:00:00:00:00:01"),
          entry("A-B", "5-6"),
          entry("TIME", "250ms"),
          entry("DOWN", "1.5"),
          entry("UP", "2"),
          entry("DESTINATION", "10.3.0.0/24"),
          entry("[FROM/]TO", "1/2"),
          entry("INT[/MASK]", "0x10/0xff"),
          entry("INT|MIN-MAX", "200-204"),
          entry("WORD", "match"),
          entry("+WORD|-WORD", "+read"),
          entry("NETMASK", "255.255.255.0"),
          entry("OCTAL/HEX/DECIMAL", "0077"),
          entry("ARG", "arg"),
          entry("START", "1"),
          entry("MAX", "2"));

  private SampleValues() {}

  /** Words whose form the table describes in prose. */
  private static final Map<String, List<String>> WRITTEN =
      Map.ofEntries(
          entry("virtual_server", List.of("10.3.0.1 80", "10.3.0.1", "fwmark 5", "group T")),
          entry("lb_algo", List.of("rr")),
          entry("lvs_sched", List.of("wlc")),
          entry("regex_options", List.of("caseless multiline")),
          entry("virtual_server/real_server/DNS_CHECK type", List.of("SOA", "aaaa")),
          entry("preferred_lft", List.of("300", "forever")),
          entry(
              "encap",
              List.of(
                  "ip id 5 dst 10.3.0.1 tos 8 ttl 9",
                  "ip6 id 5 dst 2001:db8::1 tc 8 hoplimit 9",
                  "mpls 100/200",
                  "ila 2001:db8:1:1")),
          entry(
              "nexthop",
              List.of(
                  "via 10.3.0.1 dev eth0 weight 5 onlink encap mpls 100 realms 2 nexthop dev a")));

  /** Samples that show every alternative of {@code row} at least once. */
  static List<String> of(KeywordRow row) {
    List<String> written = WRITTEN.get(row.keyword());
    if (written == null) {
      written = WRITTEN.get(row.block() + " " + row.keyword());
    }
    if (written != null) {
      return written;
    }
    if (row.arguments().startsWith("NAME {")) {
      return List.of("fresh");
    }
    String form = row.arguments().replaceAll(" \\{.*|\\{.*| or .*| quoted as .*", "");
    if (form.isEmpty() || form.equals("(none)") || form.equals("(value)")) {
      return List.of("");
    }
    List<String> samples = new ArrayList<>();
    int alternatives =
        Stream.of(form.split(" ", -1))
            .mapToInt(token -> token.split("\\|", -1).length)
            .max()
            .orElse(1);
    for (int i = 0; i < alternatives; i++) {
      samples.add(sample(form, row, i));
    }
    return samples;
  }

  private static String sample(String form, KeywordRow row, int alternative) {
    List<String> words = new ArrayList<>();
    String before = "";
    for (String token : form.split(" ", -1)) {
      String word = value(token, row, alternative, before);
      if (!word.isEmpty()) {
        words.add(word);
      }
      before = word;
    }
    return String.join(" ", words);
  }

  private static String value(String token, KeywordRow row, int alternative, String before) {
    String bare = PLAIN.containsKey(token) ? token : stripped(token);
    boolean multicast = row.range().contains("multicast") || before.equals("group");
    if (bare.equals("IP") && multicast) {
      return "224.0.0.81";
    }
    if (PLAIN.containsKey(bare)) {
      return PLAIN.get(bare);
    }
    String[] choices = bare.split("\\|", -1);
    String choice = choices[Math.min(alternative, choices.length - 1)];
    return switch (choice) {
      case "INT", "DECIMAL" -> number(row);
      case "options", "...", "seconds", "bytes", "microseconds", "milliseconds", "forever ..." ->
          "";
      default -> PLAIN.getOrDefault(choice, choice);
    };
  }

  private static String stripped(String token) {
    String bare = token;
    if (bare.startsWith("[:]") || bare.startsWith("[[:]")) {
      return "[:]GROUP";
    }
    while (bare.startsWith("[") && !PLAIN.containsKey(bare)) {
      bare = bare.substring(1);
    }
    while (bare.endsWith("]") && !PLAIN.containsKey(bare)) {
      bare = bare.substring(0, bare.length() - 1);
    }
    return bare;
  }

  private static String number(KeywordRow row) {
    Matcher range = FIRST_OF_RANGE.matcher(row.range());
    return range.find() ? range.group(1) : "2";
  }
}
