package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.FilePaths;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.notifier.config.Mail.Login;
import io.keepstream.notifier.config.Mail.Relay;
import io.keepstream.notifier.config.Mail.Tls;
import io.keepstream.runtime.config.NamedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads mail alerts. Each word counts where it stands last, in whichever {@code global_defs}. */
final class MailReader {
  private static final int SMTP_PORT = 25;
  private static final long DEFAULT_TIMEOUT_SECONDS = 30;
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,]+@[^\\s@<>,]+");

  private final Section root;
  private final List<Section> globals;
  private final List<Diagnostic> diagnostics;

  MailReader(Section root, List<Diagnostic> diagnostics) {
    this.root = root;
    globals = root.blocks("global_defs");
    this.diagnostics = diagnostics;
  }

  /** Empty without a server or without recipients: then no mail is ever sent. */
  Optional<Mail> read() {
    List<String> recipients =
        globals.stream()
            .flatMap(block -> block.entries("notification_email").stream())
            .flatMap(word -> address(word).stream())
            .toList();
    Optional<String> from =
        last("notification_email_from").flatMap(line -> address(line.arguments().getFirst()));
    return last("smtp_server")
        .filter(server -> !recipients.isEmpty())
        .map(server -> new Mail(relay(server), from, recipients, alerts(), leftOut(), groupWait()));
  }

  private Relay relay(Statement server) {
    int port = NamedServers.port(server.argument(1));
    return new Relay(
        server.argument(0),
        port == 0 ? SMTP_PORT : port,
        text("smtp_helo_name"),
        TimeUnit.SECONDS.toMillis(timeoutSeconds()),
        tls(),
        login());
  }

  private long timeoutSeconds() {
    return value(block -> block.integer("smtp_connect_timeout").stream().boxed().findFirst())
        .map(seconds -> Math.max(1, seconds.longValue()))
        .orElse(DEFAULT_TIMEOUT_SECONDS);
  }

  private Optional<Tls> tls() {
    return bool("smtp_tls", false) ? Optional.of(new Tls(path("smtp_ca_file"))) : Optional.empty();
  }

  private Optional<Login> login() {
    Optional<Statement> user = last("smtp_user");
    Optional<Path> passwordFile = path("smtp_password_file");
    user.filter(line -> passwordFile.isEmpty())
        .ifPresent(
            line ->
                warn(
                    line.words().getFirst(),
                    "smtp_user: without smtp_password_file nobody logs in"));
    user.filter(line -> passwordFile.isPresent() && tls().isEmpty())
        .ifPresent(
            line ->
                warn(
                    line.words().getFirst(),
                    "smtp_user: without smtp_tls the password is sent in the clear"));
    return user.flatMap(line -> passwordFile.map(file -> new Login(line.argument(0), file)));
  }

  private Set<LeftOut> leftOut() {
    return LeftOut.of(
        globals.stream()
            .flatMap(block -> block.all("smtp_leave_out").stream())
            .flatMap(line -> line.arguments().stream())
            .map(Word::text));
  }

  private Duration groupWait() {
    return text("smtp_group_wait").flatMap(Ages::read).orElse(Duration.ZERO);
  }

  private MailAlerts alerts() {
    boolean everywhere = bool("smtp_alert", false);
    boolean vrrp = bool("smtp_alert_vrrp", everywhere);
    Map<String, Long> virtualServers = new HashMap<>();
    Set<BackendRef> realServers = new HashSet<>();
    for (NamedServers server : NamedServers.of(root)) {
      if (server.section().bool("smtp_alert", bool("smtp_alert_checker", everywhere))) {
        virtualServers.put(server.name(), server.section().wholeNumber("hysteresis").orElse(0));
      }
      realServers(server).forEach(realServers::add);
    }
    return new MailAlerts(
        named("vrrp_instance", vrrp),
        named("vrrp_sync_group", vrrp),
        virtualServers,
        realServers,
        globals.stream().noneMatch(block -> block.has("no_email_faults")),
        !bool("no_checker_emails", false));
  }

  /** Of real servers, unlike everything else, mails are sent unless somebody says otherwise. */
  private Set<BackendRef> realServers(NamedServers server) {
    boolean inherited = bool("smtp_alert_checker", bool("smtp_alert", true));
    return server.section().blocks("real_server").stream()
        .filter(real -> real.bool("smtp_alert", inherited))
        .flatMap(real -> server.backend(real).stream())
        .collect(Collectors.toSet());
  }

  private Set<String> named(String keyword, boolean inherited) {
    return root.blocks(keyword).stream()
        .filter(block -> block.bool("smtp_alert", inherited))
        .map(Section::name)
        .collect(Collectors.toSet());
  }

  /** A local user is one of the mail server's own. */
  private Optional<String> address(Word word) {
    String text = word.text();
    if (!text.contains("@") && !text.contains(" ")) {
      return Optional.of(text + "@localhost");
    }
    int open = text.indexOf('<');
    boolean named = open >= 0 && text.endsWith(">");
    String bare = named ? text.substring(open + 1, text.length() - 1) : text;
    if (ADDRESS.matcher(bare).matches()) {
      return Optional.of(text);
    }
    warn(word, "`%s` is no mail address, so it is left out".formatted(text));
    return Optional.empty();
  }

  private void warn(Word word, String message) {
    diagnostics.add(Diagnostic.warning(word.position(), message));
  }

  private Optional<Path> path(String keyword) {
    return text(keyword).flatMap(FilePaths::read);
  }

  private Optional<String> text(String keyword) {
    return last(keyword).map(line -> line.argument(0));
  }

  private boolean bool(String keyword, boolean otherwise) {
    return value(block -> Optional.of(block).filter(b -> b.has(keyword)))
        .map(block -> block.bool(keyword, otherwise))
        .orElse(otherwise);
  }

  private Optional<Statement> last(String keyword) {
    return value(block -> block.last(keyword).filter(line -> !line.arguments().isEmpty()));
  }

  private <T> Optional<T> value(Function<Section, Optional<T>> of) {
    return globals.stream().flatMap(block -> of.apply(block).stream()).reduce((a, b) -> b);
  }
}
