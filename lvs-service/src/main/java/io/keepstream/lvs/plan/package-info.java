/**
 * What there should be and what to do about it, pure.
 *
 * <p>{@link io.keepstream.lvs.plan.Plan#next} makes the table that a {@link
 * io.keepstream.lvs.plan.Situation} asks for: the configuration, the verdicts about real servers,
 * the states of VRRP instances and what operators want. Each virtual server has its {@link
 * io.keepstream.lvs.plan.Share}, which stands while nothing about it changes. A real server that is
 * up is in the pool; one that is down is out of the table, or in it with weight 0 under {@code
 * inhibit_on_failure}. Before its first verdict a real server counts as up, with {@code alpha} as
 * down; one that nothing checks is always up. Quorum holds from {@code quorum + hysteresis} live
 * weight until less than {@code quorum - hysteresis}, or none, is left, and does not hold at first.
 * Where there is a sorry server the pool serves only while quorum holds, and the sorry server only
 * while it does not. Under {@code slow_start} the weight of a real server that was down grows in
 * ten steps; quorum counts the whole weight at once. Under {@code panic_threshold} failures of too
 * many real servers at once are not believed: those that failed in the window before stay in the
 * pool until few enough are failed. A real server that is drained has weight 0 while it is up, or
 * is out of the table; it counts neither for the quorum nor as failed, and grows under {@code
 * slow_start} when it is no longer drained.
 *
 * <p>{@link io.keepstream.lvs.plan.Reconciler#diff} turns two tables into an ordered list of {@link
 * io.keepstream.lvs.plan.TableChange}. What is {@link io.keepstream.lvs.plan.Owned} goes when it is
 * not wanted any more; services that the configuration does not name belong to somebody else unless
 * this process put them there, and are left alone; inside a service that it does name nothing else
 * may be. What is right is not touched.
 */
package io.keepstream.lvs.plan;
