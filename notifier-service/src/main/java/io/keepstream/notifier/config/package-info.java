/**
 * Who asked to be told, and how: immutable records, read from the configuration once, and the words
 * they are read from.
 */
package io.keepstream.notifier.config;
