/**
 * What only tests share, around the hosts of module {@code lab}: programs that watch the wire and
 * the kernel ({@code witness}), keepalived as the other party ({@code peer}), tests inside a kernel
 * with IPVS ({@code uml}), a Kafka broker in a container ({@code kafka}), and a world without
 * clocks ({@code sim}).
 *
 * <p>Whatever is started here is AutoCloseable and leaves nothing behind, also when a test fails;
 * what a killed JVM left is swept by the next one. Waiting is always for a condition, with a limit:
 * {@link io.keepstream.lab.Await}.
 */
package io.keepstream.testkit;
