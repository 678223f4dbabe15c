package io.keepstream.lvs.config;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Configurations, and for each what {@code ipvsadm -Sn} said shortly after keepalived 2.2.7 had
 * started with it.
 */
public final class KeepalivedTables {
  private KeepalivedTables() {}

  /** The names of the configurations. */
  public static List<String> names() {
    return List.of(
        "nat",
        "direct-route",
        "tunnel",
        "ipv6",
        "group",
        "firewall-mark",
        "sorry-server",
        "forgiven");
  }

  public static Path config(String name) {
    return resource(name + ".conf");
  }

  public static Path table(String name) {
    return resource(name + ".ipvsadm");
  }

  private static Path resource(String file) {
    URL url = KeepalivedTables.class.getResource("/io/keepstream/lvs/keepalived/" + file);
    try {
      return Path.of(Objects.requireNonNull(url, file).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
