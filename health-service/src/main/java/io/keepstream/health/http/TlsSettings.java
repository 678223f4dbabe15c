package io.keepstream.health.http;

/**
 * How a check speaks TLS.
 *
 * @param verify whether the server's certificate has to be good, and for the right name
 * @param caFile PEM file of the authorities to trust; null for those the JDK knows
 * @param onlyVersion13 whether TLS 1.2 is too old
 * @param certificate PEM file of the certificate to show; null for none
 * @param key PEM file of its private key (PKCS #8); null for none
 * @param password of the key; null for none
 */
public record TlsSettings(
    boolean verify,
    String caFile,
    boolean onlyVersion13,
    String certificate,
    String key,
    String password) {
  /** Nothing is verified and nothing shown: TLS 1.2 or 1.3 with anybody. */
  public static final TlsSettings TRUSTING = new TlsSettings(false, null, false, null, null, null);

  /** Without the password. */
  @Override
  public String toString() {
    return "TLS[verify %s by %s, certificate %s]".formatted(verify, caFile, certificate);
  }
}
