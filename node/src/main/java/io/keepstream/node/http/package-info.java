/**
 * Metrics, health and state over HTTP, for whoever watches the node. Nothing here holds up a
 * service: pages are made of snapshots that are asked for with a deadline, and what takes long is
 * written on a worker.
 */
package io.keepstream.node.http;
