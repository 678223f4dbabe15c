package io.keepstream.notifier.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom TLS connections trust. */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * The certificates in {@code caFile}, in PEM form, as they are now; blocks. The usual ones of the
   * machine's Java when there is no file.
   *
   * @throws IOException naming the file when it holds no certificates
   */
  static SSLContext context(Optional<Path> caFile) throws IOException {
    try {
      if (caFile.isEmpty()) {
        return SSLContext.getDefault();
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store(caFile.get()));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("%s: %s".formatted(caFile.orElse(null), e.getMessage()), e);
    }
  }

  private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(Integer.toString(store.size()), each);
      }
    }
    if (store.size() == 0) {
      throw new IOException(file + " holds no certificates");
    }
    return store;
  }
}
