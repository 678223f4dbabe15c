/** What a virtual router needs of the world, as small interfaces that the edge implements. */
package io.keepstream.election.port;
