package io.keepstream.testkit.peer;

import io.keepstream.lab.Commands;
import io.keepstream.lab.NamespaceLab;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A library for keepalived's process that takes the place of IPVS, so that its checkers run on a
 * kernel without: changes of the table succeed and are forgotten. Needs {@code cc}.
 */
final class IpvsStandIn {
  private static final String SOURCE = "ipvs-stand-in.c";

  private IpvsStandIn() {}

  /** The library, compiled once for each lab. */
  static Path in(NamespaceLab lab) {
    Path library = lab.directory().resolve("ipvs-stand-in.so");
    if (Files.notExists(library)) {
      Path source = lab.directory().resolve(SOURCE);
      try (InputStream text = IpvsStandIn.class.getResourceAsStream(SOURCE)) {
        Files.copy(text, source);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Commands.run(
              "cc", "-shared", "-fPIC", "-nostdlib", "-o", library.toString(), source.toString())
          .orThrow("cc");
    }
    return library;
  }
}
