package io.keepstream.election.edge;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.config.StartDelay;
import io.keepstream.election.machine.Tracking.Known;
import io.keepstream.election.port.Publishing;
import io.netty.channel.IoEventLoop;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What all virtual routers of a process share.
 *
 * @param loop the election loop, on which everything happens
 * @param alarms of the loop
 * @param afterAdverts does what is less urgent than an advert
 * @param frames for announcing them
 * @param interfaces what is known of links and addresses
 * @param links what interfaces need beyond addresses
 * @param tables the kernel's addresses, routes and rules
 * @param statics what is there whoever is MASTER
 * @param sockets for adverts
 * @param publishing clock and events
 * @param verdicts what is known of trackers
 * @param delayedUntilNanos when the start delay ends; {@link StartDelay#OVER} after that
 */
record Surroundings(
    IoEventLoop loop,
    Alarms alarms,
    Executor afterAdverts,
    FramePacer frames,
    Interfaces interfaces,
    Links links,
    KernelTables tables,
    StaticItems statics,
    AdvertSockets sockets,
    Publishing publishing,
    Function<TrackerRef, Known> verdicts,
    LongSupplier delayedUntilNanos) {}
