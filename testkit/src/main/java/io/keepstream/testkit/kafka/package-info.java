/**
 * Kafka in a container, from an image that {@code testkit/kafka-image/build} makes on this machine,
 * so that no image registry is needed.
 */
package io.keepstream.testkit.kafka;
