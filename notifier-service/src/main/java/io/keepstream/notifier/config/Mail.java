package io.keepstream.notifier.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Alert mails: {@code smtp_server} and whatever goes with it.
 *
 * @param relay who takes them
 * @param from the sender; empty for this user at this host
 * @param recipients all of whom get each mail; at least one
 * @param alerts about what
 * @param leftOut what of these is left out all the same
 * @param groupWait for how long alerts are gathered, and then mailed together; zero to mail each
 */
public record Mail(
    Relay relay,
    Optional<String> from,
    List<String> recipients,
    MailAlerts alerts,
    Set<LeftOut> leftOut,
    Duration groupWait) {
  public Mail {
    recipients = List.copyOf(recipients);
    leftOut = Set.copyOf(leftOut);
  }

  /**
   * The mail server.
   *
   * @param helo the name this node gives itself; empty for its host name
   * @param timeoutMillis for connecting, and again for each answer
   * @param tls whether and how the connection is protected
   * @param login whom it knows us as
   */
  public record Relay(
      String host,
      int port,
      Optional<String> helo,
      long timeoutMillis,
      Optional<Tls> tls,
      Optional<Login> login) {}

  /**
   * STARTTLS; without it, no mail. The server's certificate is verified.
   *
   * @param caFile the certificates that are trusted, in PEM form; empty for the usual ones
   */
  public record Tls(Optional<Path> caFile) {}

  /**
   * A user of the mail server.
   *
   * @param passwordFile holds the password, and is read whenever a connection is made
   */
  public record Login(String user, Path passwordFile) {}
}
