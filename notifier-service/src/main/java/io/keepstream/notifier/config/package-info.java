/** Who asked to be told, and how: immutable records, read from the configuration once. */
package io.keepstream.notifier.config;
