/** What the machinery of checking needs from checkers, and what it offers to who wants verdicts. */
package io.keepstream.health.port;
