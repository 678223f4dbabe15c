package io.keepstream.testkit.witness;

import io.keepstream.testkit.witness.Ipvsadm.Counters;
import io.keepstream.testkit.witness.Ipvsadm.Server;
import io.keepstream.testkit.witness.Ipvsadm.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses what ipvsadm prints. */
final class IpvsadmText {
  private static final Map<String, String> PROTOCOLS =
      Map.of("-t", "TCP", "-u", "UDP", "--sctp-service", "SCTP", "-f", "FWM");

  private IpvsadmText() {}

  static List<Service> table(String saved) {
    List<Service> services = new ArrayList<>();
    saved
        .lines()
        .forEach(
            line -> {
              List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+")));
              switch (words.removeFirst()) {
                case "-A" -> services.add(service(words));
                case "-a" -> services.getLast().servers().add(server(words));
                default -> throw new IllegalArgumentException("not of ipvsadm -S: " + line);
              }
            });
    return services;
  }

  private static Service service(List<String> words) {
    String protocol = PROTOCOLS.get(words.removeFirst());
    String address = words.removeFirst();
    String scheduler = take(words, "-s");
    return new Service(protocol, address, scheduler, words, new ArrayList<>());
  }

  private static Server server(List<String> words) {
    // The words before name its service, which is the latest.
    words.subList(0, words.indexOf("-r")).clear();
    String address = take(words, "-r");
    int weight = Integer.parseInt(take(words, "-w"));
    String forwarding = words.removeFirst();
    return new Server(address, forwarding, weight, words);
  }

  /** Removes an option with its value, and returns the value. */
  private static String take(List<String> words, String option) {
    int at = words.indexOf(option);
    words.remove(at);
    return words.remove(at);
  }

  static Map<String, Counters> counters(String listing) {
    Map<String, Counters> counters = new LinkedHashMap<>();
    String service = "";
    for (String line : listing.lines().toList()) {
      String[] words = line.strip().split("\\s+");
      boolean numbers = words.length == 7 && Character.isDigit(words[6].charAt(0));
      if (!numbers) {
        continue;
      }
      String name = words[0] + " " + words[1];
      service = words[0].equals("->") ? service : name;
      counters.put(words[0].equals("->") ? service + " " + name : name, counters(words));
    }
    return counters;
  }

  private static Counters counters(String[] words) {
    return new Counters(
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        Long.parseLong(words[5]),
        Long.parseLong(words[6]));
  }
}
