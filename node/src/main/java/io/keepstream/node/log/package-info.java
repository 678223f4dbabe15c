/**
 * Where log lines go: written by a thread of their own, so that a blocked terminal or pipe never
 * holds up a service.
 */
package io.keepstream.node.log;
