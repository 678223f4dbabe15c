package io.keepstream.notifier.edge;

import io.keepstream.config.language.SystemSource;
import io.keepstream.notifier.config.Mail;
import io.keepstream.notifier.config.Mail.Relay;
import io.keepstream.notifier.route.MailText;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.UUID;

/** An alert as it goes over the wire; the same, with the same Message-ID, on every try. */
final class AlertMessage extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final String id;

  AlertMessage(Session session, Mail mail, MailText text) throws MessagingException {
    super(session);
    String ownName = ownName(mail.relay());
    id =
        "<%s@%s>"
            .formatted(
                UUID.nameUUIDFromBytes(text.eventId().getBytes(StandardCharsets.UTF_8)), ownName);
    String self = System.getProperty("user.name") + "@" + ownName;
    setFrom(new InternetAddress(mail.from().orElse(self)));
    for (String recipient : mail.recipients()) {
      addRecipient(RecipientType.TO, new InternetAddress(recipient));
    }
    setSentDate(Date.from(text.at()));
    setHeader("Subject", unfolded(text.subject()));
    setHeader("X-Mailer", "Keepstream");
    setText(text.body(), UTF_8);
    saveChanges();
  }

  /** In one line, as keepalived writes it: filters and eyes know it so. */
  private static String unfolded(String subject) {
    try {
      return MimeUtility.encodeText(subject, UTF_8, null);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java platform has UTF-8", e);
    }
  }

  /** Called whenever the message is saved. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  /** What this node calls itself towards mail servers. */
  static String ownName(Relay relay) {
    return relay.helo().orElseGet(SystemSource::nodeName);
  }
}
