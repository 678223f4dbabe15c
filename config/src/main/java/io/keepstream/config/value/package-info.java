/**
 * What a word can stand for: numbers, durations, addresses, ranges.
 *
 * <p>The vocabulary check and the services read values through the same methods, so what passes the
 * check is what the service gets. A word that is not such a value gives an empty result; nothing
 * here resolves names or touches a network.
 */
package io.keepstream.config.value;
