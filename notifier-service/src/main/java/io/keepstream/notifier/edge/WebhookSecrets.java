package io.keepstream.notifier.edge;

import io.keepstream.notifier.config.Webhook.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Standard Webhooks 1.0 says: HMAC-SHA256 over {@code id.timestamp.body}, one signature
 * per secret. A secret that starts with {@code whsec_} is base64, any other is taken as it is.
 */
final class WebhookSecrets {
  private static final String BASE64_PREFIX = "whsec_";

  private final List<byte[]> keys;

  private WebhookSecrets(List<byte[]> keys) {
    this.keys = keys;
  }

  /**
   * Reads the secrets, as they are now; blocks.
   *
   * @throws IOException naming the source of a secret that cannot be used, never the secret
   */
  static WebhookSecrets read(List<Secret> secrets) throws IOException {
    List<byte[]> keys = new ArrayList<>();
    for (Secret secret : secrets) {
      keys.add(
          switch (secret) {
            case Secret.InFile file ->
                key("secret_file " + file.path(), SecretFile.read("secret_file", file.path()));
            case Secret.InEnvironment in ->
                key("secret_env " + in.variable(), System.getenv(in.variable()));
          });
    }
    return new WebhookSecrets(keys);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The value of the header {@code webhook-signature}. */
  String sign(String id, String timestamp, byte[] body) {
    StringJoiner signatures = new StringJoiner(" ");
    for (byte[] key : keys) {
      signatures.add("v1," + Base64.getEncoder().encodeToString(hmac(key, id, timestamp, body)));
    }
    return signatures.toString();
  }

  private static byte[] key(String origin, String text) throws IOException {
    if (text == null || text.isBlank()) {
      throw new IOException(origin + " holds no secret");
    }
    String secret = text.strip();
    if (!secret.startsWith(BASE64_PREFIX)) {
      return secret.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(secret.substring(BASE64_PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new IOException(origin + " holds no base64 after " + BASE64_PREFIX);
    }
  }

  private static byte[] hmac(byte[] key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
