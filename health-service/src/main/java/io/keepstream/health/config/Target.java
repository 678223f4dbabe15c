package io.keepstream.health.config;

import io.keepstream.contract.value.AddressText;
import io.keepstream.health.http.HttpCheck;
import io.keepstream.health.protocol.DnsExchange;
import io.keepstream.health.protocol.DnsQuestion;
import io.keepstream.health.protocol.EchoExchange;
import io.keepstream.health.protocol.Exchange;
import io.keepstream.health.protocol.HexPattern;
import io.keepstream.health.protocol.UdpExchange;
import io.keepstream.health.protocol.UdpReply;
import io.keepstream.health.tracker.FileNumber;
import io.keepstream.health.tracker.SessionState;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.runtime.script.ScriptCommand;
import java.net.Inet6Address;
import java.util.random.RandomGenerator;

/** What a check looks at, and how; when and how often is not part of it. */
public sealed interface Target {

  /** The checker's keyword and its target, for people. */
  String label();

  /** TCP_CHECK: a TCP connection can be made. */
  record Tcp(Connection to) implements Target {
    @Override
    public String label() {
      return "TCP_CHECK " + to.text();
    }
  }

  /** HTTP_GET, SSL_GET, GRPC_CHECK: requests over HTTP are answered as expected. */
  record Http(Connection to, HttpCheck check) implements Target {
    @Override
    public String label() {
      return check.keyword() + " " + to.text();
    }
  }

  /** A command ends with status 0. */
  record Script(ScriptCommand command) implements Target {
    @Override
    public String label() {
      return "script " + command;
    }
  }

  /**
   * SMTP_CHECK: a mail server greets us.
   *
   * @param heloName what we call ourselves
   * @param stepNanos how long connecting and each reply may take
   */
  record Smtp(Connection to, String heloName, long stepNanos) implements Target {
    @Override
    public String label() {
      return "SMTP_CHECK " + to.text();
    }
  }

  /** A question in a datagram. */
  sealed interface Asked extends Target {
    /** Where the question goes. */
    Connection to();

    /** How long to wait for what comes of it. */
    long limitNanos();

    /** The question of one attempt; what must be hard to guess is drawn from {@code random}. */
    Exchange exchange(RandomGenerator random);
  }

  /** DNS_CHECK: a DNS server answers without error. */
  record Dns(Connection to, DnsQuestion question, long limitNanos) implements Asked {
    @Override
    public String label() {
      return "DNS_CHECK " + to.text();
    }

    @Override
    public Exchange exchange(RandomGenerator random) {
      return new DnsExchange(question, random.nextInt(1 << Short.SIZE));
    }
  }

  /**
   * UDP_CHECK: a datagram is not refused, or is answered.
   *
   * @param payload what to send; null for random bytes
   * @param required what must come back; null when nothing must
   */
  record Udp(Connection to, HexPattern payload, UdpReply required, long limitNanos)
      implements Asked {
    @Override
    public String label() {
      return "UDP_CHECK " + to.text();
    }

    @Override
    public Exchange exchange(RandomGenerator random) {
      return new UdpExchange(
          payload == null ? bytes(random, UdpExchange.RANDOM_LENGTH) : payload.toBytes(), required);
    }
  }

  /** PING_CHECK: an address answers ICMP echo requests. */
  record Ping(Connection to, long limitNanos) implements Asked {
    @Override
    public String label() {
      return "PING_CHECK " + AddressText.of(to.address());
    }

    @Override
    public Exchange exchange(RandomGenerator random) {
      return new EchoExchange(
          to.address() instanceof Inet6Address,
          random.nextInt(1 << Short.SIZE),
          bytes(random, EchoExchange.TOKEN_LENGTH));
    }
  }

  /**
   * MISC_CHECK: a command ends with a status that means success.
   *
   * @param configuredWeight of the real server, which the status is to change; null without
   *     misc_dynamic, where only status 0 means success
   */
  record Misc(ScriptCommand command, Integer configuredWeight) implements Target {
    @Override
    public String label() {
      return "MISC_CHECK " + command;
    }
  }

  /**
   * What somebody else finds out: an attempt opens nothing of its own, and waits until there is
   * news, which may take forever.
   */
  sealed interface Signal extends Target {}

  /**
   * FILE_CHECK: the number in a tracked file.
   *
   * @param name of the {@code track_file} block
   * @param weight what the number is multiplied with; 0 where any other number than 0 means down
   */
  record TrackFile(String name, String path, int weight) implements Signal {
    @Override
    public String label() {
      return "FILE_CHECK " + name;
    }

    /** What the number means for the real server. */
    public CheckResult result(FileNumber said) {
      String found = said.flaw() == null ? "the file says " + said.number() : said.flaw();
      if (weight != 0) {
        long share = (long) said.number() * weight;
        return new CheckResult(null, found, 0, "")
            .withWeightShare(Math.clamp(share, -Integer.MAX_VALUE, Integer.MAX_VALUE));
      }
      return said.number() == 0
          ? new CheckResult(null, found, 0, "")
          : CheckResult.failed(FailureReason.FILE_VALUE, found + ", 0 expected", 0);
    }
  }

  /**
   * BFD_CHECK: a BFD session is up.
   *
   * @param session the name of the {@code bfd_instance} block
   */
  record Bfd(String session) implements Signal {
    @Override
    public String label() {
      return "BFD_CHECK " + session;
    }

    /** What the session's state means for the real server. */
    public CheckResult result(SessionState state) {
      return new CheckResult(state.up() ? null : FailureReason.BFD_DOWN, state.detail(), 0, "");
    }
  }

  private static byte[] bytes(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
