/**
 * How a service runs: it publishes events and snapshots on the event bus, is given its
 * configuration, is linked with other processes, and runs scripts. What two services need at their
 * edge and no pure package may know stands here.
 */
package io.keepstream.runtime;
