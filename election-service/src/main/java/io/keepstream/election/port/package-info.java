/**
 * What a virtual router or a BFD session needs of the world, as small interfaces that the edge
 * implements.
 */
package io.keepstream.election.port;
