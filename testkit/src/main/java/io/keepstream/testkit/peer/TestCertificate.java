package io.keepstream.testkit.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate for {@code localhost} and 127.0.0.1.
 *
 * @param pem the certificate
 * @param keyStore it and its key, in PKCS #12 form under {@link #PASSWORD}
 */
public record TestCertificate(Path pem, Path keyStore) {
  /** Of the key store. */
  public static final String PASSWORD = "changeit";

  /** Makes one; its files are in {@code directory}. */
  public static TestCertificate in(Path directory) throws IOException, InterruptedException {
    Path keyStore = directory.resolve("server.p12");
    Path pem = directory.resolve("server.pem");
    String words =
        "-genkeypair -alias s -keyalg EC -dname CN=test -ext san=dns:localhost,ip:127.0.0.1";
    keytool(keyStore, words);
    keytool(keyStore, "-exportcert -alias s -rfc -file " + pem);
    return new TestCertificate(pem, keyStore);
  }

  private static void keytool(Path keyStore, String words)
      throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String all = "%s %s -keystore %s -storepass %s".formatted(program, words, keyStore, PASSWORD);
    int status = new ProcessBuilder(List.of(all.split(" "))).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("keytool ended with status " + status);
    }
  }

  /** For servers. */
  public SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
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
