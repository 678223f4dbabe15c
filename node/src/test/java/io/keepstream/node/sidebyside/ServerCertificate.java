package io.keepstream.node.sidebyside;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that nobody has signed but its owner, as servers that are checked often have. */
final class ServerCertificate {
  private static final String PASSWORD = "changeit";

  private ServerCertificate() {}

  /** What a server with a new one needs; its files are in {@code directory}. */
  static SSLContext in(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve("server.p12");
    String words =
        "%s -genkeypair -alias s -keyalg RSA -dname CN=server -keystore %s -storepass %s"
            .formatted(Path.of(System.getProperty("java.home"), "bin", "keytool"), file, PASSWORD);
    new ProcessBuilder(List.of(words.split(" "))).inheritIO().start().waitFor();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
