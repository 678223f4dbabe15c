/**
 * How an event is written for those who are told of it by HTTP or Kafka: as a CloudEvent, or in the
 * form that the target itself publishes.
 */
package io.keepstream.notifier.body;
