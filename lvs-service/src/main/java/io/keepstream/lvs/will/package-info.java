/**
 * What operators want beside the configuration, pure.
 *
 * <p>A {@link io.keepstream.lvs.will.Will} drains real servers, gives them another weight, adds and
 * removes them. It changes by orders ({@link io.keepstream.lvs.will.Ruling}), by what is read of
 * the table and the time that passes ({@link io.keepstream.lvs.will.Drain}), and when the
 * configuration says otherwise ({@link io.keepstream.lvs.will.Settlement}); what it makes of the
 * configuration is {@link io.keepstream.lvs.will.Will#over}. It outlives the process in the form
 * that snapshots show it in ({@link io.keepstream.lvs.will.WillForm}).
 *
 * <p>A drained real server gets no new connections: it has weight 0 until it is out of the table.
 * Out it goes when no connection is left, if that was asked for, or when its time is up; else it
 * stays with weight 0. It comes back only by an order.
 */
package io.keepstream.lvs.will;
