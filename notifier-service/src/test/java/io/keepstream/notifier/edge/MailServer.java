package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** Somebody else's mail server on loopback, which keeps what it is sent. */
final class MailServer implements AutoCloseable {
  /** A message with its envelope. */
  record Received(String helo, String from, List<String> recipients, MimeMessage message) {
    String header(String name) {
      try {
        return message.getHeader(name, null);
      } catch (MessagingException e) {
        throw new AssertionError(e);
      }
    }
  }

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Map<String, Integer> refused = new ConcurrentHashMap<>();
  private final SMTPServer server;

  private MailServer(UnaryOperator<SMTPServer.Builder> settings) {
    server =
        settings
            .apply(
                new SMTPServer.Builder()
                    .port(0)
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .insertReceivedHeaders(false)
                    .messageHandlerFactory(Conversation::new))
            .build();
    server.start();
  }

  static MailServer start() {
    return start(usual -> usual);
  }

  static MailServer start(UnaryOperator<SMTPServer.Builder> settings) {
    return new MailServer(settings);
  }

  int port() {
    return server.getPortAllocated();
  }

  /** Answers {@code status} to this recipient from now on. */
  void refuse(String recipient, int status) {
    refused.put(recipient, status);
  }

  void accept(String recipient) {
    refused.remove(recipient);
  }

  Received next() throws InterruptedException {
    Received mail = received.poll(RunningNotifier.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(mail).as("a mail").isNotNull();
    return mail;
  }

  boolean isEmpty() {
    return received.isEmpty();
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Conversation implements MessageHandler {
    private final MessageContext context;
    private final List<String> recipients = new ArrayList<>();
    private String sender;

    Conversation(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String from) {
      sender = from;
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      if (refused.containsKey(recipient)) {
        throw new RejectException(refused.get(recipient), "not " + recipient);
      }
      recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) {
      try {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), data);
        received.add(new Received(context.getHelo().orElse(""), sender, recipients, message));
        return "ok";
      } catch (MessagingException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void done() {}
  }
}
