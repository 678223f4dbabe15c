package io.keepstream.health.added;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.value.AddressText;
import io.keepstream.contract.value.ServerName;
import io.keepstream.health.config.Connection;
import io.keepstream.health.config.Target;
import io.keepstream.health.http.HttpCheck;
import io.keepstream.health.http.HttpUrl;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.Optional;

/**
 * What a check of one real server would look at if it were one of another.
 *
 * @param weight of the other
 */
record Move(ServerName.Parts from, ServerName.Parts to, int weight) {

  /** Empty where one of the names tells no address. */
  static Optional<Move> of(BackendRef from, BackendRef to, int weight) {
    return ServerName.parse(from.realServer())
        .flatMap(
            old -> ServerName.parse(to.realServer()).map(place -> new Move(old, place, weight)));
  }

  /** The target there; it is the same where it does not speak of the real server itself. */
  Target of(Target target) {
    return switch (target) {
      case Target.Tcp(var connection) -> new Target.Tcp(of(connection));
      case Target.Http(var connection, var check) ->
          new Target.Http(of(connection), of(check, connection, of(connection)));
      case Target.Smtp(var connection, var heloName, var stepNanos) ->
          new Target.Smtp(of(connection), heloName, stepNanos);
      case Target.Dns(var connection, var question, var limitNanos) ->
          new Target.Dns(of(connection), question, limitNanos);
      case Target.Udp(var connection, var payload, var required, var limitNanos) ->
          new Target.Udp(of(connection), payload, required, limitNanos);
      case Target.Ping(var connection, var limitNanos) ->
          new Target.Ping(of(connection), limitNanos);
      case Target.Misc(var command, var configured) ->
          new Target.Misc(of(command), configured == null ? null : weight);
      case Target.Script(var command) -> new Target.Script(of(command));
      case Target.TrackFile file -> file;
      case Target.Bfd session -> session;
    };
  }

  private Connection of(Connection connection) {
    boolean own = connection.address().equals(from.address());
    boolean ownPort = own && connection.port() == from.port();
    return new Connection(
        own ? to.address() : connection.address(),
        ownPort ? to.port() : connection.port(),
        connection.bindAddress(),
        connection.bindPort(),
        connection.bindInterface(),
        connection.firewallMark());
  }

  /** A check that names no host asks for its own address. */
  private static HttpCheck of(HttpCheck check, Connection before, Connection after) {
    return new HttpCheck(
        check.keyword(),
        check.protocol(),
        check.tls(),
        check.urls().stream().map(url -> of(url, before, after)).toList(),
        check.fastRecovery(),
        check.keepConnection(),
        check.stepNanos());
  }

  private static HttpUrl of(HttpUrl url, Connection before, Connection after) {
    HttpUrl.Peer peer = url.peer();
    String old = AddressText.of(before.address());
    String address = AddressText.of(after.address());
    return new HttpUrl(
        url.method(),
        url.path(),
        authority(before).equals(url.host()) ? authority(after) : url.host(),
        url.headers(),
        url.body(),
        url.expected(),
        new HttpUrl.Peer(
            old.equals(peer.serverName()) ? address : peer.serverName(),
            old.equals(peer.certificateName()) ? address : peer.certificateName(),
            peer.closeNotify()));
  }

  private static String authority(Connection connection) {
    return AddressText.withPort(connection.address(), connection.port());
  }

  private ScriptCommand of(ScriptCommand command) {
    return new ScriptCommand(
        command.arguments().stream().map(this::of).toList(),
        command.user(),
        command.group(),
        command.supplementaryGroups());
  }

  private String of(String word) {
    if (word.equals(AddressText.of(from.address()))) {
      return AddressText.of(to.address());
    }
    boolean whole = word.equals(AddressText.withPort(from.address(), from.port()));
    return whole ? AddressText.withPort(to.address(), to.port()) : word;
  }
}
