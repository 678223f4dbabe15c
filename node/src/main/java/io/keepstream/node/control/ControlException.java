package io.keepstream.node.control;

/** A running node could not be asked, or had no answer; the message is for people. */
public final class ControlException extends Exception {
  private static final long serialVersionUID = 1;

  ControlException(String message) {
    super(message);
  }
}
