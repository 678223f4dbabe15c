/**
 * What should be in the kernel's tables, and what to do about the difference; pure.
 *
 * <p>The {@link io.keepstream.election.plan.Ledger} knows who wants what: all virtual routers, and
 * what the configuration sets for good. An entry that two of them want is there until the last one
 * lets go, so that addresses move between instances without being touched. The {@link
 * io.keepstream.election.plan.Reconciler} compares it with what is there, and a {@link
 * io.keepstream.election.plan.Pace} keeps a repair that is undone again and again from becoming a
 * storm.
 */
package io.keepstream.election.plan;
