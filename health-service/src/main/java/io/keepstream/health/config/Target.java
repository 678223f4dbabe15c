package io.keepstream.health.config;

import io.keepstream.health.http.HttpCheck;
import io.keepstream.runtime.script.ScriptCommand;

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
}
