/**
 * What election-service reads from the configuration. The classes named {@code ...Words} and {@code
 * ...Lines} declare every word about VRRP, the {@code ...Reader}s turn the words that act into
 * records. Reading forgives what the vocabulary check has already reported; what only makes sense
 * together is checked here, at file:line:column.
 */
package io.keepstream.election.config;
