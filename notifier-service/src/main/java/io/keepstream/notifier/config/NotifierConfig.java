package io.keepstream.notifier.config;

import io.keepstream.notifier.noise.NoiseConfig;
import java.util.List;
import java.util.Optional;

/**
 * All that notifier-service is asked to do.
 *
 * @param scripts keepalived's notify scripts
 * @param fifos the FIFOs, each path once
 * @param webhooks the webhooks, each name once
 * @param eventStream the Kafka stream, if any
 * @param mail the alert mails, if any
 * @param noise what is said of noise
 * @param journal where events are kept; in memory if empty
 */
public record NotifierConfig(
    Scripts scripts,
    List<Fifo> fifos,
    List<Webhook> webhooks,
    Optional<EventStream> eventStream,
    Optional<Mail> mail,
    NoiseConfig noise,
    Optional<JournalSettings> journal) {

  /** Nobody asked for anything. */
  public static final NotifierConfig NONE =
      new NotifierConfig(Scripts.NONE, List.of(), List.of(), Optional.empty(), Optional.empty());

  public NotifierConfig {
    fifos = List.copyOf(fifos);
    webhooks = List.copyOf(webhooks);
  }

  /** With events in memory only. */
  public NotifierConfig(
      Scripts scripts,
      List<Fifo> fifos,
      List<Webhook> webhooks,
      Optional<EventStream> eventStream,
      Optional<Mail> mail) {
    this(scripts, fifos, webhooks, eventStream, mail, NoiseConfig.NONE, Optional.empty());
  }

  /** The same with events kept as {@code settings} say. */
  public NotifierConfig withJournal(JournalSettings settings) {
    return new NotifierConfig(
        scripts, fifos, webhooks, eventStream, mail, noise, Optional.of(settings));
  }

  /** The same with this said of noise. */
  public NotifierConfig withNoise(NoiseConfig said) {
    return new NotifierConfig(scripts, fifos, webhooks, eventStream, mail, said, journal);
  }
}
