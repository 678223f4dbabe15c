package io.keepstream.node.sidebyside;

/** In what way a server is out of order. */
enum Fault {
  /** Nobody listens. */
  REFUSE,
  /** It takes a request and ends the conversation. */
  RESET,
  /** It takes a request and says nothing. */
  SILENT,
  /** It answers, but not as it should. */
  WRONG
}
