package io.keepstream.node.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.vertx.core.logging.SLF4JLogDelegateFactory;
import java.util.TimeZone;
import org.slf4j.LoggerFactory;

/** The log of this process, which is silent until it is started. */
public final class Logging {
  private static final int QUEUE_LINES = 8192;

  /** How lines look. */
  public enum Format {
    /** For people: time and text. */
    TEXT,
    /** For machines: one JSON object per line, an event with all its fields. */
    JSON
  }

  private Logging() {}

  /**
   * Has the log begin in silence, without searching all jars for how it could be done; to be called
   * before anybody logs.
   */
  public static void silence() {
    System.setProperty("slf4j.provider", SilentLogback.class.getName());
    System.setProperty("slf4j.internal.verbosity", "WARN");
    System.setProperty(
        "vertx.logger-delegate-factory-class-name", SLF4JLogDelegateFactory.class.getName());
  }

  /**
   * Starts logging to standard output. When nobody reads it and the queue is full, lines are
   * dropped, and nobody waits.
   */
  public static synchronized void start(Format format, boolean detailed) {
    LoggerContext context = context();
    context.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(
        switch (format) {
          case TEXT -> new TextEncoder(TimeZone::getDefault);
          case JSON -> new JsonEncoder();
        });
    console.start();
    AsyncAppender queue = new AsyncAppender();
    queue.setContext(context);
    queue.setQueueSize(QUEUE_LINES);
    queue.setNeverBlock(true);
    queue.setDiscardingThreshold(0);
    queue.addAppender(console);
    queue.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(queue);
    // While the node leaves, events pass services that have left already; nothing is wrong then.
    context.getLogger("io.vertx.core.eventbus").setLevel(Level.ERROR);
    // Sinks say themselves when a broker is away; the client would say it at every attempt.
    context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
    // Channels are numbered by it, which nobody sees.
    context.getLogger("io.netty.util.internal.MacAddressUtil").setLevel(Level.ERROR);
    // What is counted before anybody can read it is meant to be lost.
    context.getLogger("io.micrometer.core.instrument.composite").setLevel(Level.ERROR);
    context.getLogger("keepstream").setLevel(detailed ? Level.DEBUG : Level.INFO);
  }

  /** Writes what is queued and ends logging. */
  public static void stop() {
    context().stop();
  }

  /**
   * While another thread sets up SLF4J it would hand out something else, unless it is waited for.
   */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // it is SLF4J's own lock
  private static LoggerContext context() {
    synchronized (LoggerFactory.class) {
      return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
  }
}
