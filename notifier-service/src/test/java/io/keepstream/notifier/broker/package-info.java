/** A real Kafka broker for tests, in a JVM of its own so that it can be killed. */
package io.keepstream.notifier.broker;
