package io.keepstream.election.edge;

import java.net.InetAddress;

/**
 * Where adverts leave from.
 *
 * @param source our primary address
 * @param interfaceIndex the interface
 */
record Origin(InetAddress source, int interfaceIndex) {}
