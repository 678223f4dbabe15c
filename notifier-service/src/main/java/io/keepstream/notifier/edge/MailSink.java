package io.keepstream.notifier.edge;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.notifier.config.Mail;
import io.keepstream.notifier.config.Mail.Relay;
import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.port.Sink;
import io.keepstream.notifier.route.MailText;
import io.vertx.core.Vertx;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails alerts to all recipients, as keepalived does: one connection and one message each, unless
 * they come together. A conversation has a virtual thread of its own; one that takes too long is
 * ended.
 *
 * <p>The Vert.x mail client would need no thread, but collects an answer that does not end until no
 * memory is left.
 */
final class MailSink implements Sink<List<MailText>> {
  private static final Logger log = LoggerFactory.getLogger(MailSink.class);

  /** Mails under way at a time. */
  static final int AT_ONCE = 4;

  /** Each step of a conversation may take the configured time, all together only so many times. */
  private static final int STEPS = 6;

  /** A hundred times what a whole conversation needs. */
  private static final int MOST_BYTES_READ = 256 * 1024;

  /** These say that nobody may send anything like this, rather than that this mail is wrong. */
  private static final Set<Integer> LOGIN_REFUSED = Set.of(530, 534, 535, 538);

  private final Vertx vertx;
  private final Mail mail;
  private final Map<String, VrrpState> lastMailed;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /**
   * A sink for {@code mail}.
   *
   * @param lastMailed the state of each instance and group that was mailed last, kept up to date
   */
  MailSink(Vertx vertx, Mail mail, Map<String, VrrpState> lastMailed) {
    this.vertx = vertx;
    this.mail = mail;
    this.lastMailed = lastMailed;
  }

  @Override
  public void open(Consumer<Outcome> done) {
    done.accept(Outcome.DONE);
  }

  @Override
  public void send(List<MailText> texts, Consumer<Outcome> done) {
    List<MailText> news = texts.stream().filter(this::isNews).toList();
    if (news.isEmpty()) {
      done.accept(Outcome.DONE);
      return;
    }
    Thread thread = Thread.ofVirtual().name("mail").unstarted(() -> run(news, done));
    running.add(thread);
    thread.start();
  }

  private boolean isNews(MailText text) {
    return text.state().isEmpty() || text.state().get() != lastMailed.get(text.about());
  }

  @Override
  public void close(Runnable done) {
    List<Thread> last = List.copyOf(running);
    last.forEach(Thread::interrupt);
    Thread.ofVirtual().start(() -> awaitEnd(last, done));
  }

  private void run(List<MailText> texts, Consumer<Outcome> done) {
    Thread self = Thread.currentThread();
    // Whoever is interrupted while it waits for the network loses its connection.
    long limit = vertx.setTimer(STEPS * mail.relay().timeoutMillis(), late -> self.interrupt());
    try {
      converse(MailText.together(texts));
      for (MailText text : texts) {
        text.state().ifPresent(state -> lastMailed.put(text.about(), state));
      }
      done.accept(Outcome.DONE);
    } catch (MessagingException | IOException e) {
      done.accept(outcome(e));
    } finally {
      vertx.cancelTimer(limit);
      running.remove(self);
    }
  }

  private void converse(MailText text) throws MessagingException, IOException {
    Relay relay = mail.relay();
    Session session = Session.getInstance(properties());
    AlertMessage message = new AlertMessage(session, mail, text);
    String password =
        relay.login().isPresent()
            ? SecretFile.read("smtp_password_file", relay.login().get().passwordFile())
            : null;
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect(
          relay.host(), relay.port(), relay.login().map(Mail.Login::user).orElse(null), password);
      transport.sendMessage(message, message.getAllRecipients());
    } catch (SendFailedException e) {
      tolerate(e);
    }
  }

  private Properties properties() throws IOException {
    Relay relay = mail.relay();
    Properties properties = new Properties();
    properties.put("mail.smtp.socketFactory", new GuardedSockets(MOST_BYTES_READ));
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.localhost", AlertMessage.ownName(relay));
    properties.put("mail.smtp.connectiontimeout", Long.toString(relay.timeoutMillis()));
    properties.put("mail.smtp.timeout", Long.toString(relay.timeoutMillis()));
    properties.put("mail.smtp.auth", Boolean.toString(relay.login().isPresent()));
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.sendpartial", "true");
    if (relay.tls().isPresent()) {
      properties.put("mail.smtp.starttls.enable", "true");
      properties.put("mail.smtp.starttls.required", "true");
      properties.put("mail.smtp.ssl.checkserveridentity", "true");
      properties.put(
          "mail.smtp.ssl.socketFactory",
          TrustedCertificates.context(relay.tls().get().caFile()).getSocketFactory());
    }
    return properties;
  }

  /** Some were refused, and the others have it. */
  private void tolerate(SendFailedException failure) throws SendFailedException {
    Address[] told = failure.getValidSentAddresses();
    if (told == null || told.length == 0) {
      throw failure;
    }
    log.warn("{}: not all were told: {}", name(), failure.getMessage());
  }

  private Outcome outcome(Exception failure) {
    String detail = name() + ": " + reason(failure);
    int code = replyCode(failure);
    boolean forGood = code / 100 == 5 && !LOGIN_REFUSED.contains(code);
    return forGood ? new Outcome.GivenUp(detail) : new Outcome.Retry(detail);
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null
        ? Objects.requireNonNullElse(failure.getMessage(), failure.toString()).strip()
        : reason(cause);
  }

  /** What the server said last; 0 if that is not what failed. */
  private static int replyCode(Throwable failure) {
    return switch (failure) {
      case SMTPAddressFailedException e -> e.getReturnCode();
      case SMTPSenderFailedException e -> e.getReturnCode();
      case SMTPSendFailedException e -> e.getReturnCode();
      case MessagingException e when e.getNextException() != null ->
          replyCode(e.getNextException());
      default -> 0;
    };
  }

  private String name() {
    return mail.relay().host() + ":" + mail.relay().port();
  }

  private static void awaitEnd(List<Thread> conversations, Runnable done) {
    try {
      for (Thread conversation : conversations) {
        conversation.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    done.run();
  }
}
