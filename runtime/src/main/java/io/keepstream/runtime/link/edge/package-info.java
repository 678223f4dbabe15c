/**
 * The link on Unix sockets: it makes the event buses of a node's processes look like one. Services
 * use their own event bus and nothing else, whether they share a process or not.
 *
 * <p>What is published on a topic goes to every peer. What a peer publishes is published here with
 * a header that says so, and never sent out again. An address that a peer exports has a consumer
 * here that passes requests on; it is gone with the peer, and whoever waits for an answer is told
 * at once. Headers of messages do not cross the link, and what is published while a peer is away is
 * not kept for it: who needs that recalls it from its publisher.
 */
package io.keepstream.runtime.link.edge;
