/**
 * Keeps the kernel's IPVS table equal to what configuration and health demand.
 *
 * <p>{@code config} reads the virtual servers. {@code plan} turns them and the verdicts of
 * health-service into the table there should be, and the difference to the table there is into an
 * ordered list of changes. {@code wire} and {@code edge} carry those to the kernel over generic
 * netlink, in the values of {@code ipvs}, through the interface in {@code port}.
 */
package io.keepstream.lvs;
