/**
 * What tests share. The real world: hosts made of network namespaces ({@code lab}), programs that
 * watch the wire and the kernel ({@code witness}), other parties ({@code peer}), a kernel with IPVS
 * ({@code uml}) and a Kafka broker in a container ({@code kafka}).
 *
 * <p>Whatever is started here is AutoCloseable and leaves nothing behind, also when a test fails;
 * what a killed JVM left is swept by the next one. Waiting is always for a condition, with a limit:
 * {@link io.keepstream.testkit.Await}.
 */
package io.keepstream.testkit;
