/**
 * The files that keepalived writes when it gets a signal, for the programs that read them. Formats
 * are those that keepalived 2.2.7 was seen to write; what only it has inside is left out.
 */
package io.keepstream.election.dump;
