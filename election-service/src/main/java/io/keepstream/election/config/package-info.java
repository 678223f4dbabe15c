/**
 * What election-service reads from the configuration: {@code vrrp_instance} blocks and the global
 * words about VRRP, as records. Reading forgives what the vocabulary check has already reported;
 * what only makes sense together is checked here, at file:line:column.
 */
package io.keepstream.election.config;
