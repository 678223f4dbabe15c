package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Strict mode: an instance keeps to the RFCs, whatever else its block says. The words that would
 * lead away from them are taken out of the block before it is read, each with a warning.
 */
final class StrictMode {
  private final Consumer<Diagnostic> problems;

  private final int version;

  private StrictMode(int version, Consumer<Diagnostic> problems) {
    this.version = version;
    this.problems = problems;
  }

  /** Whether {@code block} is to be strict. */
  static boolean applies(Section block, GlobalDefaults global) {
    return block.bool("strict_mode", global.strict());
  }

  /** The block without what strict mode does not allow. */
  static Section purge(Section block, GlobalDefaults global, Consumer<Diagnostic> problems) {
    boolean ipv6 =
        block.lines("virtual_ipaddress").stream()
            .anyMatch(line -> line.keyword().text().contains(":"));
    int version = ipv6 ? 3 : block.integer("version").orElse(global.version());
    StrictMode strict = new StrictMode(version, problems);
    List<Statement> body = new ArrayList<>();
    for (Statement line : block.statements()) {
      strict.keep(line).ifPresent(body::add);
    }
    if (block.has("unicast_peer")) {
      strict.warn(
          block.last("unicast_peer").orElseThrow(),
          "strict mode means unicast_peer only for interfaces without multicast");
    }
    return new Section(with(block.header(), block.header().arguments(), body));
  }

  private Optional<Statement> keep(Statement line) {
    return switch (line.keyword().text()) {
      case "authentication" -> drop(line, "VRRP has no authentication since RFC 3768");
      case "preempt_delay" -> drop(line, "a lower priority MASTER is replaced at once");
      case "no_virtual_ipaddress" -> drop(line, "at least one virtual address is needed");
      case "vmac_xmit_base" -> drop(line, "adverts come from the virtual MAC address");
      case "down_timer_adverts" -> keepOnly(line, "3", "three missed adverts end a MASTER");
      case "garp_lower_prio_repeat", "garp_lower_prio_delay" ->
          keepOnly(line, "0", "a lower priority MASTER is not announced over");
      case "lower_prio_no_advert" -> keepOnly(line, "true", "a lower priority advert is discarded");
      case "higher_prio_send_advert" -> keepOnly(line, "false", "a yielding MASTER sends nothing");
      case "owner_ignore_adverts" -> keepOnly(line, "true", "an owner discards all adverts");
      case "accept" -> acceptMode(line);
      case "use_vmac" -> Optional.of(standardMac(line));
      case "auth_hmac" -> Optional.of(enforcing(line));
      default -> Optional.of(line);
    };
  }

  private Optional<Statement> keepOnly(Statement line, String value, String why) {
    Section alone = new Section(with(line, List.of(), List.of(line)));
    String word = line.keyword().text();
    boolean flag = value.equals("true") || value.equals("false");
    boolean same =
        flag
            ? alone.bool(word, true) == Boolean.parseBoolean(value)
            : line.argument(0).equals(value);
    return same ? Optional.of(line) : drop(line, why);
  }

  private Optional<Statement> drop(Statement line, String why) {
    warn(line, "strict mode overrides %s: %s".formatted(line.keyword(), why));
    return Optional.empty();
  }

  private Statement standardMac(Statement line) {
    List<Word> others =
        line.arguments().stream().filter(word -> Addresses.mac(word.text()).isEmpty()).toList();
    if (others.size() < line.arguments().size()) {
      warn(line, "strict mode overrides the MAC address: the RFC's is used");
    }
    return with(line, others, line.body());
  }

  private Statement enforcing(Statement line) {
    List<Statement> body = new ArrayList<>(line.body());
    if (body.removeIf(each -> each.is("mode") && !each.argument(0).equals("enforce"))) {
      warn(line, "strict mode overrides mode: adverts without a valid trailer are refused");
    }
    return with(line, line.arguments(), body);
  }

  /** The word alone: that Accept_Mode is off without it is for those who act on it. */
  private Optional<Statement> acceptMode(Statement line) {
    return version == 3 ? Optional.of(line) : drop(line, "only version 3 has Accept_Mode");
  }

  private static Statement with(Statement line, List<Word> arguments, List<Statement> body) {
    return new Statement(line.keyword(), arguments, line.line(), body, line.hasBody());
  }

  private void warn(Statement line, String message) {
    problems.accept(Diagnostic.warning(line.position(), message));
  }
}
