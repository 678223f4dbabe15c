/**
 * The verticle of lvs-service and its way to the kernel.
 *
 * <p>{@link io.keepstream.lvs.edge.LvsVerticle} plans on its event loop whenever a verdict or the
 * configuration changes. {@code TableKeeper} brings the table there on a worker thread, one attempt
 * at a time; what is asked for meanwhile is done in one further attempt. Every few seconds it reads
 * the whole table to find what others have changed, and where there is no table it looks again
 * every half a minute.
 */
package io.keepstream.lvs.edge;
